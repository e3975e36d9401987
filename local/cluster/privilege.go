package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/progress"
)

// asRoot returns nil if this process is root. Otherwise it says why root is needed and runs the same command again
// through sudo, which may ask for a password; it only returns if that is not possible.
func (e *environment) asRoot() error {
	if os.Geteuid() == 0 {
		return nil
	}
	sudo, err := exec.LookPath("sudo")
	if err != nil {
		return &progress.Failure{
			What: "instances in mode node need root (network namespaces, mounts, cgroups)", Cause: errors.New("this user is not root, and there is no sudo"),
			Advice: "run it as root, or use --mode control-plane, which needs no root",
		}
	}
	e.say.Say("instances in mode node need root (network namespaces, mounts, cgroups): going on with sudo")
	self, err := os.Executable()
	if err != nil {
		return err
	}
	// sudo clears the environment; these say where things are
	args := []string{"sudo", "--", "env"}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if name == "HOME" || name == "PATH" || strings.HasPrefix(name, "PATRONI_OPERATOR_") || strings.HasPrefix(name, "LOCAL_KUBERNETES_") {
			args = append(args, variable)
		}
	}
	return syscall.Exec(sudo, append(append(args, self), os.Args[1:]...), os.Environ())
}

// handOver gives the kubeconfigs to the person who called sudo.
func handOver(i *instance.Instance) error {
	user, err := strconv.Atoi(os.Getenv("SUDO_UID"))
	if err != nil {
		return nil // not called through sudo
	}
	return errors.Join(os.Chown(i.Kubeconfig(), user, -1), os.Chown(i.OperatorKubeconfig(), user, -1))
}
