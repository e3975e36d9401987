// Package process starts background programs, finds them again and ends them.
//
// There are no pid files, which go stale: each program carries a mark in its environment that names
// the instance and its part in it, and the process table is searched for that mark.
package process

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

const markVariable = "LOCAL_KUBERNETES_PROCESS"

// Program is a background program of an instance.
type Program struct {
	Owner      string // the instance's folder
	Name       string // its part: "etcd"
	Path       string
	Args       []string
	Directory  string // working folder; "" is the owner's
	Log        string
	Attributes syscall.SysProcAttr
}

func mark(owner, name string) string { return markVariable + "=" + owner + "#" + name }

// Start starts the program in a session of its own, so that it outlives this process and its terminal.
func (p Program) Start() (*os.Process, error) {
	cmd, log, err := p.command()
	if err != nil {
		return nil, err
	}
	defer log.Close()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() { _ = cmd.Wait() }() // lest a program that dies at once stays as a zombie and looks alive
	return cmd.Process, nil
}

func (p Program) command() (*exec.Cmd, *os.File, error) {
	if err := os.MkdirAll(filepath.Dir(p.Log), 0o755); err != nil {
		return nil, nil, err
	}
	log, err := os.OpenFile(p.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, nil, err
	}
	cmd := exec.Command(p.Path, p.Args...)
	cmd.Dir = p.Directory
	if cmd.Dir == "" {
		cmd.Dir = p.Owner
	}
	cmd.Env = append(os.Environ(), mark(p.Owner, p.Name))
	cmd.Stdout, cmd.Stderr = log, log
	attributes := p.Attributes
	attributes.Setsid = true
	cmd.SysProcAttr = &attributes
	return cmd, log, nil
}

// Running returns the processes of an instance by their part. Programs that they start themselves inherit
// the mark; where a part has several processes, the one with the smallest id, the first one, stands for it.
func Running(owner string) map[string]int {
	found := map[string]int{}
	prefix := []byte(mark(owner, ""))
	entries, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, entry := range entries {
		environment, err := os.ReadFile(entry)
		if err != nil || !bytes.Contains(environment, prefix) {
			continue // not ours: another user's, or gone
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(entry)))
		if err != nil || ended(pid) {
			continue
		}
		for _, variable := range bytes.Split(environment, []byte{0}) {
			if name, ours := bytes.CutPrefix(variable, prefix); ours {
				if first, seen := found[string(name)]; !seen || pid < first {
					found[string(name)] = pid
				}
			}
		}
	}
	return found
}

// ended tells whether a process is gone or only waits for its parent to notice.
func ended(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return true
	}
	// "pid (name) state ...": the name may hold anything, so look behind its last parenthesis
	rest := stat[bytes.LastIndexByte(stat, ')')+1:]
	return len(rest) > 1 && (rest[1] == 'Z' || rest[1] == 'X')
}

// Stop asks a process to end, ends it by force after the grace period, and returns when it is gone.
func Stop(pid int, grace time.Duration) error {
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
		return ignoreGone(err)
	}
	if gone(pid, grace) {
		return nil
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		return ignoreGone(err)
	}
	gone(pid, 10*time.Second)
	return nil
}

func gone(pid int, within time.Duration) bool {
	for deadline := time.Now().Add(within); ; time.Sleep(20 * time.Millisecond) {
		if ended(pid) {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}

func ignoreGone(err error) error {
	if err == syscall.ESRCH {
		return nil
	}
	return err
}
