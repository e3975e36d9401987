package instance

import (
	"net/netip"
	"os"
	"path/filepath"
	"testing"

	"patroni-operator.dev/local/cluster/internal/layout"
)

func TestPortsAreDistinctFreeAndNobodyElses(t *testing.T) {
	other := &Instance{Ports: Ports{APIServer: firstPort, ControllerManager: firstPort + 1, Scheduler: firstPort + 2}}
	busy := firstPort + 3
	free := func(port int) bool { return port != busy && port < firstPort+10 }
	// only six ports are left that neither the other instance has nor anybody listens on
	chosen, err := choosePorts([]*Instance{other}, free)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for _, port := range chosen.each() {
		if seen[*port] || *port <= busy || *port >= firstPort+10 {
			t.Errorf("port %d was chosen in %+v", *port, chosen)
		}
		seen[*port] = true
	}
}

func TestTooFewFreePortsAreAnError(t *testing.T) {
	if ports, err := choosePorts(nil, func(port int) bool { return port == lastPort }); err == nil {
		t.Errorf("got %+v from one free port", ports)
	}
}

func TestASlotIsOneThatNobodyUses(t *testing.T) {
	others := []*Instance{{Mode: Node, Slot: 0}, {Mode: ControlPlane, Slot: 1}}
	inUse := []netip.Prefix{netip.MustParsePrefix("10.193.4.0/24"), netip.MustParsePrefix("10.192.0.0/16")}
	slot, err := chooseSlot(others, inUse)
	if err != nil || slot != 2 {
		t.Errorf("got slot %d, %v; 0 is another instance's and 1 is routed", slot, err)
	}
	if _, err := chooseSlot(nil, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}); err == nil {
		t.Error("a slot was found although all of 10.0.0.0/8 is in use")
	}
}

func TestRangesOfAnInstanceDoNotOverlap(t *testing.T) {
	n := (&Instance{Slot: 3}).Network()
	if got := n.Whole().String(); got != "10.195.0.0/16" {
		t.Errorf("slot 3 has %s", got)
	}
	if n.Services().Overlaps(n.AllPods()) || n.Services().Contains(n.Node(100)) || n.AllPods().Contains(n.Node(100)) {
		t.Error("nodes, services and pods overlap")
	}
	if !n.Services().Contains(n.DNS()) {
		t.Errorf("the name server %s is outside of the services %s", n.DNS(), n.Services())
	}
	for _, node := range []int{1, 2, 100} {
		if !n.AllPods().Overlaps(n.Pods(node)) || n.Pods(node).Bits() != 24 {
			t.Errorf("the pods of node %d, %s, are outside of %s", node, n.Pods(node), n.AllPods())
		}
	}
}

func TestRoutesOfTheKernelAreRead(t *testing.T) {
	table := "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n" +
		"eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n" +
		"po-0\t0000C00A\t0200C00A\t0003\t0\t0\t0\t0000FFFF\t0\t0\t0\n"
	ranges := parseRoutes(table)
	if len(ranges) != 1 || ranges[0].String() != "10.192.0.0/16" {
		t.Errorf("got %v, want 10.192.0.0/16 and no default route", ranges)
	}
}

func TestAnInstanceKeepsItsPortsAndItsMode(t *testing.T) {
	l := layout.Layout{Cache: t.TempDir(), State: t.TempDir()}
	first, err := Ensure(l, "one", ControlPlane, 0)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Ensure(l, "one", ControlPlane, 0)
	if err != nil || again.Ports != first.Ports {
		t.Errorf("the second time: %+v, %v; the first time: %+v", again, err, first.Ports)
	}
	if _, err := Ensure(l, "one", Node, 1); err == nil {
		t.Error("a control plane became an instance with nodes")
	}
	if _, err := Ensure(l, "../escape", ControlPlane, 0); err == nil {
		t.Error("a name that leads out of the state folder was accepted")
	}
	if err := first.Wipe(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(l.State, "one")); !os.IsNotExist(err) {
		t.Errorf("after a wipe the folder is still there: %v", err)
	}
}
