package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/process"
)

// instanceStatus is one element of what "status --json" prints.
type instanceStatus struct {
	*instance.Instance
	Server             string         `json:"server"`
	Kubeconfig         string         `json:"kubeconfig"`
	OperatorKubeconfig string         `json:"operatorKubeconfig"`
	AuditLog           string         `json:"auditLog"`
	Folder             string         `json:"folder"`
	Processes          map[string]int `json:"processes"` // ids of the running programs
}

func statusCommand(env *environment) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "status", Short: "list the instances and what runs of them", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			instances, err := instance.List(env.layout)
			if err != nil {
				return err
			}
			statuses := []instanceStatus{}
			for _, i := range instances {
				statuses = append(statuses, instanceStatus{
					Instance: i, Server: i.Server(), Kubeconfig: i.Kubeconfig(), OperatorKubeconfig: i.OperatorKubeconfig(),
					AuditLog: i.AuditLog(), Folder: i.Folder(), Processes: process.Running(i.Folder()),
				})
			}
			if asJSON {
				encoder := json.NewEncoder(os.Stdout)
				encoder.SetIndent("", "  ")
				return encoder.Encode(statuses)
			}
			printStatus(statuses, env.layout.State)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printStatus(statuses []instanceStatus, folder string) {
	if len(statuses) == 0 {
		fmt.Println("no instances in", folder)
	}
	for _, s := range statuses {
		running := "down"
		if len(s.Processes) > 0 {
			running = strings.Join(slices.Sorted(maps.Keys(s.Processes)), " ")
		}
		fmt.Printf("%s (%s): %s\n  server %s\n  kubeconfig %s\n", s.Name, s.Mode, running, s.Server, s.Kubeconfig)
	}
}
