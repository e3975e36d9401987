package node

import (
	"encoding/json"
	"strings"
	"testing"

	"patroni-operator.dev/local/cluster/internal/instance"
)

func testNode(number int) Node {
	return Node{Instance: &instance.Instance{Name: "demo", Mode: instance.Node, Slot: 2, Nodes: 3}, Number: number}
}

func TestEachNodeHasItsOwnPodRange(t *testing.T) {
	for number, subnet := range map[int]string{1: "10.194.128.0/24", 3: "10.194.130.0/24"} {
		content, err := render("cni.conflist", testNode(number).values())
		if err != nil {
			t.Fatal(err)
		}
		var list struct {
			Plugins []struct {
				IPAM struct{ Ranges [][]struct{ Subnet string } }
			}
		}
		if err := json.Unmarshal(content, &list); err != nil {
			t.Fatalf("not JSON: %v\n%s", err, content)
		}
		if got := list.Plugins[0].IPAM.Ranges[0][0].Subnet; got != subnet {
			t.Errorf("node %d: %s, want %s", number, got, subnet)
		}
	}
}

func TestConfigurationNamesTheNodesOwnThings(t *testing.T) {
	for file, wanted := range map[string][]string{
		"kubelet.yaml":    {"cgroupRoot: /patroni-operator-demo-node-2\n", `clusterDNS: ["10.194.16.10"]`},
		"kube-proxy.yaml": {"hostnameOverride: demo-node-2\n", "clusterCIDR: 10.194.128.0/17\n"},
		"containerd.toml": {`sandbox_image = "localhost/patroni-operator/pause:1"`, `snapshotter = "`},
		"addons.yaml":     {"clusterIP: 10.194.16.10\n", "image: localhost/patroni-operator/coredns:1\n"},
	} {
		content, err := render(file, testNode(2).values())
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range wanted {
			if !strings.Contains(string(content), line) {
				t.Errorf("%s lacks %q:\n%s", file, line, content)
			}
		}
	}
}

func TestTheFirstNodeIsTheRouterOfTheOthers(t *testing.T) {
	if got := testNode(1).gateway(); got != "10.194.0.1" {
		t.Errorf("the first node goes through %s instead of the host", got)
	}
	if got := testNode(3).gateway(); got != "10.194.0.2" {
		t.Errorf("the third node goes through %s instead of the first node", got)
	}
}
