// Package node runs the real nodes of an instance.
//
// A node is made like a container: one process, "node-init", is the first in a set of namespaces of its own
// (mounts, processes, network, host name, IPC) and starts containerd, the kubelet, kube-proxy and the CSI driver
// in there. When it ends, the kernel ends everything else of the node and takes away its mounts, loop devices and
// interfaces: nothing has to be remembered in order to be undone. Outside there are only its folder, its cgroups
// and the host's end of a veth pair.
package node

import (
	"fmt"
	"path/filepath"

	"patroni-operator.dev/local/cluster/internal/instance"
)

// Max is how many nodes an instance can have: each takes one /24 of the instance's range for its pods.
const Max = 100

// A Node is one node of an instance; the first has number 1.
type Node struct {
	Instance *instance.Instance
	Number   int
}

// All gives the nodes of an instance.
func All(i *instance.Instance) []Node {
	var nodes []Node
	for number := 1; number <= i.Nodes; number++ {
		nodes = append(nodes, Node{Instance: i, Number: number})
	}
	return nodes
}

// Name is the name of the Node object.
func (n Node) Name() string { return fmt.Sprintf("%s-node-%d", n.Instance.Name, n.Number) }

// process is the mark of its node-init.
func (n Node) process() string { return fmt.Sprintf("node-%d", n.Number) }

// folder is the node's folder as seen from outside.
func (n Node) folder() string { return n.Instance.Path("nodes", fmt.Sprint(n.Number)) }

func (n Node) path(elements ...string) string {
	return filepath.Join(append([]string{n.folder()}, elements...)...)
}

// log is the log of one of the node's programs.
func (n Node) log(program string) string { return n.path("logs", program+".log") }

// cgroup is the cgroup that holds the node's pods, in each hierarchy.
func (n Node) cgroup() string { return "patroni-operator-" + n.Name() }

// gateway is the next hop of the node: the host for the first node, the first node for the others. Thus the host
// needs one link and one route per instance, and never has to forward packets.
func (n Node) gateway() string {
	if n.Number == 1 {
		return n.Instance.Network().Host().String()
	}
	return n.Instance.Network().Node(1).String()
}

// Where things are inside a node. Short paths, as the path of a Unix socket may have 107 bytes.
const (
	inside       = "/run/node"
	insideBinary = "/run/kubernetes"
	criSocket    = "/run/containerd.sock"
)
