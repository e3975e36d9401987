package node

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/kubeapi"
	"patroni-operator.dev/local/cluster/internal/process"
	"patroni-operator.dev/local/cluster/internal/progress"
)

// WaitReady returns when all nodes are ready for pods.
func WaitReady(ctx context.Context, nodes []Node, client *kubeapi.Client) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for _, n := range nodes {
		if err := poll(ctx, func() error { return n.ready(ctx, client) }); err != nil {
			return &progress.Failure{
				What: "wait for " + n.Name(), Cause: err, Log: n.log("kubelet"),
				Advice: "see also " + n.log("containerd") + " and " + n.log("init"),
			}
		}
	}
	return nil
}

func (n Node) ready(ctx context.Context, client *kubeapi.Client) error {
	if process.Running(n.Instance.Folder())[n.process()] == 0 {
		return fmt.Errorf("%w; see %s", errEnded, n.log("init"))
	}
	if err := n.kubeletReported(ctx, client); err != nil {
		return err
	}
	var object struct {
		Status struct {
			Conditions []struct{ Type, Status, Message string }
		}
	}
	if err := client.Get(ctx, "/api/v1/nodes/"+n.Name(), &object); err != nil {
		return err
	}
	for _, condition := range object.Status.Conditions {
		if condition.Type == "Ready" {
			if condition.Status == "True" {
				return nil
			}
			return errors.New(condition.Message)
		}
	}
	return errors.New("the kubelet has not reported yet")
}

// kubeletReported looks for a sign of life since the node was started: after a restart the Node object still says
// what the kubelet before it found.
func (n Node) kubeletReported(ctx context.Context, client *kubeapi.Client) error {
	started, err := os.Stat(n.startMark())
	if err != nil {
		return err
	}
	var lease struct{ Spec struct{ RenewTime time.Time } }
	if err := client.Get(ctx, "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/"+n.Name(), &lease); err != nil {
		return err
	}
	if lease.Spec.RenewTime.Before(started.ModTime()) {
		return errors.New("the kubelet has not reported since the node was started")
	}
	return nil
}

// startMark is a file whose time says when the node was last started.
func (n Node) startMark() string { return n.path("started") }

// WaitForDNS returns when the cluster's name server can be reached, through its service. That the Deployment is
// ready would not say so: it may be what was true before a restart.
func WaitForDNS(ctx context.Context, i *instance.Instance) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	address := net.JoinHostPort(i.Network().DNS().String(), "53")
	err := poll(ctx, func() error {
		connection, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			connection.Close()
		}
		return err
	})
	if err != nil {
		return &progress.Failure{
			What: "wait for the name server", Cause: err, Log: All(i)[0].log("kubelet"),
			Advice: "kubectl --kubeconfig " + i.Kubeconfig() + " -n kube-system describe pods",
		}
	}
	return nil
}

var errEnded = errors.New("the node ended")

func poll(ctx context.Context, done func() error) error {
	for {
		err := done()
		if err == nil || errors.Is(err, errEnded) || ctx.Err() != nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
}
