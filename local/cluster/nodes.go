package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"patroni-operator.dev/local/cluster/internal/build"
	"patroni-operator.dev/local/cluster/internal/fakenodes"
	"patroni-operator.dev/local/cluster/internal/kubeapi"
)

const maxFakeNodes = 1000

func nodesCommand(env *environment) *cobra.Command {
	var name string
	var count int
	cmd := &cobra.Command{
		Use: "nodes", Short: "give an instance fake nodes, whose pods run nothing; --count 0 removes them", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if count < 0 || count > maxFakeNodes {
				return fmt.Errorf("--count %d: 0 to %d are allowed", count, maxFakeNodes)
			}
			i, err := env.open(name)
			if err != nil {
				return err
			}
			kwok, err := env.builder().Program(cmd.Context(), build.Kwok)
			if err != nil {
				return err
			}
			release, err := i.Lock()
			if err != nil {
				return err
			}
			defer release()
			client, err := kubeapi.New(i.Server(), i.PKI())
			if err != nil {
				return err
			}
			if err := client.Ready(cmd.Context()); err != nil {
				return fmt.Errorf("%s does not answer (%w): run first: up --name %s --mode %s", i.Name, err, i.Name, i.Mode)
			}
			return fakenodes.Scale(cmd.Context(), i, client, kwok, count, env.say)
		},
	}
	nameFlag(cmd, &name)
	cmd.Flags().IntVar(&count, "count", 3, "how many fake nodes there shall be")
	return cmd
}
