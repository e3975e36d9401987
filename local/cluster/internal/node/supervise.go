package node

import (
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// program is one of the node's programs. It is started again when it ends.
type program struct {
	name string
	args []string
}

func (n Node) programs() []program {
	etc := func(name string) string { return filepath.Join(inside, "etc", name) }
	kubeletRoot := filepath.Join(inside, "kubelet")
	return []program{
		{"containerd", []string{"containerd", "--config", etc("containerd.toml")}},
		{"kubelet", []string{
			insideBinary, "kubelet", "--config", etc("kubelet.yaml"), "--kubeconfig", etc("kubelet.kubeconfig"),
			"--root-dir", kubeletRoot, "--cert-dir", filepath.Join(inside, "kubelet-pki"),
			"--hostname-override", n.Name(), "--node-ip", n.Instance.Network().Node(n.Number).String(),
		}},
		{"csi", []string{
			insideBinary, "csi", "--node", n.Name(), "--dir", filepath.Join(inside, "volumes"),
			"--kubelet-root", kubeletRoot, "--kubeconfig", etc("csi.kubeconfig"),
			// one node has to serve the classes that do not wait until it is known where the pod runs
			"--immediate=" + strconv.FormatBool(n.Number == 1),
		}},
		{"kube-proxy", []string{insideBinary, "kube-proxy", "--config", etc("kube-proxy.yaml")}},
	}
}

// supervise runs the programs until this process is told to end.
func (n Node) supervise() error {
	signals := make(chan os.Signal, 64)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGCHLD)
	running := map[int]program{}
	start := func(p program) error {
		pid, err := n.start(p)
		running[pid] = p
		return err
	}
	all := n.programs()
	if err := start(all[0]); err != nil {
		return err
	}
	// the kubelet would wait longer than needed if it found neither
	waitUntil(func() bool { return answers("unix", criSocket) && n.apiServerAnswers() })
	for _, p := range all[1:] {
		if err := start(p); err != nil {
			return err
		}
	}
	restart := make(chan program)
	for {
		select {
		case s := <-signals:
			if s != syscall.SIGCHLD {
				return endAll()
			}
			for _, pid := range reap() {
				if p, ours := running[pid]; ours {
					delete(running, pid)
					fmt.Printf("%s: %s ended, starting it again\n", time.Now().Format(time.RFC3339), p.name)
					time.AfterFunc(time.Second, func() { restart <- p })
				}
			}
		case p := <-restart:
			if err := start(p); err != nil {
				return err
			}
		}
	}
}

func (n Node) start(p program) (pid int, err error) {
	logFile := filepath.Join(inside, "logs", p.name+".log")
	log, err := os.OpenFile(logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return 0, err
	}
	defer log.Close()
	path := p.args[0]
	if !filepath.IsAbs(path) {
		for _, folder := range filepath.SplitList(searchPath) {
			if _, err := os.Stat(filepath.Join(folder, path)); err == nil {
				path = filepath.Join(folder, path)
				break
			}
		}
	}
	child, err := os.StartProcess(path, p.args, &os.ProcAttr{
		Dir: "/", Env: []string{"PATH=" + searchPath, "HOME=/root"}, Files: []*os.File{nil, log, log},
	})
	if err != nil {
		return 0, fmt.Errorf("start %s: %w", p.name, err)
	}
	pid = child.Pid
	return pid, child.Release() // reap waits for it
}

const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// reap buries all children that have ended, whoever started them.
func reap() (ended []int) {
	for {
		pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
		if err == syscall.EINTR {
			continue
		}
		if pid <= 0 || err != nil {
			return ended
		}
		ended = append(ended, pid)
	}
}

// endAll asks everything in the node to end, so that databases shut down in order, and waits a while for it.
func endAll() error {
	_ = syscall.Kill(-1, syscall.SIGTERM) // everything but this process
	for deadline := time.Now().Add(endGrace); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		reap()
		if alone() {
			return nil
		}
	}
	return nil
}

// endGrace is how long pods may take to end when a node does.
const endGrace = 8 * time.Second

// alone tells whether this process is the only one left in its process namespace.
func alone() bool {
	processes, _ := filepath.Glob("/proc/[0-9]*")
	return len(processes) == 1
}

func (n Node) apiServerAnswers() bool {
	return answers("tcp", strings.TrimPrefix(n.Instance.Server(), "https://"))
}

func answers(network, address string) bool {
	connection, err := net.DialTimeout(network, address, time.Second)
	if err != nil {
		return false
	}
	connection.Close()
	return true
}

func waitUntil(condition func() bool) {
	for !condition() {
		time.Sleep(20 * time.Millisecond)
	}
}
