// Package build compiles the programs of the local cluster into the cache and packs its images.
//
// What is built carries the hash of its sources in its name, so that nothing is built twice, several working
// copies share one cache, and a running instance keeps the program that it was started with.
package build

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"

	"patroni-operator.dev/local/cluster/internal/layout"
	"patroni-operator.dev/local/cluster/internal/progress"
)

// Builder builds into a cache.
type Builder struct {
	Layout layout.Layout
	Say    *progress.Log
}

// Modules that Program can build, by the name of their folder and program.
const (
	Kubernetes = "kubernetes"
	CoreDNS    = "coredns"
	Kwok       = "kwok"
	Pause      = "pause"
)

// kubernetesVersion is what kubectl and the API server report; see local/kubernetes/go.mod.
const kubernetesVersion = "1.34.4"

// Program returns the path of a program, building it first if its sources have changed.
func (b Builder) Program(ctx context.Context, name string) (string, error) {
	if b.Layout.Sources == "" {
		return "", errors.New("LOCAL_KUBERNETES_SOURCES is not set: run local/kubernetes.sh, which sets it")
	}
	sources := filepath.Join(b.Layout.Sources, name)
	sum, err := sourceHash(sources)
	if err != nil {
		return "", fmt.Errorf("sources of %s: %w", name, err)
	}
	target := b.Layout.Binary(name + "-" + sum)
	if exists(target) {
		return target, b.link(name, target)
	}
	release, err := layout.Lock(b.Layout.Binary("." + name + ".lock"))
	if err != nil {
		return "", err
	}
	defer release()
	if exists(target) { // another run built it while this one waited
		return target, b.link(name, target)
	}
	if err := b.compile(ctx, name, sources, target); err != nil {
		return "", err
	}
	return target, b.link(name, target)
}

func (b Builder) compile(ctx context.Context, name, sources, target string) error {
	goTool, err := exec.LookPath("go")
	if err != nil {
		return &progress.Failure{What: "build " + name, Cause: err, Advice: "install Go 1.24 or newer and put it on the PATH"}
	}
	b.Say.Say("compiling %s (with an empty Go build cache kubernetes takes 5 to 15 minutes, the others 1 to 5)", name)
	logFile := filepath.Join(b.Layout.Cache, "logs", "build-"+name+".log")
	if err := os.MkdirAll(filepath.Dir(logFile), 0o755); err != nil {
		return err
	}
	log, err := os.Create(logFile)
	if err != nil {
		return err
	}
	defer log.Close()

	unfinished := target + ".new"
	cmd := exec.CommandContext(ctx, goTool, "build", "-v", "-buildvcs=false", "-ldflags", linkerFlags(name), "-o", unfinished, ".")
	cmd.Dir = sources
	// no -trimpath: it would keep these modules from sharing compiled packages
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	output, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	b.report(name, io.TeeReader(output, log))
	if err := cmd.Wait(); err != nil {
		return &progress.Failure{
			What: "build " + name, Cause: err, Log: logFile,
			Advice: "if a module could not be downloaded, check the Go module proxy (go env GOPROXY) and run again",
		}
	}
	b.Say.Say("%s compiled", name)
	return os.Rename(unfinished, target)
}

// report reads the names of compiled packages, one a line, and says now and then how many there are.
func (b Builder) report(name string, packages io.Reader) {
	var compiled atomic.Int64
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(20 * time.Second)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				b.Say.Say("compiling %s: %d packages compiled", name, compiled.Load())
			}
		}
	}()
	for lines := bufio.NewScanner(packages); lines.Scan(); {
		compiled.Add(1)
	}
	close(done)
}

// link makes the names that people use: bin/NAME, and bin/kubectl.
func (b Builder) link(name, target string) error {
	names := []string{name}
	if name == Kubernetes {
		names = append(names, "kubectl")
	}
	for _, alias := range names {
		link := b.Layout.Binary(alias)
		if to, err := os.Readlink(link); err == nil && to == filepath.Base(target) {
			continue
		}
		unfinished := link + ".new"
		_ = os.Remove(unfinished)
		if err := os.Symlink(filepath.Base(target), unfinished); err != nil {
			return err
		}
		if err := os.Rename(unfinished, link); err != nil {
			return err
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
