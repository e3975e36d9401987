package csi

import (
	"context"
	"log"
	"os"
	"sync"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"golang.org/x/sys/unix"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// nodeService mounts volumes for the kubelet: staged once per node, published into each pod.
type nodeService struct {
	csi.UnimplementedNodeServer
	node    string
	volumes store
	staging sync.Mutex // mounting and growing one volume must not interleave
}

func (n *nodeService) NodeGetInfo(context.Context, *csi.NodeGetInfoRequest) (*csi.NodeGetInfoResponse, error) {
	return &csi.NodeGetInfoResponse{NodeId: n.node}, nil
}

func (n *nodeService) NodeGetCapabilities(context.Context, *csi.NodeGetCapabilitiesRequest) (*csi.NodeGetCapabilitiesResponse, error) {
	response := &csi.NodeGetCapabilitiesResponse{}
	for _, capability := range []csi.NodeServiceCapability_RPC_Type{
		csi.NodeServiceCapability_RPC_STAGE_UNSTAGE_VOLUME,
		csi.NodeServiceCapability_RPC_EXPAND_VOLUME,
		csi.NodeServiceCapability_RPC_GET_VOLUME_STATS,
	} {
		response.Capabilities = append(response.Capabilities, &csi.NodeServiceCapability{
			Type: &csi.NodeServiceCapability_Rpc{Rpc: &csi.NodeServiceCapability_RPC{Type: capability}},
		})
	}
	return response, nil
}

func (n *nodeService) NodeStageVolume(_ context.Context, r *csi.NodeStageVolumeRequest) (*csi.NodeStageVolumeResponse, error) {
	n.staging.Lock()
	defer n.staging.Unlock()
	if _, mounted := mountedFrom(r.StagingTargetPath); !mounted {
		if _, err := os.Stat(n.volumes.file(r.VolumeId)); err != nil {
			return nil, status.Error(codes.NotFound, err.Error())
		}
		if err := n.volumes.mount(r.VolumeId, r.StagingTargetPath); err != nil {
			return nil, status.Error(codes.Internal, err.Error())
		}
	}
	return &csi.NodeStageVolumeResponse{}, nil
}

func (n *nodeService) NodeUnstageVolume(_ context.Context, r *csi.NodeUnstageVolumeRequest) (*csi.NodeUnstageVolumeResponse, error) {
	n.staging.Lock()
	defer n.staging.Unlock()
	if err := unmount(r.StagingTargetPath); err != nil {
		return nil, err
	}
	return &csi.NodeUnstageVolumeResponse{}, nil
}

func (n *nodeService) NodePublishVolume(_ context.Context, r *csi.NodePublishVolumeRequest) (*csi.NodePublishVolumeResponse, error) {
	if _, mounted := mountedFrom(r.TargetPath); mounted {
		return &csi.NodePublishVolumeResponse{}, nil
	}
	err := os.MkdirAll(r.TargetPath, 0o750)
	if err == nil {
		err = unix.Mount(r.StagingTargetPath, r.TargetPath, "", unix.MS_BIND, "")
	}
	if err == nil && r.Readonly {
		err = unix.Mount("", r.TargetPath, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, "")
	}
	if err != nil {
		return nil, status.Error(codes.Internal, err.Error())
	}
	return &csi.NodePublishVolumeResponse{}, nil
}

func (n *nodeService) NodeUnpublishVolume(_ context.Context, r *csi.NodeUnpublishVolumeRequest) (*csi.NodeUnpublishVolumeResponse, error) {
	if err := unmount(r.TargetPath); err != nil {
		return nil, err
	}
	if err := os.Remove(r.TargetPath); err != nil && !os.IsNotExist(err) {
		return nil, status.Error(codes.Internal, err.Error())
	}
	return &csi.NodeUnpublishVolumeResponse{}, nil
}

func (n *nodeService) NodeExpandVolume(_ context.Context, r *csi.NodeExpandVolumeRequest) (*csi.NodeExpandVolumeResponse, error) {
	n.staging.Lock()
	defer n.staging.Unlock()
	if err := n.volumes.growMounted(r.StagingTargetPath); err != nil {
		return nil, status.Error(codes.Internal, err.Error())
	}
	log.Printf("grew the file system of %s", r.VolumeId)
	return &csi.NodeExpandVolumeResponse{CapacityBytes: wholeSize(r.CapacityRange.GetRequiredBytes())}, nil
}

func (n *nodeService) NodeGetVolumeStats(_ context.Context, r *csi.NodeGetVolumeStatsRequest) (*csi.NodeGetVolumeStatsResponse, error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(r.VolumePath, &fs); err != nil {
		return nil, status.Error(codes.NotFound, err.Error())
	}
	block, blocks, free, available := fs.Bsize, int64(fs.Blocks), int64(fs.Bfree), int64(fs.Bavail)
	inodes, freeInodes := int64(fs.Files), int64(fs.Ffree)
	return &csi.NodeGetVolumeStatsResponse{Usage: []*csi.VolumeUsage{
		{Unit: csi.VolumeUsage_BYTES, Total: blocks * block, Available: available * block, Used: (blocks - free) * block},
		{Unit: csi.VolumeUsage_INODES, Total: inodes, Available: freeInodes, Used: inodes - freeInodes},
	}}, nil
}

func unmount(path string) error {
	if _, mounted := mountedFrom(path); mounted {
		if err := unix.Unmount(path, 0); err != nil {
			return status.Errorf(codes.Internal, "unmount %s: %v", path, err)
		}
	}
	return nil
}
