package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"patroni-operator.dev/local/cluster/internal/build"
	"patroni-operator.dev/local/cluster/internal/controlplane"
	"patroni-operator.dev/local/cluster/internal/fakenodes"
	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/kubeapi"
	"patroni-operator.dev/local/cluster/internal/node"
)

func upCommand(env *environment) *cobra.Command {
	var name, mode string
	var nodes int
	var images bool
	cmd := &cobra.Command{
		Use: "up", Short: "start an instance, or whatever of it does not run", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if nodes < 1 || nodes > node.Max {
				return fmt.Errorf("--nodes %d: 1 to %d are allowed", nodes, node.Max)
			}
			switch instance.Mode(mode) {
			case instance.ControlPlane:
				return env.upControlPlane(cmd.Context(), name)
			case instance.Node:
				return env.upNode(cmd.Context(), name, nodes, images)
			}
			return fmt.Errorf("--mode %q: %s and %s are allowed", mode, instance.ControlPlane, instance.Node)
		},
	}
	nameFlag(cmd, &name)
	cmd.Flags().StringVar(&mode, "mode", string(instance.ControlPlane), "control-plane (no root, no pods) or node (root, real pods)")
	cmd.Flags().IntVar(&nodes, "nodes", 1, "number of real nodes, in mode node; may be raised later")
	cmd.Flags().BoolVar(&images, "images", true, "in mode node, import the images that lie in the cache")
	return cmd
}

func (e *environment) upControlPlane(ctx context.Context, name string) error {
	binary, err := e.builder().Program(ctx, build.Kubernetes)
	if err != nil {
		return err
	}
	i, release, err := e.ensure(name, instance.ControlPlane, 0)
	if err != nil {
		return err
	}
	defer release()
	client, err := controlplane.Up(ctx, i, binary, e.say)
	if err != nil {
		return err
	}
	if err := e.resumeFakeNodes(ctx, i, client); err != nil {
		return err
	}
	e.announce(i)
	return nil
}

func (e *environment) upNode(ctx context.Context, name string, count int, withImages bool) error {
	binary, err := e.builder().Program(ctx, build.Kubernetes)
	if err != nil {
		return err
	}
	ownImages, err := e.nodeImages(ctx)
	if err != nil {
		return err
	}
	if err := e.asRoot(); err != nil {
		return err
	}
	if err := node.InstallPackages(ctx, filepath.Join(e.layout.Cache, "logs", "packages.log"), e.say); err != nil {
		return err
	}
	i, release, err := e.ensure(name, instance.Node, count)
	if err != nil {
		return err
	}
	defer release()

	nodes := node.All(i)
	started, err := node.Start(nodes, binary)
	if err != nil {
		return err
	}
	if started > 0 {
		e.say.Say("%d of %d nodes started", started, len(nodes))
	}
	client, err := controlplane.Up(ctx, i, binary, e.say)
	if err != nil {
		return err
	}
	if err := handOver(i); err != nil {
		return err
	}
	if err := e.resumeFakeNodes(ctx, i, client); err != nil {
		return err
	}
	if err := node.ImportAll(ctx, nodes, ownImages, e.say); err != nil {
		return err
	}
	if err := node.ApplyAddons(ctx, i, binary); err != nil {
		return err
	}
	if err := node.WaitReady(ctx, nodes, client); err != nil {
		return err
	}
	e.say.Say("%d nodes ready", len(nodes))
	if withImages {
		images, err := filepath.Glob(filepath.Join(e.layout.Images(), "*.tar"))
		if err != nil {
			return err
		}
		if err := node.ImportAll(ctx, nodes, images, e.say); err != nil {
			return err
		}
	}
	if err := node.WaitForDNS(ctx, i); err != nil {
		return err
	}
	e.announce(i)
	return nil
}

func (e *environment) resumeFakeNodes(ctx context.Context, i *instance.Instance, client *kubeapi.Client) error {
	return fakenodes.Resume(ctx, i, client, func() (string, error) { return e.builder().Program(ctx, build.Kwok) })
}

// ensure opens or makes an instance and locks it.
func (e *environment) ensure(name string, mode instance.Mode, nodes int) (*instance.Instance, func(), error) {
	i, err := instance.Ensure(e.layout, name, mode, nodes)
	if err != nil {
		return nil, nil, err
	}
	release, err := i.Lock()
	return i, release, err
}

func (e *environment) announce(i *instance.Instance) {
	e.say.Say("%s is up: export KUBECONFIG=%s", i.Name, i.Kubeconfig())
}
