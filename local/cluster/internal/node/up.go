package node

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"patroni-operator.dev/local/cluster/internal/kubeapi"
	"patroni-operator.dev/local/cluster/internal/process"
	"patroni-operator.dev/local/cluster/internal/progress"
)

// Start starts the nodes that do not run, and connects them. It needs no API server: on the contrary, that one
// listens on the address which the first node's link gives the host.
func Start(nodes []Node, binary string) (started int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	if err := raiseInotifyLimit(); err != nil {
		return 0, err
	}
	firstNode := 0
	for _, n := range nodes {
		pid := process.Running(n.Instance.Folder())[n.process()]
		if pid == 0 {
			if pid, err = n.startInit(self, binary); err != nil {
				return started, &progress.Failure{What: "start " + n.Name(), Cause: err, Log: n.log("init")}
			}
			started++
		}
		if n.Number == 1 {
			firstNode = pid
		}
		if err := n.ensureLink(pid, firstNode); err != nil {
			return started, &progress.Failure{What: "network of " + n.Name(), Cause: err, Log: n.log("init")}
		}
	}
	return started, nil
}

func (n Node) startInit(self, binary string) (int, error) {
	if err := n.writeConfiguration(); err != nil {
		return 0, err
	}
	if err := n.makeCgroups(); err != nil {
		return 0, err
	}
	init := process.Program{
		Owner: n.Instance.Folder(), Name: n.process(), Path: self, Log: n.log("init"),
		Args: []string{"node-init", "--folder", n.Instance.Folder(), "--number", fmt.Sprint(n.Number), "--binary", binary},
		Attributes: syscall.SysProcAttr{
			Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC,
		},
	}
	started, err := init.Start()
	if err != nil {
		return 0, err
	}
	return started.Pid, nil
}

// raiseInotifyLimit: the kubelet and the pods of a few instances need more watches than Linux allows by default.
func raiseInotifyLimit() error {
	const file, enough = "/proc/sys/fs/inotify/max_user_instances", 2048
	var now int
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if _, err := fmt.Sscan(string(content), &now); err != nil || now >= enough {
		return err
	}
	return os.WriteFile(file, fmt.Append(nil, enough), 0o644)
}

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
