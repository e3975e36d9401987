package node

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/process"
)

// Down ends all nodes of an instance and removes what they left outside their namespaces. With force, the pods
// are not asked to end first: for when their data will be deleted anyway.
func Down(i *instance.Instance, force bool) error {
	nodes := All(i)
	running := process.Running(i.Folder())
	failures := make([]error, len(nodes))
	var ending sync.WaitGroup
	for index, n := range nodes {
		ending.Add(1)
		go func() {
			defer ending.Done()
			failures[index] = n.down(running[n.process()], force)
		}()
	}
	ending.Wait()
	return errors.Join(append(failures, removeHostLink(nodes[0]))...)
}

func (n Node) down(pid int, force bool) error {
	if pid != 0 {
		if force {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		if err := process.Stop(pid, endGrace+time.Second); err != nil {
			return fmt.Errorf("end %s (process %d): %w", n.Name(), pid, err)
		}
	}
	return errors.Join(n.waitForLoopDevices(), n.removeCgroups())
}

// waitForLoopDevices waits until the kernel has unmounted the node's volumes, which it does on its own after the
// last process of the node ended.
func (n Node) waitForLoopDevices() error {
	var busy []string
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if busy = n.loopDevices(); len(busy) == 0 {
			return nil
		}
	}
	return fmt.Errorf("%s: still in use: %s", n.Name(), strings.Join(busy, " "))
}

// loopDevices are those that hold a volume file of the node. Only the name of the file tells: its path is one of
// the node's mount namespace. It contains the claim's UID, so no two are the same.
func (n Node) loopDevices() []string {
	var devices []string
	files, _ := filepath.Glob("/sys/block/loop*/loop/backing_file")
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		backing := strings.TrimSuffix(strings.TrimSpace(string(content)), " (deleted)")
		if _, err := os.Stat(n.path("volumes", filepath.Base(backing))); err == nil {
			devices = append(devices, "/dev/"+strings.Split(file, "/")[3])
		}
	}
	return devices
}
