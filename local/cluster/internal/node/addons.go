package node

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"patroni-operator.dev/local/cluster/internal/instance"
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
