// Package instance keeps the record of each cluster: its name, mode, ports and addresses.
package instance

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"

	"patroni-operator.dev/local/cluster/internal/layout"
)

// Mode says how much of a cluster there is.
type Mode string

const (
	// ControlPlane is etcd, API server, controllers and scheduler on the loopback device: no root, no pods.
	ControlPlane Mode = "control-plane"
	// Node adds real nodes, in network namespaces: root, real pods.
	Node Mode = "node"
)

// Instance is what is recorded of a cluster. It does not change once made, but for the number of nodes.
type Instance struct {
	Name  string `json:"name"`
	Mode  Mode   `json:"mode"`
	Slot  int    `json:"slot"`  // gives the address range; only in mode node
	Nodes int    `json:"nodes"` // real nodes; 0 in mode control-plane
	Ports Ports  `json:"ports"`

	folder string
}

var validName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$`)

// Folder is where all state of the instance lies.
func (i *Instance) Folder() string { return i.folder }

// Path is a file in the instance's folder.
func (i *Instance) Path(elements ...string) string {
	return filepath.Join(append([]string{i.folder}, elements...)...)
}

// PKI is the folder of keys and certificates.
func (i *Instance) PKI() string { return i.Path("pki") }

// Log is the log file of one of its programs.
func (i *Instance) Log(program string) string { return i.Path("logs", program+".log") }

// Kubeconfig is the administrator's kubeconfig.
func (i *Instance) Kubeconfig() string { return i.Path("kubeconfig") }

// OperatorKubeconfig is the kubeconfig of the user "operator", whose requests the audit log tells apart.
func (i *Instance) OperatorKubeconfig() string { return i.Path("operator.kubeconfig") }

// AuditLog is the API server's audit log: one JSON object a line.
func (i *Instance) AuditLog() string { return i.Path("logs", "audit.log") }

// APIServerHost is the address at which programs and pods reach the API server.
func (i *Instance) APIServerHost() string {
	if i.Mode == Node {
		return i.Network().Host().String()
	}
	return "127.0.0.1"
}

// Server is the URL of the API server.
func (i *Instance) Server() string {
	return fmt.Sprintf("https://%s:%d", i.APIServerHost(), i.Ports.APIServer)
}

// ServiceRange is the range of ClusterIP addresses.
func (i *Instance) ServiceRange() string {
	if i.Mode == Node {
		return i.Network().Services().String()
	}
	return "10.96.0.0/16" // nothing is ever routed there
}

// Open reads the record of an instance; os.ErrNotExist when there is none.
func Open(l layout.Layout, name string) (*Instance, error) {
	if !validName.MatchString(name) {
		return nil, fmt.Errorf("--name %q: 1 to 32 small letters, digits and dashes are allowed, no dash at either end", name)
	}
	return OpenFolder(filepath.Join(l.State, name))
}

// OpenFolder reads the record of the instance that lives in a folder.
func OpenFolder(folder string) (*Instance, error) {
	i := &Instance{folder: folder}
	content, err := os.ReadFile(i.recordFile())
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(content, i); err != nil {
		return nil, fmt.Errorf("%s: %w", i.recordFile(), err)
	}
	return i, nil
}

// List reads all records, ordered by name.
func List(l layout.Layout) ([]*Instance, error) {
	records, err := filepath.Glob(filepath.Join(l.State, "*", "instance.json"))
	if err != nil {
		return nil, err
	}
	sort.Strings(records)
	var all []*Instance
	for _, record := range records {
		i, err := Open(l, filepath.Base(filepath.Dir(record)))
		if err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	return all, nil
}

// Ensure opens an instance or, when there is none, makes one with ports (and, in mode node, a slot) that
// neither another instance nor anybody else on this machine uses.
func Ensure(l layout.Layout, name string, mode Mode, nodes int) (*Instance, error) {
	// two first starts at once must not choose the same ports
	release, err := layout.Lock(filepath.Join(l.State, ".lock"))
	if err != nil {
		return nil, err
	}
	defer release()
	existing, err := Open(l, name)
	if err == nil {
		return existing, existing.adjust(mode, nodes)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	others, err := List(l)
	if err != nil {
		return nil, err
	}
	made := &Instance{Name: name, Mode: mode, folder: filepath.Join(l.State, name)}
	if made.Ports, err = choosePorts(others, portIsFree); err != nil {
		return nil, err
	}
	if mode == Node {
		made.Nodes = nodes
		inUse, err := localRanges()
		if err != nil {
			return nil, err
		}
		if made.Slot, err = chooseSlot(others, inUse); err != nil {
			return nil, err
		}
	}
	return made, made.save()
}

func (i *Instance) adjust(mode Mode, nodes int) error {
	if i.Mode != mode {
		return fmt.Errorf("instance %q exists in mode %s: use that mode, another --name, or end it first with: down --name %s --wipe", i.Name, i.Mode, i.Name)
	}
	if mode == ControlPlane || nodes <= i.Nodes {
		return nil
	}
	i.Nodes = nodes
	return i.save()
}

func (i *Instance) save() error {
	content, err := json.MarshalIndent(i, "", "  ")
	if err != nil {
		return err
	}
	return layout.WriteFile(i.recordFile(), append(content, '\n'), 0o644)
}

func (i *Instance) recordFile() string { return filepath.Join(i.folder, "instance.json") }

// Lock keeps two runs from changing the instance at the same time.
func (i *Instance) Lock() (release func(), err error) {
	// beside the folder, and never deleted: whoever waits for the lock must wait for the same file
	return layout.Lock(filepath.Join(filepath.Dir(i.folder), ".locks", i.Name))
}

// Wipe deletes everything about the instance. The record goes last: a wipe that is killed can be repeated.
func (i *Instance) Wipe() error {
	entries, err := os.ReadDir(i.folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if path := i.Path(entry.Name()); path != i.recordFile() {
			if err := os.RemoveAll(path); err != nil {
				return err
			}
		}
	}
	return os.RemoveAll(i.folder)
}
