package main

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"patroni-operator.dev/local/cluster/internal/controlplane"
	"patroni-operator.dev/local/cluster/internal/fakenodes"
	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/node"
)

func downCommand(env *environment) *cobra.Command {
	var name string
	var all, wipe bool
	cmd := &cobra.Command{
		Use: "down", Short: "end an instance; its data stays unless --wipe is given", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			instances, err := env.chosen(name, all)
			if err != nil {
				return err
			}
			var failures error
			for _, i := range instances {
				failures = errors.Join(failures, env.down(i, wipe))
			}
			return failures
		},
	}
	nameFlag(cmd, &name)
	cmd.Flags().BoolVar(&all, "all", false, "end all instances")
	cmd.Flags().BoolVar(&wipe, "wipe", false, "delete all data of the instance")
	cmd.MarkFlagsMutuallyExclusive("name", "all")
	return cmd
}

func (e *environment) chosen(name string, all bool) ([]*instance.Instance, error) {
	if all {
		return instance.List(e.layout)
	}
	i, err := instance.Open(e.layout, name)
	if errors.Is(err, os.ErrNotExist) {
		e.say.Say("there is no instance %s", name)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []*instance.Instance{i}, nil
}

func (e *environment) down(i *instance.Instance, wipe bool) error {
	if i.Mode == instance.Node {
		if err := e.asRoot(); err != nil {
			return err
		}
	}
	release, err := i.Lock()
	if err != nil {
		return err
	}
	defer release()
	if err := fakenodes.Stop(i); err != nil {
		return err
	}
	if i.Mode == instance.Node {
		if err := node.Down(i, wipe); err != nil {
			return err
		}
	}
	if err := controlplane.Down(i); err != nil {
		return err
	}
	if !wipe {
		e.say.Say("%s is down; its data stays in %s", i.Name, i.Folder())
		return nil
	}
	if err := i.Wipe(); err != nil {
		return err
	}
	e.say.Say("%s is down and wiped", i.Name)
	return nil
}
