package node

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/kubeapi"
	"patroni-operator.dev/local/cluster/internal/layout"
	"patroni-operator.dev/local/cluster/internal/progress"
)

// ApplyAddons applies the storage class and the name server, unless they were applied as they are.
func ApplyAddons(ctx context.Context, i *instance.Instance, kubectl string) error {
	manifest, err := render("addons.yaml", All(i)[0].values())
	if err != nil {
		return err
	}
	record := i.Path("addons.yaml")
	if applied, err := os.ReadFile(record); err == nil && bytes.Equal(applied, manifest) {
		return nil
	}
	cmd := exec.CommandContext(ctx, kubectl, "kubectl", "--kubeconfig", i.Kubeconfig(),
		"apply", "--server-side", "--force-conflicts", "--field-manager=local-kubernetes", "-f", "-")
	cmd.Stdin = bytes.NewReader(manifest)
	if out, err := cmd.CombinedOutput(); err != nil {
		return &progress.Failure{What: "apply the storage class and the name server", Cause: fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))}
	}
	return layout.WriteFile(record, manifest, 0o644)
}

// WaitForDNS returns when the cluster's name server answers.
func WaitForDNS(ctx context.Context, i *instance.Instance, client *kubeapi.Client) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	err := poll(ctx, func() error {
		var deployment struct {
			Status struct{ ReadyReplicas int }
		}
		if err := client.Get(ctx, "/apis/apps/v1/namespaces/kube-system/deployments/coredns", &deployment); err != nil {
			return err
		}
		if deployment.Status.ReadyReplicas == 0 {
			return errors.New("no pod of the deployment is ready")
		}
		return nil
	})
	if err != nil {
		return &progress.Failure{
			What: "wait for the name server", Cause: err, Log: All(i)[0].log("kubelet"),
			Advice: "kubectl --kubeconfig " + i.Kubeconfig() + " -n kube-system describe pods",
		}
	}
	return nil
}
