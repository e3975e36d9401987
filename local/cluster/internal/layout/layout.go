// Package layout knows where things lie on the disk.
package layout

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
)

// Layout holds the folders in use.
type Layout struct {
	Sources string // the repository's local/
	Cache   string // binaries and images: may be deleted at any time, costs a rebuild
	State   string // one folder per instance
}

// FromEnvironment reads PATRONI_OPERATOR_CACHE and PATRONI_OPERATOR_STATE, or takes ~/.cache/patroni-operator.
func FromEnvironment() (Layout, error) {
	home, _ := os.UserHomeDir()
	cache := cmp.Or(os.Getenv("PATRONI_OPERATOR_CACHE"), filepath.Join(home, ".cache", "patroni-operator"))
	l := Layout{
		Sources: os.Getenv("LOCAL_KUBERNETES_SOURCES"),
		Cache:   cache,
		State:   cmp.Or(os.Getenv("PATRONI_OPERATOR_STATE"), filepath.Join(cache, "instances")),
	}
	for _, folder := range []string{l.Cache, l.State} {
		if !filepath.IsAbs(folder) {
			return l, errors.New("no absolute cache folder: set HOME, or PATRONI_OPERATOR_CACHE and PATRONI_OPERATOR_STATE, to absolute paths")
		}
	}
	return l, nil
}

// Binary is the stable path of a program in the cache.
func (l Layout) Binary(name string) string { return filepath.Join(l.Cache, "bin", name) }

// Images is the folder of the OCI archives that a node imports.
func (l Layout) Images() string { return filepath.Join(l.Cache, "images") }

// WriteFile writes a file so that a reader sees the old content or the new one, never half of it, and
// leaves it alone when nothing changes (kube-proxy exits when its file is touched).
func WriteFile(path string, content []byte, mode os.FileMode) error {
	if old, err := os.ReadFile(path); err == nil && string(old) == string(content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	unfinished := path + ".new"
	if err := os.WriteFile(unfinished, content, mode); err != nil {
		return err
	}
	return os.Rename(unfinished, path)
}
