// Package csi is a small CSI driver for one machine. A volume is a sparse file with an XFS file
// system on a loop device: it has a real size limit (ENOSPC happens), grows while mounted, and
// goes through the same API objects and kubelet calls as a vendor's driver. XFS, because growing a
// mounted ext4 needs CAP_SYS_RESOURCE, which containers and some virtual machines lack.
//
// One process per node holds the CSI node service, the registration with the kubelet, a
// provisioner and a resizer; each looks after the volumes of its own node only.
// It does no snapshots, no attach step and does not police access modes.
package csi

import (
	"context"
	"flag"
	"log"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	registerapi "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

// DriverName is the name in StorageClass.provisioner and in the CSIDriver object.
const DriverName = "loop.csi.patroni-operator.dev"

// Main runs the driver until it is told to stop and returns the exit code.
func Main(args []string) int {
	flags := flag.NewFlagSet("csi", flag.ExitOnError)
	node := flags.String("node", "", "name of the node this process serves")
	directory := flags.String("dir", "", "folder of the volume files")
	kubeletRoot := flags.String("kubelet-root", "/var/lib/kubelet", "root folder of the kubelet")
	kubeconfig := flags.String("kubeconfig", "", "kubeconfig of the provisioner and the resizer")
	immediate := flags.Bool("immediate", false, "also provision, on this node, the volumes of classes that do not wait for a consumer")
	_ = flags.Parse(args)

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	volumes := store{directory: *directory}
	if err := serve(ctx, *node, *kubeletRoot, *kubeconfig, *immediate, volumes); err != nil {
		log.Printf("csi: %v", err)
		return 1
	}
	return 0
}

func serve(ctx context.Context, node, kubeletRoot, kubeconfig string, immediate bool, volumes store) error {
	if err := os.MkdirAll(volumes.directory, 0o700); err != nil {
		return err
	}
	endpoint := filepath.Join(kubeletRoot, "plugins", DriverName, "csi.sock")
	err := listen(endpoint, func(s *grpc.Server) {
		csi.RegisterIdentityServer(s, identity{})
		csi.RegisterNodeServer(s, &nodeService{node: node, volumes: volumes})
	})
	if err != nil {
		return err
	}
	// The kubelet watches this folder and asks the socket in it what plugin it speaks for.
	err = listen(filepath.Join(kubeletRoot, "plugins_registry", DriverName+"-reg.sock"), func(s *grpc.Server) {
		registerapi.RegisterRegistrationServer(s, registrar{endpoint: endpoint})
	})
	if err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	c := &controller{client: client, node: node, immediate: immediate, volumes: volumes}
	return c.run(ctx)
}

// listen serves gRPC on a Unix socket in the background; a socket left by an earlier run is replaced.
func listen(socket string, register func(*grpc.Server)) error {
	if err := os.MkdirAll(filepath.Dir(socket), 0o750); err != nil {
		return err
	}
	if err := os.Remove(socket); err != nil && !os.IsNotExist(err) {
		return err
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	server := grpc.NewServer()
	register(server)
	go func() {
		if err := server.Serve(listener); err != nil {
			log.Fatalf("csi: %s: %v", socket, err)
		}
	}()
	return nil
}
