package node

import (
	"bytes"
	"embed"
	"os"
	"strings"
	"syscall"
	"text/template"

	"patroni-operator.dev/local/cluster/internal/build"
	"patroni-operator.dev/local/cluster/internal/layout"
	"patroni-operator.dev/local/cluster/internal/pki"
)

//go:embed templates
var templates embed.FS

// values are what the templates may use.
type values struct {
	Name, Instance, Cgroup, Snapshotter    string
	Inside, CRISocket, CNIFolder, Pause    string
	CoreDNS                                string
	Address, DNS, Pods, AllPods, AllOfHost string
}

func (n Node) values() values {
	network := n.Instance.Network()
	return values{
		Name: n.Name(), Instance: n.Instance.Name, Cgroup: n.cgroup(), Snapshotter: snapshotter(n.folder()),
		Inside: inside, CRISocket: criSocket, CNIFolder: cniFolder,
		Pause: build.PauseImage.Name, CoreDNS: build.CoreDNSImage.Name,
		Address: network.Node(n.Number).String(), DNS: network.DNS().String(),
		Pods: network.Pods(n.Number).String(), AllPods: network.AllPods().String(), AllOfHost: network.Whole().String(),
	}
}

func render(name string, v values) ([]byte, error) {
	t, err := template.New(name).Option("missingkey=error").ParseFS(templates, "templates/"+name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, v)
	return out.Bytes(), err
}

// writeConfiguration writes everything that the node's programs read.
func (n Node) writeConfiguration() error {
	if err := os.MkdirAll(n.folder(), 0o755); err != nil {
		return err
	}
	for _, name := range []string{"containerd.toml", "cni.conflist", "kubelet.yaml", "kube-proxy.yaml", "resolv.conf"} {
		content, err := render(name, n.values())
		if err != nil {
			return err
		}
		target := n.path("etc", name)
		if strings.HasPrefix(name, "cni") {
			target = n.path("etc", "cni", name) // containerd takes the first file of a folder
		}
		if err := layout.WriteFile(target, content, 0o644); err != nil {
			return err
		}
	}
	return n.writeCredentials()
}

func (n Node) writeCredentials() error {
	authority, err := pki.Open(n.Instance.PKI())
	if err != nil {
		return err
	}
	certificate, err := os.ReadFile(authority.Certificate())
	if err != nil {
		return err
	}
	if err := layout.WriteFile(n.path("etc", "ca.crt"), certificate, 0o644); err != nil {
		return err
	}
	users := []struct{ program, certificate, user, group string }{
		{"kubelet", n.process(), "system:node:" + n.Name(), "system:nodes"},
		{"kube-proxy", "kube-proxy", "system:kube-proxy", "system:node-proxier"},
		{"csi", "csi", "local-csi", "system:masters"},
	}
	for _, u := range users {
		if err := authority.Client(u.certificate, u.user, u.group); err != nil {
			return err
		}
		if err := authority.Kubeconfig(n.path("etc", u.program+".kubeconfig"), u.certificate, n.Instance.Server()); err != nil {
			return err
		}
	}
	return nil
}

// snapshotter is overlayfs, unless the folder lies on an overlay itself (inside a container): those do not stack.
func snapshotter(folder string) string {
	const overlayMagic = 0x794c7630
	var fs syscall.Statfs_t
	if syscall.Statfs(folder, &fs) == nil && fs.Type == overlayMagic {
		return "native"
	}
	return "overlayfs"
}
