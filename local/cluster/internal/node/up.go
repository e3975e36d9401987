package node

import (
	"fmt"
	"os"
	"syscall"

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
	if err := n.waitForFreeLink(); err != nil {
		return 0, err
	}
	if err := os.WriteFile(n.startMark(), nil, 0o644); err != nil {
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
