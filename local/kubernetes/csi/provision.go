package csi

import (
	"context"
	"log"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	selectedNode  = "volume.kubernetes.io/selected-node"
	provisionedBy = "pv.kubernetes.io/provisioned-by"
	// nodeAttribute records, in the volume, the node whose disk holds it.
	nodeAttribute = DriverName + "/node"
)

func volumeName(claim *core.PersistentVolumeClaim) string { return "pvc-" + string(claim.UID) }

// shouldProvision tells whether it falls to this node to make a volume for the claim.
func (c *controller) shouldProvision(claim *core.PersistentVolumeClaim, class *storage.StorageClass) bool {
	if class.Provisioner != DriverName || claim.DeletionTimestamp != nil || claim.Spec.VolumeName != "" {
		return false
	}
	waits := class.VolumeBindingMode != nil && *class.VolumeBindingMode == storage.VolumeBindingWaitForFirstConsumer
	if waits {
		return claim.Annotations[selectedNode] == c.node
	}
	return c.immediate
}

func (c *controller) provision(ctx context.Context, claim *core.PersistentVolumeClaim, class *storage.StorageClass) error {
	asked := claim.Spec.Resources.Requests[core.ResourceStorage]
	size := wholeSize(asked.Value())
	if err := c.volumes.create(volumeName(claim), size); err != nil {
		return err
	}
	volume := c.newVolume(claim, class, size)
	_, err := c.client.CoreV1().PersistentVolumes().Create(ctx, volume, meta.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		return nil
	}
	if err == nil {
		log.Printf("provisioned %s (%d MiB) for %s/%s", volume.Name, size/mebibyte, claim.Namespace, claim.Name)
	}
	return err
}

func (c *controller) newVolume(claim *core.PersistentVolumeClaim, class *storage.StorageClass, size int64) *core.PersistentVolume {
	name, mode, reclaim := volumeName(claim), core.PersistentVolumeFilesystem, core.PersistentVolumeReclaimDelete
	if class.ReclaimPolicy != nil {
		reclaim = *class.ReclaimPolicy
	}
	onlyHere := core.NodeSelectorRequirement{Key: core.LabelHostname, Operator: core.NodeSelectorOpIn, Values: []string{c.node}}
	return &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: DriverName}},
		Spec: core.PersistentVolumeSpec{
			Capacity:                      core.ResourceList{core.ResourceStorage: quantity(size)},
			AccessModes:                   claim.Spec.AccessModes,
			VolumeMode:                    &mode,
			StorageClassName:              class.Name,
			MountOptions:                  class.MountOptions,
			PersistentVolumeReclaimPolicy: reclaim,
			ClaimRef: &core.ObjectReference{
				APIVersion: "v1", Kind: "PersistentVolumeClaim", Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID,
			},
			PersistentVolumeSource: core.PersistentVolumeSource{CSI: &core.CSIPersistentVolumeSource{
				Driver: DriverName, VolumeHandle: name, FSType: "xfs", VolumeAttributes: map[string]string{nodeAttribute: c.node},
			}},
			NodeAffinity: &core.VolumeNodeAffinity{Required: &core.NodeSelector{NodeSelectorTerms: []core.NodeSelectorTerm{
				{MatchExpressions: []core.NodeSelectorRequirement{onlyHere}},
			}}},
		},
	}
}

// deletable tells whether a volume's claim is gone and its class says that the data goes with it.
func deletable(volume *core.PersistentVolume) bool {
	return volume.Status.Phase == core.VolumeReleased && volume.DeletionTimestamp == nil &&
		volume.Spec.PersistentVolumeReclaimPolicy == core.PersistentVolumeReclaimDelete
}

// remove deletes the file and then the object; false while the kubelet still has the volume mounted.
func (c *controller) remove(ctx context.Context, volume *core.PersistentVolume) (gone bool, err error) {
	handle := volume.Spec.CSI.VolumeHandle
	if busy, err := c.volumes.inUse(handle); busy || err != nil {
		return false, err
	}
	if err := c.volumes.delete(handle); err != nil {
		return false, err
	}
	err = c.client.CoreV1().PersistentVolumes().Delete(ctx, volume.Name, meta.DeleteOptions{})
	if err != nil && !apierrors.IsNotFound(err) {
		return false, err
	}
	log.Printf("deleted %s", volume.Name)
	return true, nil
}

func quantity(bytes int64) resource.Quantity { return *resource.NewQuantity(bytes, resource.BinarySI) }
