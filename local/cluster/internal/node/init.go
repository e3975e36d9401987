package node

import (
	"fmt"
	"net"
	"os"
	"syscall"
	"time"
)

// Init is the first process of a node: it furnishes the namespaces, starts the node's programs and, being the one
// that every orphan is handed to, buries the dead. It returns when it is told to end; the kernel then ends the rest.
func (n Node) Init(binary string) error {
	fmt.Printf("%s: %s starts\n", time.Now().Format(time.RFC3339), n.Name())
	if err := syscall.Sethostname([]byte(n.Name())); err != nil {
		return err
	}
	if err := n.mountAll(binary); err != nil {
		return err
	}
	raiseFileLimit()
	if err := waitForLink(); err != nil {
		return err
	}
	if err := n.configureInside(); err != nil {
		return err
	}
	// routing between the pods, in this network namespace only
	if err := os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644); err != nil {
		return err
	}
	return n.supervise()
}

// waitForLink waits until the process that started this one has moved the network device in here. Should that
// process have been killed, this one gives up, and the next "up" starts anew.
func waitForLink() error {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if _, err := net.InterfaceByName("eth0"); err == nil {
			return nil
		}
	}
	return fmt.Errorf("no network device appeared")
}

// raiseFileLimit lets containers open as many files as this process may.
func raiseFileLimit() {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) == nil {
		limit.Cur = limit.Max
		_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit) // a wish: without it PostgreSQL opens fewer files
	}
}
