package layout

import (
	"os"
	"path/filepath"
	"syscall"
)

// Lock takes an exclusive lock on a file, waiting for whoever holds it, and returns how to release it.
// The kernel releases it when the process dies, so a killed run never leaves a stale lock.
func Lock(file string) (release func(), err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}
