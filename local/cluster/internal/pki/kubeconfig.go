package pki

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"

	"patroni-operator.dev/local/cluster/internal/layout"
)

const kubeconfigFormat = `apiVersion: v1
kind: Config
clusters:
- name: local
  cluster:
    server: %[1]s
    certificate-authority-data: %[2]s
users:
- name: %[3]s
  user:
    client-certificate-data: %[4]s
    client-key-data: %[5]s
contexts:
- name: local
  context: {cluster: local, user: %[3]s}
current-context: local
`

// Kubeconfig writes a kubeconfig that uses the client certificate of the given name.
func (a *Authority) Kubeconfig(file, name, server string) error {
	var data [3]string
	for i, source := range []string{"ca.crt", name + ".crt", name + ".key"} {
		content, err := os.ReadFile(filepath.Join(a.folder, source))
		if err != nil {
			return err
		}
		data[i] = base64.StdEncoding.EncodeToString(content)
	}
	return layout.WriteFile(file, fmt.Appendf(nil, kubeconfigFormat, server, data[0], name, data[1], data[2]), 0o600)
}
