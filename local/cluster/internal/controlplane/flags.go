package controlplane

import (
	"fmt"

	"patroni-operator.dev/local/cluster/internal/instance"
)

// The controllers are allowed far more requests than by default: a test that makes 500 clusters should
// measure the operator, not the throttle of the StatefulSet controller.
const requestRate, requestBurst = "--kube-api-qps=500", "--kube-api-burst=1000"

func loopback(port int) string { return fmt.Sprintf("http://127.0.0.1:%d", port) }

func etcdFlags(i *instance.Instance) []string {
	return []string{
		"etcd", "--name=local", "--data-dir=" + i.Path("etcd"), "--log-level=warn",
		"--listen-client-urls=" + loopback(i.Ports.Etcd), "--advertise-client-urls=" + loopback(i.Ports.Etcd),
		"--listen-peer-urls=" + loopback(i.Ports.EtcdPeer), "--initial-advertise-peer-urls=" + loopback(i.Ports.EtcdPeer),
		"--initial-cluster=local=" + loopback(i.Ports.EtcdPeer),
		// what is written survives the death of the process, not of the machine; many times faster
		"--unsafe-no-fsync", "--auto-compaction-retention=10m",
	}
}

func apiServerFlags(i *instance.Instance) []string {
	pki := func(name string) string { return i.Path("pki", name) }
	flags := []string{
		"kube-apiserver", "--etcd-servers=" + loopback(i.Ports.Etcd),
		"--bind-address=" + i.APIServerHost(), fmt.Sprintf("--secure-port=%d", i.Ports.APIServer),
		"--service-cluster-ip-range=" + i.ServiceRange(), "--allow-privileged",
		"--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction",
		"--client-ca-file=" + pki("ca.crt"), "--tls-cert-file=" + pki("apiserver.crt"), "--tls-private-key-file=" + pki("apiserver.key"),
		"--kubelet-client-certificate=" + pki("apiserver-kubelet-client.crt"), "--kubelet-client-key=" + pki("apiserver-kubelet-client.key"),
		"--kubelet-preferred-address-types=InternalIP",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + pki("sa.pub"), "--service-account-signing-key-file=" + pki("sa.key"),
		"--audit-policy-file=" + i.Path("audit-policy.yaml"), "--audit-log-path=" + i.AuditLog(),
		"--audit-log-maxsize=1000", "--audit-log-maxbackup=1",
		"--enable-aggregator-routing", // webhooks: call the pods, as this process has no kube-proxy beside it
		"--profiling=false",
	}
	if i.Mode == instance.Node {
		return append(flags, "--advertise-address="+i.APIServerHost())
	}
	// no pod asks for the service "kubernetes", and a loopback address could not be its endpoint; the address
	// given here is one for documentation, only to stop the search for a real one
	return append(flags, "--endpoint-reconciler-type=none", "--advertise-address=192.0.2.1")
}

func controllerManagerFlags(i *instance.Instance) []string {
	pki := func(name string) string { return i.Path("pki", name) }
	return append(clientFlags("kube-controller-manager", i.Path("controller-manager.kubeconfig"), i.Ports.ControllerManager),
		"--use-service-account-credentials", "--service-account-private-key-file="+pki("sa.key"), "--root-ca-file="+pki("ca.crt"),
		"--cluster-signing-cert-file="+pki("ca.crt"), "--cluster-signing-key-file="+pki("ca.key"),
		"--allocate-node-cidrs=false", "--service-cluster-ip-range="+i.ServiceRange())
}

func schedulerFlags(i *instance.Instance) []string {
	return clientFlags("kube-scheduler", i.Path("scheduler.kubeconfig"), i.Ports.Scheduler)
}

func clientFlags(applet, kubeconfig string, port int) []string {
	return []string{
		applet, "--kubeconfig=" + kubeconfig, "--authentication-kubeconfig=" + kubeconfig, "--authorization-kubeconfig=" + kubeconfig,
		"--bind-address=127.0.0.1", fmt.Sprintf("--secure-port=%d", port), "--leader-elect=false", "--profiling=false",
		requestRate, requestBurst,
	}
}
