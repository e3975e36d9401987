package node

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"patroni-operator.dev/local/cluster/internal/progress"
)

// cniFolder is where Debian puts the network plugins.
const cniFolder = "/usr/lib/cni"

// tools are the programs that a node needs, and the Debian packages that hold them.
var tools = []struct{ program, pkg string }{
	{"containerd", "containerd"},
	{"ctr", "containerd"},
	{"runc", "runc"},
	{filepath.Join(cniFolder, "ptp"), "containernetworking-plugins"},
	{"nft", "nftables"},
	{"mkfs.xfs", "xfsprogs"},
	{"xfs_growfs", "xfsprogs"},
	{"ip", "iproute2"},
	{"losetup", "mount"},
	{"mount", "mount"},
	{"nsenter", "util-linux"},
}

// InstallPackages installs the Debian packages of the programs that are missing, and says which.
func InstallPackages(ctx context.Context, logFile string, say *progress.Log) error {
	missing := missingPackages()
	if len(missing) == 0 {
		return nil
	}
	names := strings.Join(missing, " ")
	if _, err := exec.LookPath("apt-get"); err != nil {
		return &progress.Failure{
			What: "programs of a node", Cause: errors.New("missing, by their Debian package names: " + names),
			Advice: "install them; this machine has no apt-get to do it with",
		}
	}
	say.Say("installing Debian packages: %s", names)
	restore, err := keepServicesDown()
	if err != nil {
		return err
	}
	defer restore()
	if err := os.MkdirAll(filepath.Dir(logFile), 0o755); err != nil {
		return err
	}
	log, err := os.Create(logFile)
	if err != nil {
		return err
	}
	defer log.Close()
	install := append([]string{"install", "-y", "-q", "--no-install-recommends"}, missing...)
	for _, args := range [][]string{{"update", "-q"}, install} {
		cmd := exec.CommandContext(ctx, "apt-get", args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		cmd.Stdout, cmd.Stderr = log, log
		if err := cmd.Run(); err != nil {
			return &progress.Failure{
				What: "apt-get " + strings.Join(args, " "), Cause: err, Log: logFile,
				Advice: "mend the package sources and run again, or install by hand: " + names,
			}
		}
	}
	if left := missingPackages(); len(left) > 0 {
		return fmt.Errorf("still missing after the installation: %s", strings.Join(left, " "))
	}
	return nil
}

func missingPackages() []string {
	var missing []string
	for _, tool := range tools {
		if _, err := exec.LookPath(tool.program); err == nil {
			continue
		}
		if len(missing) == 0 || missing[len(missing)-1] != tool.pkg {
			missing = append(missing, tool.pkg)
		}
	}
	return missing
}

// keepServicesDown keeps containerd's own service from starting when its package is installed: an instance runs a
// containerd of its own. An existing policy of the machine is left alone.
func keepServicesDown() (restore func(), err error) {
	const policy = "/usr/sbin/policy-rc.d"
	if _, err := os.Stat(policy); err == nil {
		return func() {}, nil
	}
	if err := os.WriteFile(policy, []byte("#!/bin/sh\nexit 101\n"), 0o755); err != nil {
		return nil, err
	}
	return func() { _ = os.Remove(policy) }, nil
}
