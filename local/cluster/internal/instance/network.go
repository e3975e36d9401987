package instance

import (
	"bufio"
	"encoding/hex"
	"errors"
	"math/bits"
	"net"
	"net/netip"
	"os"
	"strings"
)

// Network is the address plan of an instance with real nodes. Slot s owns 10.(192+s).0.0/16:
//
//	.0.1             the host's end of the link to the first node
//	.0.2, .0.3, ...  the nodes
//	.16.0/20         services
//	.128.0/24, ...   the pods of each node
type Network struct{ second byte }

const (
	firstSecond = 192
	slots       = 32
)

// Network gives the address plan of the instance's slot.
func (i *Instance) Network() Network { return Network{second: byte(firstSecond + i.Slot)} }

func (n Network) address(third, fourth byte) netip.Addr {
	return netip.AddrFrom4([4]byte{10, n.second, third, fourth})
}

// Whole is the range of the instance.
func (n Network) Whole() netip.Prefix { return netip.PrefixFrom(n.address(0, 0), 16) }

// Host is the address of this machine as nodes and pods see it.
func (n Network) Host() netip.Addr { return n.address(0, 1) }

// Node is the address of a node; the first is 1.
func (n Network) Node(number int) netip.Addr { return n.address(0, byte(number+1)) }

// Services is the range of ClusterIP addresses.
func (n Network) Services() netip.Prefix { return netip.PrefixFrom(n.address(16, 0), 20) }

// DNS is the address of the cluster's name server.
func (n Network) DNS() netip.Addr { return n.address(16, 10) }

// AllPods is the range that holds the pods of all nodes.
func (n Network) AllPods() netip.Prefix { return netip.PrefixFrom(n.address(128, 0), 17) }

// Pods is the range of a node's pods.
func (n Network) Pods(node int) netip.Prefix {
	return netip.PrefixFrom(n.address(byte(127+node), 0), 24)
}

// chooseSlot takes the first slot whose range nobody uses.
func chooseSlot(others []*Instance, inUse []netip.Prefix) (int, error) {
	taken := map[int]bool{}
	for _, other := range others {
		if other.Mode == Node {
			taken[other.Slot] = true
		}
	}
	for slot := range slots {
		candidate := Instance{Slot: slot}
		if !taken[slot] && !overlapsAny(candidate.Network().Whole(), inUse) {
			return slot, nil
		}
	}
	return 0, errors.New("no free address range between 10.192.0.0/16 and 10.223.0.0/16: end an instance, see: status")
}

func overlapsAny(p netip.Prefix, others []netip.Prefix) bool {
	for _, other := range others {
		if p.Overlaps(other) {
			return true
		}
	}
	return false
}

// localRanges are the IPv4 ranges that this machine has addresses in or routes to, without the default route.
func localRanges() ([]netip.Prefix, error) {
	var ranges []netip.Prefix
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return nil, err
	}
	for _, address := range addresses {
		if prefix, err := netip.ParsePrefix(address.String()); err == nil && prefix.Addr().Is4() {
			ranges = append(ranges, prefix.Masked())
		}
	}
	routes, err := os.ReadFile("/proc/net/route")
	if err != nil {
		return nil, err
	}
	return append(ranges, parseRoutes(string(routes))...), nil
}

// parseRoutes reads /proc/net/route: the second column is the destination and the eighth the mask, both as
// hexadecimal numbers in little-endian order.
func parseRoutes(table string) []netip.Prefix {
	var ranges []netip.Prefix
	for lines := bufio.NewScanner(strings.NewReader(table)); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 8 {
			continue
		}
		destination, err1 := hex.DecodeString(fields[1])
		mask, err2 := hex.DecodeString(fields[7])
		if err1 != nil || err2 != nil || len(destination) != 4 || len(mask) != 4 {
			continue // the header
		}
		length := 0
		for _, b := range mask {
			length += bits.OnesCount8(b)
		}
		address := netip.AddrFrom4([4]byte{destination[3], destination[2], destination[1], destination[0]})
		if length > 0 {
			ranges = append(ranges, netip.PrefixFrom(address, length))
		}
	}
	return ranges
}
