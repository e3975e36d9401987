package build

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// sourceHash names the state of a module's sources, and what else decides about the result: the platform and
// how it is linked. Tests do not count.
func sourceHash(folder string) (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, runtime.GOOS, runtime.GOARCH, "1", kubernetesVersion)
	found := false
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		found = true
		name, _ := filepath.Rel(folder, path)
		fmt.Fprintln(sum, name)
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		_, err = io.Copy(sum, file)
		return err
	})
	if err == nil && !found {
		err = fmt.Errorf("%s is empty", folder)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))[:12], err
}
