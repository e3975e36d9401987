// Package fakenodes gives an instance nodes that only exist in its API server: kwok plays their kubelets. They take
// pods that tolerate the taint kwok=true:NoSchedule, which become Ready without running anything.
package fakenodes

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/kubeapi"
	"patroni-operator.dev/local/cluster/internal/process"
	"patroni-operator.dev/local/cluster/internal/progress"
)

const (
	program  = "kwok"
	selector = "type=kwok"
	// podRange gives the fake pods addresses of a range for documentation and benchmarks: nothing answers there.
	podRange = "198.18.0.1/15"
	nodeIP   = "192.0.2.2"
	parallel = 16
)

type object = map[string]any

// Scale makes that many fake nodes (kwok-000, kwok-001, ...), or removes those beyond.
func Scale(ctx context.Context, i *instance.Instance, client *kubeapi.Client, kwok string, count int, say *progress.Log) error {
	existing, err := names(ctx, client)
	if err != nil {
		return err
	}
	if count > 0 {
		if err := start(i, kwok); err != nil {
			return err
		}
	}
	wanted := map[string]bool{}
	for number := range count {
		wanted[name(number)] = true
	}
	var surplus []string
	for _, node := range existing {
		if !wanted[node] {
			surplus = append(surplus, node)
		}
		delete(wanted, node)
	}
	if err := each(keys(wanted), func(node string) error { return create(ctx, client, node) }); err != nil {
		return err
	}
	if err := remove(ctx, client, surplus); err != nil {
		return err
	}
	if count == 0 {
		say.Say("no fake nodes are left")
		return Stop(i)
	}
	if err := waitReady(ctx, i, client, count); err != nil {
		return err
	}
	say.Say("%d fake nodes ready; pods go there that tolerate kwok=true:NoSchedule", count)
	return nil
}

// Stop ends kwok.
func Stop(i *instance.Instance) error {
	if pid := process.Running(i.Folder())[program]; pid != 0 {
		return process.Stop(pid, 2*time.Second)
	}
	return nil
}

// Resume starts kwok again for an instance that had fake nodes before it was ended.
func Resume(ctx context.Context, i *instance.Instance, client *kubeapi.Client, kwok func() (string, error)) error {
	existing, err := names(ctx, client)
	if err != nil || len(existing) == 0 {
		return err
	}
	binary, err := kwok()
	if err != nil {
		return err
	}
	return start(i, binary)
}

func start(i *instance.Instance, kwok string) error {
	if process.Running(i.Folder())[program] != 0 {
		return nil
	}
	_, err := process.Program{
		Owner: i.Folder(), Name: program, Path: kwok, Log: i.Log(program),
		Args: []string{
			"--kubeconfig=" + i.Kubeconfig(), "--manage-nodes-with-label-selector=" + selector,
			"--cidr=" + podRange, "--node-ip=" + nodeIP, "--node-lease-duration-seconds=40",
			fmt.Sprintf("--server-address=127.0.0.1:%d", i.Ports.FakeNodes),
		},
	}.Start()
	return err
}

func name(number int) string { return fmt.Sprintf("kwok-%03d", number) }

func create(ctx context.Context, client *kubeapi.Client, node string) error {
	resources := object{"cpu": "64", "memory": "512Gi", "pods": "500"}
	return client.Apply(ctx, "/api/v1/nodes/"+node, object{
		"apiVersion": "v1", "kind": "Node",
		"metadata": object{
			"name":   node,
			"labels": object{"type": "kwok", "kubernetes.io/hostname": node, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"},
		},
		"spec":   object{"taints": []object{{"key": "kwok", "value": "true", "effect": "NoSchedule"}}},
		"status": object{"allocatable": resources, "capacity": resources},
	})
}

// remove deletes nodes, and first their pods, by force: a pod whose node has gone stays "Terminating" for ever.
func remove(ctx context.Context, client *kubeapi.Client, nodes []string) error {
	if len(nodes) == 0 {
		return nil
	}
	gone := map[string]bool{}
	for _, node := range nodes {
		gone[node] = true
	}
	pods, err := list(ctx, client, "/api/v1/pods")
	if err != nil {
		return err
	}
	var paths []string
	for _, pod := range pods {
		if gone[pod.Spec.NodeName] {
			paths = append(paths, fmt.Sprintf("/api/v1/namespaces/%s/pods/%s", pod.Metadata.Namespace, pod.Metadata.Name))
		}
	}
	if err := each(paths, func(path string) error { return deleteNow(ctx, client, path) }); err != nil {
		return err
	}
	return each(nodes, func(node string) error { return deleteNow(ctx, client, "/api/v1/nodes/"+node) })
}

func deleteNow(ctx context.Context, client *kubeapi.Client, path string) error {
	err := client.Delete(ctx, path, object{"gracePeriodSeconds": 0})
	if kubeapi.IsNotFound(err) {
		return nil
	}
	return err
}

func waitReady(ctx context.Context, i *instance.Instance, client *kubeapi.Client, count int) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute+time.Duration(count)*time.Second)
	defer cancel()
	for {
		nodes, err := list(ctx, client, "/api/v1/nodes?labelSelector="+url.QueryEscape(selector))
		ready := 0
		for _, node := range nodes {
			for _, condition := range node.Status.Conditions {
				if condition.Type == "Ready" && condition.Status == "True" {
					ready++
				}
			}
		}
		if err == nil && ready >= count {
			return nil
		}
		if ctx.Err() != nil {
			if err == nil {
				err = fmt.Errorf("%d of %d are ready", ready, count)
			}
			return &progress.Failure{What: "wait for the fake nodes", Cause: err, Log: i.Log(program)}
		}
		time.Sleep(200 * time.Millisecond)
	}
}

type item struct {
	Metadata struct{ Name, Namespace string }
	Spec     struct{ NodeName string }
	Status   struct {
		Conditions []struct{ Type, Status string }
	}
}

func list(ctx context.Context, client *kubeapi.Client, path string) ([]item, error) {
	var answer struct{ Items []item }
	err := client.Get(ctx, path, &answer)
	return answer.Items, err
}

func names(ctx context.Context, client *kubeapi.Client) ([]string, error) {
	nodes, err := list(ctx, client, "/api/v1/nodes?labelSelector="+url.QueryEscape(selector))
	var all []string
	for _, node := range nodes {
		if strings.HasPrefix(node.Metadata.Name, "kwok-") {
			all = append(all, node.Metadata.Name)
		}
	}
	return all, err
}

func keys(set map[string]bool) []string {
	var all []string
	for key := range set {
		all = append(all, key)
	}
	return all
}

// each does something for all elements, several at a time, and returns the first error.
func each(elements []string, do func(string) error) error {
	work := make(chan string)
	var first error
	var once sync.Once
	var workers sync.WaitGroup
	for range parallel {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for element := range work {
				if err := do(element); err != nil {
					once.Do(func() { first = fmt.Errorf("%s: %w", element, err) })
				}
			}
		}()
	}
	for _, element := range elements {
		work <- element
	}
	close(work)
	workers.Wait()
	return first
}
