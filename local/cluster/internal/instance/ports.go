package instance

import (
	"errors"
	"math/rand/v2"
	"net"
	"strconv"
)

// Ports are the ports of the control plane. All are on the loopback device, except the API server's in mode node.
type Ports struct {
	APIServer         int `json:"apiServer"`
	ControllerManager int `json:"controllerManager"`
	Scheduler         int `json:"scheduler"`
	Etcd              int `json:"etcd"`
	EtcdPeer          int `json:"etcdPeer"`
	FakeNodes         int `json:"fakeNodes"`
}

// The range lies below the ports that the kernel hands out to clients (32768 up): a port of an instance
// that is down for a while is not taken by some outgoing connection.
const firstPort, lastPort = 21000, 31999

func (p *Ports) each() []*int {
	return []*int{&p.APIServer, &p.ControllerManager, &p.Scheduler, &p.Etcd, &p.EtcdPeer, &p.FakeNodes}
}

func choosePorts(others []*Instance, free func(int) bool) (Ports, error) {
	taken := map[int]bool{}
	for _, other := range others {
		for _, port := range other.Ports.each() {
			taken[*port] = true
		}
	}
	var chosen Ports
	wanted := chosen.each()
	const count = lastPort - firstPort + 1
	start := rand.IntN(count)
	for offset := 0; offset < count && len(wanted) > 0; offset++ {
		port := firstPort + (start+offset)%count
		if !taken[port] && free(port) {
			*wanted[0] = port
			wanted = wanted[1:]
		}
	}
	if len(wanted) > 0 {
		return Ports{}, errors.New("no free ports between " + strconv.Itoa(firstPort) + " and " + strconv.Itoa(lastPort))
	}
	return chosen, nil
}

func portIsFree(port int) bool {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	listener.Close()
	return true
}
