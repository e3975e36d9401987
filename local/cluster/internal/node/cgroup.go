package node

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

const cgroupRoot = "/sys/fs/cgroup"

// hierarchies are the roots of the cgroup hierarchies: one on a machine with cgroup v2; with v1 one per controller,
// and often one of v2 without controllers beside them.
func hierarchies() []string {
	if _, err := os.Stat(filepath.Join(cgroupRoot, "cgroup.controllers")); err == nil {
		return []string{cgroupRoot}
	}
	var roots []string
	folders, _ := filepath.Glob(filepath.Join(cgroupRoot, "*"))
	for _, folder := range folders {
		// names like "cpu" may be links to the hierarchy that holds several controllers, "cpu,cpuacct"
		info, err := os.Lstat(folder)
		if err == nil && info.IsDir() {
			roots = append(roots, folder)
		}
	}
	return roots
}

// makeCgroups makes the cgroup below which the kubelet puts the pods.
func (n Node) makeCgroups() error {
	for _, root := range hierarchies() {
		group := filepath.Join(root, n.cgroup())
		if err := os.MkdirAll(group, 0o755); err != nil {
			return err
		}
		// version 1: nothing can run in a cpuset that has not been given processors and memory nodes
		for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
			all, err := os.ReadFile(filepath.Join(root, file))
			if err != nil || root == cgroupRoot {
				continue
			}
			if err := os.WriteFile(filepath.Join(group, file), all, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeCgroups removes the node's cgroups. The kernel may need a moment to notice that they are empty.
func (n Node) removeCgroups() error {
	var err error
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		err = nil
		for _, root := range hierarchies() {
			err = errors.Join(err, removeTree(filepath.Join(root, n.cgroup())))
		}
		if err == nil || time.Now().After(deadline) {
			return err
		}
	}
}

// removeTree removes a cgroup and those below it. Their files go with them and cannot be removed one by one.
func removeTree(group string) error {
	entries, err := os.ReadDir(group)
	if err != nil {
		return nil // it is gone
	}
	for _, entry := range entries {
		if entry.IsDir() {
			if err := removeTree(filepath.Join(group, entry.Name())); err != nil {
				return err
			}
		}
	}
	return os.Remove(group)
}
