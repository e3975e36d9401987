package csi

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	mebibyte = int64(1) << 20
	// xfsMinimum is the size below which mkfs.xfs has to be forced.
	xfsMinimum = 300 * mebibyte
	// smallest is the smallest volume that can hold an XFS file system at all.
	smallest = 32 * mebibyte
)

// wholeSize is the size a volume gets when this many bytes are asked for. Like the drivers of
// cloud vendors it rounds up, so a claim may be given more than it asked for.
func wholeSize(asked int64) int64 {
	return max(smallest, (asked+mebibyte-1)/mebibyte*mebibyte)
}

// store keeps the volume files of one node.
type store struct{ directory string }

func (s store) file(volume string) string {
	return filepath.Join(s.directory, filepath.Base(volume)+".xfs")
}

// create makes the file of a volume. It is only given its final name once it is complete, so
// that a driver killed half-way does not leave a volume without a file system.
func (s store) create(volume string, size int64) error {
	file := s.file(volume)
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	unfinished := file + ".new"
	if err := os.WriteFile(unfinished, nil, 0o600); err != nil {
		return err
	}
	if err := os.Truncate(unfinished, size); err != nil {
		return err
	}
	if err := makeFileSystem(unfinished, size); err != nil {
		return err
	}
	return os.Rename(unfinished, file)
}

func makeFileSystem(file string, size int64) error {
	plain := []string{"-q", "-f", "-K", file}
	if size >= xfsMinimum {
		return run("mkfs.xfs", plain...)
	}
	if run("mkfs.xfs", append([]string{"--unsupported"}, plain...)...) == nil {
		return nil
	}
	return run("mkfs.xfs", plain...) // xfsprogs before 5.19 knows neither the limit nor the option
}

// grow enlarges the file; the file system in it grows later, on the node, while it is mounted.
// It never shrinks a file.
func (s store) grow(volume string, size int64) error {
	info, err := os.Stat(s.file(volume))
	if err != nil || info.Size() >= size {
		return err
	}
	return os.Truncate(s.file(volume), size)
}

func (s store) delete(volume string) error {
	if err := os.Remove(s.file(volume)); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

// mount mounts a volume on a loop device that frees itself with the last unmount.
func (s store) mount(volume, target string) error {
	if err := os.MkdirAll(target, 0o750); err != nil {
		return err
	}
	if err := run("mount", "-t", "xfs", "-o", "loop,nouuid", s.file(volume), target); err != nil {
		return err
	}
	return run("xfs_growfs", target) // the file may have grown while nobody had it mounted
}

// growMounted makes a mounted file system as large as its file.
func (s store) growMounted(target string) error {
	device, mounted := mountedFrom(target)
	if !mounted {
		return fmt.Errorf("%s is not mounted", target)
	}
	if err := run("losetup", "--set-capacity", device); err != nil {
		return err
	}
	return run("xfs_growfs", target)
}

// inUse tells whether a loop device still holds the volume's file.
func (s store) inUse(volume string) (bool, error) {
	out, err := exec.Command("losetup", "--noheadings", "--output", "NAME", "--associated", s.file(volume)).CombinedOutput()
	if err != nil {
		return false, fmt.Errorf("losetup: %w: %s", err, out)
	}
	return len(strings.TrimSpace(string(out))) > 0, nil
}

// mountedFrom returns the device that is mounted at a path.
func mountedFrom(path string) (device string, mounted bool) {
	mounts, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return "", false
	}
	defer mounts.Close()
	for lines := bufio.NewScanner(mounts); lines.Scan(); {
		if at, from := parseMount(lines.Text()); at == path {
			device, mounted = from, true // the last one is the one on top
		}
	}
	return device, mounted
}

// parseMount takes the mount point and the device from a line of /proc/self/mountinfo:
// "36 35 98:0 /root /point options optional... - type device options".
func parseMount(line string) (point, device string) {
	place, source, found := strings.Cut(line, " - ")
	left, right := strings.Fields(place), strings.Fields(source)
	if !found || len(left) < 5 || len(right) < 2 {
		return "", ""
	}
	return strings.ReplaceAll(left[4], `\040`, " "), right[1]
}

func run(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(string(out)))
	}
	return nil
}
