// Command local-kubernetes runs Kubernetes clusters on this machine: a control plane that needs no root and
// starts in seconds, and clusters with real nodes. It is called through local/kubernetes.sh.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"patroni-operator.dev/local/cluster/internal/progress"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := rootCommand().ExecuteContext(ctx); err != nil {
		progress.Explain(os.Stderr, err)
		os.Exit(1)
	}
}
