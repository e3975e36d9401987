package node

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// mountAll furnishes the node's mount namespace. What the programs would write in fixed places of the machine
// (/run, /var/lib, /var/log) they write into memory that belongs to this node; what has to last lies in the node's
// folder, which is visible as /run/node.
func (n Node) mountAll(binary string) error {
	// nothing that is mounted here shows up on the host, and the other way round
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("privacy of mounts: %w", err)
	}
	// opened now, as the mounts below may hide these paths
	folder, err := os.Open(n.folder())
	if err != nil {
		return err
	}
	defer folder.Close()
	program, err := os.Open(binary)
	if err != nil {
		return err
	}
	defer program.Close()

	for _, place := range []string{"/run", "/var/lib", "/var/log"} {
		if err := syscall.Mount("tmpfs", place, "tmpfs", 0, "mode=755"); err != nil {
			return fmt.Errorf("mount on %s: %w", place, err)
		}
	}
	if err := os.Mkdir(inside, 0o755); err != nil {
		return err
	}
	if err := bind(folder, inside); err != nil {
		return err
	}
	// pods may ask to see each other's mounts below the kubelet's folder
	if err := syscall.Mount("", inside, "", syscall.MS_SHARED, ""); err != nil {
		return fmt.Errorf("share the mounts of %s: %w", inside, err)
	}
	if err := os.WriteFile(insideBinary, nil, 0o755); err != nil {
		return err
	}
	if err := bind(program, insideBinary); err != nil {
		return err
	}
	if err := syscall.Mount("proc", "/proc", "proc", 0, ""); err != nil {
		return fmt.Errorf("mount on /proc: %w", err)
	}
	return hideKernelSettings()
}

func bind(file *os.File, target string) error {
	source := fmt.Sprintf("/proc/self/fd/%d", file.Fd())
	if err := syscall.Mount(source, target, "", syscall.MS_BIND, ""); err != nil {
		return fmt.Errorf("mount %s on %s: %w", file.Name(), target, err)
	}
	return nil
}

// hideKernelSettings shows the kubelet the machine-wide settings that it wants. It would set them otherwise,
// and a local cluster has no business in deciding when this machine panics.
func hideKernelSettings() error {
	wanted := map[string]string{
		"vm/overcommit_memory":      "1",
		"vm/panic_on_oom":           "0",
		"kernel/panic":              "10",
		"kernel/panic_on_oops":      "1",
		"kernel/keys/root_maxkeys":  "1000000",
		"kernel/keys/root_maxbytes": "25000000",
	}
	if err := os.Mkdir("/run/sysctl", 0o755); err != nil {
		return err
	}
	for name, value := range wanted {
		setting := filepath.Join("/proc/sys", name)
		if _, err := os.Stat(setting); err != nil {
			continue // a kernel without it
		}
		shown := filepath.Join("/run/sysctl", strings.ReplaceAll(name, "/", "."))
		if err := os.WriteFile(shown, []byte(value+"\n"), 0o644); err != nil {
			return err
		}
		if err := syscall.Mount(shown, setting, "", syscall.MS_BIND, ""); err != nil {
			return fmt.Errorf("mount on %s: %w", setting, err)
		}
	}
	return nil
}
