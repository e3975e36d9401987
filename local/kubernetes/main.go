// Command kubernetes holds every Kubernetes program that the local cluster needs in one binary:
// "kubernetes etcd --data-dir ...", "kubernetes kubelet --config ...". One binary links the
// shared libraries once, so it compiles in a third of the time and takes a third of the disk.
//
// Called by another name (a symbolic link "kubectl"), it acts as that applet.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	_ "time/tzdata" // CronJobs name time zones, and a slim machine may have no tzdata

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	_ "k8s.io/client-go/plugin/pkg/client/auth"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"

	"patroni-operator.dev/local/kubernetes/csi"
)

// components are the applets that are ordinary Kubernetes commands.
var components = map[string]func() *cobra.Command{
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllers.NewControllerManagerCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"kubelet":                 func() *cobra.Command { return kubelet.NewKubeletCommand(context.Background()) },
	"kube-proxy":              proxy.NewProxyCommand,
}

const usage = "usage: kubernetes etcd|kube-apiserver|kube-controller-manager|kube-scheduler|kubelet|kube-proxy|kubectl|csi [flags]"

func main() {
	applet := filepath.Base(os.Args[0])
	if strings.HasPrefix(applet, "kubernetes") {
		if len(os.Args) < 2 {
			fmt.Fprintln(os.Stderr, usage)
			os.Exit(2)
		}
		applet = os.Args[1]
		os.Args = os.Args[1:] // the applet sees itself as the program
	}
	os.Exit(run(applet))
}

func run(applet string) int {
	switch applet {
	case "etcd":
		etcdmain.Main(os.Args)
		return 0
	case "csi":
		return csi.Main(os.Args[1:])
	case "kubectl":
		if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
			kubectlutil.CheckErr(err) // prints the error the way kubectl does, and exits
		}
		return 0
	}
	newCommand, known := components[applet]
	if !known {
		fmt.Fprintf(os.Stderr, "kubernetes: no applet %q\n%s\n", applet, usage)
		return 2
	}
	return cli.Run(newCommand())
}
