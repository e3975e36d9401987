// Package controlplane runs etcd, the API server, the controllers and the scheduler of an instance.
package controlplane

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/kubeapi"
	"patroni-operator.dev/local/cluster/internal/layout"
	"patroni-operator.dev/local/cluster/internal/process"
	"patroni-operator.dev/local/cluster/internal/progress"
)

const (
	readyWithin = 2 * time.Minute // seconds, on an idle machine; builds may keep it busy
	pollEvery   = 50 * time.Millisecond
	// stopGrace is short on purpose: what etcd has written is in the kernel's hands and survives the process.
	stopGrace = 2 * time.Second
)

// programs of the control plane, in the order in which they are started.
var programs = []struct {
	name  string
	flags func(*instance.Instance) []string
}{
	{"etcd", etcdFlags},
	{"apiserver", apiServerFlags},
	{"controller-manager", controllerManagerFlags},
	{"scheduler", schedulerFlags},
}

// Up starts whatever does not run yet and returns when all of it is ready.
func Up(ctx context.Context, i *instance.Instance, binary string, say *progress.Log) (*kubeapi.Client, error) {
	if err := writeCredentials(i); err != nil {
		return nil, &progress.Failure{What: "certificates of " + i.Name, Cause: err}
	}
	if err := layout.WriteFile(i.Path("audit-policy.yaml"), []byte(auditPolicy), 0o644); err != nil {
		return nil, err
	}
	// etcd refuses a data folder that others can read
	if err := os.MkdirAll(i.Path("etcd"), 0o700); err != nil {
		return nil, err
	}
	client, err := kubeapi.New(i.Server(), i.PKI())
	if err != nil {
		return nil, err
	}
	started := 0
	running := process.Running(i.Folder())
	for _, program := range programs {
		// the last two end when they find no API server, so they wait for it here
		if program.name == "controller-manager" {
			if err := waitFor(ctx, i, "apiserver", client.Ready); err != nil {
				return nil, err
			}
			if started > 0 {
				say.Say("apiserver ready")
			}
		}
		if running[program.name] != 0 {
			continue
		}
		started++
		daemon := process.Program{
			Owner: i.Folder(), Name: program.name, Path: binary, Args: program.flags(i), Log: i.Log(program.name),
		}
		if _, err := daemon.Start(); err != nil {
			return nil, &progress.Failure{What: "start " + program.name, Cause: err}
		}
	}
	if err := waitFor(ctx, i, "controller-manager", healthy(i.Ports.ControllerManager)); err != nil {
		return nil, err
	}
	if err := waitFor(ctx, i, "scheduler", healthy(i.Ports.Scheduler)); err != nil {
		return nil, err
	}
	if started == 0 {
		say.Say("control plane already runs")
		return client, nil
	}
	if err := grantOperator(ctx, client); err != nil {
		return nil, &progress.Failure{What: "rights of the user operator", Cause: err, Log: i.Log("apiserver")}
	}
	say.Say("controller-manager and scheduler ready")
	return client, nil
}

// Down ends the control plane: first those that write, then what they write to.
func Down(i *instance.Instance) error {
	running := process.Running(i.Folder())
	return errors.Join(
		stopAll(running, "controller-manager", "scheduler", "apiserver"),
		stopAll(running, "etcd"))
}

func stopAll(running map[string]int, names ...string) error {
	failures := make([]error, len(names))
	var all sync.WaitGroup
	for n, name := range names {
		if running[name] == 0 {
			continue
		}
		all.Add(1)
		go func() {
			defer all.Done()
			if err := process.Stop(running[name], stopGrace); err != nil {
				failures[n] = fmt.Errorf("end %s (process %d): %w", name, running[name], err)
			}
		}()
	}
	all.Wait()
	return errors.Join(failures...)
}

// waitFor polls until a program is ready; it gives up at once when the program has ended.
func waitFor(ctx context.Context, i *instance.Instance, name string, ready func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	var last error
	for nextLook := time.Now().Add(time.Second); ; {
		if last = ready(ctx); last == nil {
			return nil
		}
		if time.Now().After(nextLook) {
			nextLook = time.Now().Add(time.Second)
			if process.Running(i.Folder())[name] == 0 {
				last = errors.New("the program ended")
				break
			}
		}
		if ctx.Err() != nil {
			break
		}
		time.Sleep(pollEvery)
	}
	return &progress.Failure{
		What: "wait for " + name, Cause: last, Log: i.Log(name),
		Advice: fmt.Sprintf("run up again; if it fails again, start afresh: down --name %s --wipe", i.Name),
	}
}

// healthy asks a component's health endpoint on the loopback device; its certificate is self-signed.
func healthy(port int) func(context.Context) error {
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	return func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("https://127.0.0.1:%d/healthz", port), nil)
		if err != nil {
			return err
		}
		response, err := client.Do(request)
		if err != nil {
			return err
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return errors.New(response.Status)
		}
		return nil
	}
}

func grantOperator(ctx context.Context, client *kubeapi.Client) error {
	type object = map[string]any
	return client.Apply(ctx, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/patroni-operator-operators", object{
		"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
		"metadata": object{"name": "patroni-operator-operators"},
		"roleRef":  object{"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
		"subjects": []object{{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": operatorGroup}},
	})
}
