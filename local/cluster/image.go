package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/node"
)

func imageCommand(env *environment) *cobra.Command {
	var name string
	load := &cobra.Command{
		Use: "load ARCHIVE...", Short: "import OCI or Docker archives into all nodes of an instance", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			i, err := env.open(name)
			if err != nil {
				return err
			}
			if i.Mode != instance.Node {
				return fmt.Errorf("%s is in mode %s: it has no nodes that could run an image", i.Name, i.Mode)
			}
			var archives []string
			for _, arg := range args {
				archive, err := filepath.Abs(arg)
				if err != nil {
					return err
				}
				archives = append(archives, archive)
			}
			if err := env.asRoot(); err != nil {
				return err
			}
			release, err := i.Lock()
			if err != nil {
				return err
			}
			defer release()
			return node.ImportAll(cmd.Context(), node.All(i), archives, env.say)
		},
	}
	nameFlag(load, &name)
	image := &cobra.Command{Use: "image", Short: "images of an instance's nodes"}
	image.AddCommand(load)
	return image
}
