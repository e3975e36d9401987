package node

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"patroni-operator.dev/local/cluster/internal/layout"
	"patroni-operator.dev/local/cluster/internal/process"
	"patroni-operator.dev/local/cluster/internal/progress"
)

// ImportAll imports, into each node, the archives that it has not imported yet.
func ImportAll(ctx context.Context, nodes []Node, archives []string, say *progress.Log) error {
	for _, n := range nodes {
		for _, archive := range archives {
			imported, err := n.importOnce(ctx, archive)
			if err != nil {
				return &progress.Failure{
					What: fmt.Sprintf("import %s into %s", archive, n.Name()), Cause: err, Log: n.log("containerd"),
					Advice: "if the archive is damaged, delete it and build it again",
				}
			}
			if imported {
				say.Say("%s imported into %s", filepath.Base(archive), n.Name())
			}
		}
	}
	return nil
}

// importOnce remembers, by size and time, what it has imported.
func (n Node) importOnce(ctx context.Context, archive string) (imported bool, err error) {
	info, err := os.Stat(archive)
	if err != nil {
		return false, err
	}
	state := fmt.Appendf(nil, "%d %d\n", info.Size(), info.ModTime().UnixNano())
	record := n.path("imported", filepath.Base(archive))
	if known, err := os.ReadFile(record); err == nil && string(known) == string(state) {
		return false, nil
	}
	if err := n.importArchive(ctx, archive); err != nil {
		return false, err
	}
	return true, layout.WriteFile(record, state, 0o644)
}

func (n Node) importArchive(ctx context.Context, archive string) error {
	pid := process.Running(n.Instance.Folder())[n.process()]
	if pid == 0 {
		return errEnded
	}
	if err := n.waitForContainerd(ctx, pid); err != nil {
		return err
	}
	file, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer file.Close()
	cmd := n.ctr(ctx, pid, "images", "import", "-")
	cmd.Stdin = file
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("ctr images import: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

func (n Node) waitForContainerd(ctx context.Context, pid int) error {
	return poll(ctx, func() error {
		out, err := n.ctr(ctx, pid, "version").CombinedOutput()
		if err != nil {
			return fmt.Errorf("containerd: %w: %s", err, strings.TrimSpace(string(out)))
		}
		return nil
	})
}

// ctr runs containerd's client inside the node, where its socket is.
func (n Node) ctr(ctx context.Context, pid int, args ...string) *exec.Cmd {
	enter := []string{"--target", strconv.Itoa(pid), "--mount", "--", "ctr", "--address", criSocket, "--namespace", "k8s.io"}
	return exec.CommandContext(ctx, "nsenter", append(enter, args...)...)
}
