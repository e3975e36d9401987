package csi

import (
	"context"
	"encoding/json"
	"log"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// expansion is what has to happen next so that a bound claim gets the size it asks for.
type expansion int

const (
	nothing  expansion = iota
	growFile           // enlarge the volume file and record its new size
	askNode            // have the kubelet grow the file system
)

// nextExpansion compares, in bytes, what a claim asks for, what its volume has, and what its status
// says it was given. A request for less than there is is left alone, as in every driver.
func nextExpansion(asked, volume, given int64, nodeAsked bool) expansion {
	switch {
	case wholeSize(asked) > volume:
		return growFile
	case volume > given && !nodeAsked:
		return askNode
	default:
		return nothing
	}
}

// expand does the controller's half of a growth; the kubelet does the node's half.
func (c *controller) expand(ctx context.Context, claim *core.PersistentVolumeClaim, volume *core.PersistentVolume) error {
	if !c.owns(volume) || claim.Status.Phase != core.ClaimBound {
		return nil
	}
	asked := claim.Spec.Resources.Requests[core.ResourceStorage]
	has := volume.Spec.Capacity[core.ResourceStorage]
	given := claim.Status.Capacity[core.ResourceStorage]
	_, nodeAsked := claim.Status.AllocatedResourceStatuses[core.ResourceStorage]
	switch nextExpansion(asked.Value(), has.Value(), given.Value(), nodeAsked) {
	case growFile:
		return c.growVolume(ctx, volume, wholeSize(asked.Value()))
	case askNode:
		return c.requestNodeExpansion(ctx, claim, has.Value())
	}
	return nil
}

// growVolume enlarges the file first: were the driver killed in between, it would do the same once more.
// The changed capacity of the volume wakes the controller again, for the next step.
func (c *controller) growVolume(ctx context.Context, volume *core.PersistentVolume, size int64) error {
	if err := c.volumes.grow(volume.Spec.CSI.VolumeHandle, size); err != nil {
		return err
	}
	capacity := quantity(size)
	patch, err := json.Marshal(map[string]any{"spec": map[string]any{"capacity": map[string]any{"storage": capacity.String()}}})
	if err != nil {
		return err
	}
	_, err = c.client.CoreV1().PersistentVolumes().Patch(ctx, volume.Name, types.MergePatchType, patch, meta.PatchOptions{})
	if err == nil {
		log.Printf("grew the file of %s to %s", volume.Name, capacity.String())
	}
	return err
}

func (c *controller) requestNodeExpansion(ctx context.Context, claim *core.PersistentVolumeClaim, size int64) error {
	update := claim.DeepCopy()
	update.Status.AllocatedResources = core.ResourceList{core.ResourceStorage: quantity(size)}
	update.Status.AllocatedResourceStatuses = map[core.ResourceName]core.ClaimResourceStatus{
		core.ResourceStorage: core.PersistentVolumeClaimNodeResizePending,
	}
	update.Status.Conditions = []core.PersistentVolumeClaimCondition{{
		Type: core.PersistentVolumeClaimFileSystemResizePending, Status: core.ConditionTrue, LastTransitionTime: meta.Now(),
		Message: "Waiting for the node to grow the file system",
	}}
	_, err := c.client.CoreV1().PersistentVolumeClaims(claim.Namespace).UpdateStatus(ctx, update, meta.UpdateOptions{})
	return err
}
