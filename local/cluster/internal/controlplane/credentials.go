package controlplane

import (
	"fmt"
	"net"
	"net/netip"

	"patroni-operator.dev/local/cluster/internal/instance"
	"patroni-operator.dev/local/cluster/internal/pki"
)

const masters = "system:masters"

// operatorGroup is bound to cluster-admin. The user "operator" is not in system:masters, whose requests skip
// authorization and priority: the operator's should take the path they take in a real cluster.
const operatorGroup = "patroni-operator:operators"

// writeCredentials makes all keys, certificates and kubeconfigs that are not there yet.
func writeCredentials(i *instance.Instance) error {
	authority, err := pki.Open(i.PKI())
	if err != nil {
		return err
	}
	if err := pki.SigningKey(i.PKI(), "sa"); err != nil {
		return err
	}
	names := []string{
		"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
	}
	addresses, err := servingAddresses(i)
	if err != nil {
		return err
	}
	if err := authority.Serving("apiserver", names, addresses); err != nil {
		return err
	}
	if err := authority.Client("apiserver-kubelet-client", "kube-apiserver-kubelet-client", masters); err != nil {
		return err
	}
	users := []struct {
		name, user, group, kubeconfig string
	}{
		{"admin", "admin", masters, i.Kubeconfig()},
		{"operator", "operator", operatorGroup, i.OperatorKubeconfig()},
		{"controller-manager", "system:kube-controller-manager", "", i.Path("controller-manager.kubeconfig")},
		{"scheduler", "system:kube-scheduler", "", i.Path("scheduler.kubeconfig")},
	}
	for _, u := range users {
		var groups []string
		if u.group != "" {
			groups = []string{u.group}
		}
		if err := authority.Client(u.name, u.user, groups...); err != nil {
			return err
		}
		if err := authority.Kubeconfig(u.kubeconfig, u.name, i.Server()); err != nil {
			return err
		}
	}
	return nil
}

// servingAddresses: where the API server listens, and the service "kubernetes", the first address of its range.
func servingAddresses(i *instance.Instance) ([]net.IP, error) {
	services, err := netip.ParsePrefix(i.ServiceRange())
	if err != nil {
		return nil, fmt.Errorf("service range: %w", err)
	}
	return []net.IP{
		net.ParseIP("127.0.0.1"),
		net.ParseIP(i.APIServerHost()),
		services.Addr().Next().AsSlice(),
	}, nil
}
