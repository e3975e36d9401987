package node

import (
	"fmt"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// hostLink is the host's end of the instance's veth pair.
func (n Node) hostLink() string { return fmt.Sprintf("po-%d", n.Instance.Slot) }

// waitForFreeLink makes sure that the host's end is not there before the first node is: the kernel removes it soon
// after the node that it led to ended, so one that stays is somebody else's.
func (n Node) waitForFreeLink() error {
	if n.Number != 1 {
		return nil
	}
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if _, err := net.InterfaceByName(n.hostLink()); err != nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s and %s are in use, probably by an instance in another --root: end that one, or make this one anew (down --wipe, up)",
				n.hostLink(), n.Instance.Network().Whole())
		}
	}
}

// ensureLink connects the node: the first to the host, the others to the first node.
func (n Node) ensureLink(pid, firstNode int) error {
	if n.Number == 1 {
		return n.linkToHost(pid)
	}
	return n.linkToFirst(pid, firstNode)
}

func (n Node) linkToHost(pid int) error {
	link, network := n.hostLink(), n.Instance.Network()
	host, first := network.Host().String(), network.Node(1).String()
	if _, err := net.InterfaceByName(link); err != nil {
		if err := ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", strconv.Itoa(pid)); err != nil {
			return err
		}
	}
	return inOrder(
		[]string{"address", "replace", host + "/32", "dev", link},
		[]string{"link", "set", link, "up"},
		[]string{"route", "replace", network.Whole().String(), "via", first, "dev", link, "src", host, "onlink"},
	)
}

// linkToFirst makes the first node the router of this one.
func (n Node) linkToFirst(pid, firstNode int) error {
	link, network := n.process(), n.Instance.Network()
	address := network.Node(n.Number).String()
	atFirst := func(args ...string) error {
		return command("nsenter", append([]string{"--net", "--target", strconv.Itoa(firstNode), "ip"}, args...)...)
	}
	if atFirst("link", "show", link) != nil {
		err := atFirst("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", strconv.Itoa(pid))
		if err != nil {
			return err
		}
	}
	for _, args := range [][]string{
		{"link", "set", link, "up"},
		{"route", "replace", address + "/32", "dev", link},
		{"route", "replace", network.Pods(n.Number).String(), "via", address, "dev", link, "onlink"},
	} {
		if err := atFirst(args...); err != nil {
			return err
		}
	}
	return nil
}

// configureInside gives the node its address and routes. There is no default route: nothing leaves the machine.
func (n Node) configureInside() error {
	network := n.Instance.Network()
	// Services have no place in the network; a route is only needed because the kernel looks for one before
	// kube-proxy's rules turn the address into a pod's.
	farther := [][]string{{"route", "replace", network.Services().String(), "dev", "eth0"}}
	if n.Number > 1 {
		farther = [][]string{{"route", "replace", network.Whole().String(), "via", n.gateway(), "dev", "eth0"}}
	}
	return inOrder(append([][]string{
		{"link", "set", "lo", "up"},
		{"address", "replace", network.Node(n.Number).String() + "/32", "dev", "eth0"},
		{"link", "set", "eth0", "up"},
		{"route", "replace", n.gateway() + "/32", "dev", "eth0"},
	}, farther...)...)
}

// removeHostLink takes the link and its routes away; the kernel would do so too, some time after the node ended.
func removeHostLink(n Node) error {
	if _, err := net.InterfaceByName(n.hostLink()); err != nil {
		return nil
	}
	if err := ip("link", "delete", n.hostLink()); err != nil {
		if _, gone := net.InterfaceByName(n.hostLink()); gone != nil {
			return nil
		}
		return err
	}
	return nil
}

func inOrder(commands ...[]string) error {
	for _, args := range commands {
		if err := ip(args...); err != nil {
			return err
		}
	}
	return nil
}

func ip(args ...string) error { return command("ip", args...) }

func command(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(string(out)))
	}
	return nil
}
