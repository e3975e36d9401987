package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"patroni-operator.dev/local/cluster/internal/build"
	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/layout"
	"patroni-operator.dev/local/cluster/internal/progress"
)

// environment is what all commands share.
type environment struct {
	layout layout.Layout
	say    *progress.Log
}

func rootCommand() *cobra.Command {
	env := &environment{say: progress.New(os.Stderr)}
	var state string
	root := &cobra.Command{
		Use:           "kubernetes.sh",
		Short:         "Kubernetes clusters on this machine, out of nothing but package registries",
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(*cobra.Command, []string) (err error) {
			env.layout, err = layout.FromEnvironment()
			if state != "" {
				env.layout.State = state
			}
			return err
		},
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.PersistentFlags().StringVar(&state, "root", "", "folder of the instances (default $PATRONI_OPERATOR_STATE or ~/.cache/patroni-operator/instances)")
	root.AddCommand(buildCommand(env), upCommand(env), downCommand(env), statusCommand(env), nodesCommand(env), imageCommand(env), nodeInitCommand(),
		pathCommand(env, "kubeconfig", "print the path of the administrator's kubeconfig", (*instance.Instance).Kubeconfig),
		pathCommand(env, "audit", "print the path of the API server's audit log", (*instance.Instance).AuditLog))
	return root
}

func (e *environment) builder() build.Builder { return build.Builder{Layout: e.layout, Say: e.say} }

// open opens an instance that has to exist.
func (e *environment) open(name string) (*instance.Instance, error) {
	i, err := instance.Open(e.layout, name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no instance %q in %s; see: status", name, e.layout.State)
	}
	return i, err
}

func nameFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "name", "local", "name of the instance")
}

func pathCommand(env *environment, use, short string, path func(*instance.Instance) string) *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: use, Short: short, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			i, err := env.open(name)
			if err != nil {
				return err
			}
			fmt.Println(path(i))
			return nil
		},
	}
	nameFlag(cmd, &name)
	return cmd
}

func buildCommand(env *environment) *cobra.Command {
	return &cobra.Command{
		Use: "build", Short: "build all programs and images into the cache; up does it as needed", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			// not the fake nodes' program: it takes minutes too, and few need it
			if _, err := env.builder().Program(cmd.Context(), build.Kubernetes); err != nil {
				return err
			}
			if _, err := env.nodeImages(cmd.Context()); err != nil {
				return err
			}
			env.say.Say("everything is built")
			return nil
		},
	}
}

// nodeImages builds the images that each node needs and returns their archives.
func (e *environment) nodeImages(ctx context.Context) ([]string, error) {
	var archives []string
	for _, image := range []build.Image{build.PauseImage, build.CoreDNSImage} {
		built, err := e.builder().Image(ctx, image)
		if err != nil {
			return nil, err
		}
		archives = append(archives, built.Archive)
	}
	return archives, nil
}
