package main

import (
	"github.com/spf13/cobra"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/node"
)

// nodeInitCommand is the first process of a node; "up" starts it in namespaces of its own.
func nodeInitCommand() *cobra.Command {
	var folder, binary string
	var number int
	cmd := &cobra.Command{
		Use: "node-init", Hidden: true, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			i, err := instance.OpenFolder(folder)
			if err != nil {
				return err
			}
			return node.Node{Instance: i, Number: number}.Init(binary)
		},
	}
	cmd.Flags().StringVar(&folder, "folder", "", "folder of the instance")
	cmd.Flags().StringVar(&binary, "binary", "", "the program that holds the kubelet")
	cmd.Flags().IntVar(&number, "number", 1, "number of the node")
	return cmd
}
