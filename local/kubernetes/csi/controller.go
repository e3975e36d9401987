package csi

import (
	"context"
	"log"
	"time"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
)

// controller is the part that the external-provisioner and external-resizer sidecars play elsewhere.
// Each change of a claim, a volume or a class makes it look at all of them: there are few.
type controller struct {
	client    kubernetes.Interface
	node      string
	immediate bool
	volumes   store
}

// view is what the informers know at one moment.
type view struct {
	claims  []*core.PersistentVolumeClaim
	volumes map[string]*core.PersistentVolume
	classes map[string]*storage.StorageClass
}

func (c *controller) run(ctx context.Context) error {
	factory := informers.NewSharedInformerFactory(c.client, 30*time.Second)
	claims := factory.Core().V1().PersistentVolumeClaims()
	volumes := factory.Core().V1().PersistentVolumes()
	classes := factory.Storage().V1().StorageClasses()

	changed := make(chan struct{}, 1)
	wake := func() {
		select {
		case changed <- struct{}{}:
		default: // a look is due already
		}
	}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc: func(any) { wake() }, UpdateFunc: func(any, any) { wake() }, DeleteFunc: func(any) { wake() },
	}
	for _, informer := range []cache.SharedIndexInformer{claims.Informer(), volumes.Informer(), classes.Informer()} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
		now := view{volumes: map[string]*core.PersistentVolume{}, classes: map[string]*storage.StorageClass{}}
		now.claims, _ = claims.Lister().List(labels.Everything()) // reads the cache: cannot fail
		all, _ := volumes.Lister().List(labels.Everything())
		for _, volume := range all {
			now.volumes[volume.Name] = volume
		}
		known, _ := classes.Lister().List(labels.Everything())
		for _, class := range known {
			now.classes[class.Name] = class
		}
		if c.look(ctx, now) {
			time.AfterFunc(time.Second, wake)
		}
	}
}

// look does whatever is due; true means that something has to be tried again soon.
func (c *controller) look(ctx context.Context, now view) (again bool) {
	for _, claim := range now.claims {
		var err error
		if volume := now.volumes[claim.Spec.VolumeName]; volume != nil {
			err = c.expand(ctx, claim, volume)
		} else if class := classOf(claim, now.classes); class != nil && c.shouldProvision(claim, class) && now.volumes[volumeName(claim)] == nil {
			err = c.provision(ctx, claim, class)
		}
		if err != nil {
			log.Printf("claim %s/%s: %v", claim.Namespace, claim.Name, err)
			again = true
		}
	}
	for _, volume := range now.volumes {
		if !c.owns(volume) || !deletable(volume) {
			continue
		}
		if gone, err := c.remove(ctx, volume); !gone {
			again = true
			if err != nil {
				log.Printf("volume %s: %v", volume.Name, err)
			}
		}
	}
	return again
}

// owns tells whether a volume is of this driver and lives on this node.
func (c *controller) owns(volume *core.PersistentVolume) bool {
	return volume.Spec.CSI != nil && volume.Spec.CSI.Driver == DriverName &&
		volume.Spec.CSI.VolumeAttributes[nodeAttribute] == c.node
}

func classOf(claim *core.PersistentVolumeClaim, classes map[string]*storage.StorageClass) *storage.StorageClass {
	if claim.Spec.StorageClassName == nil {
		return nil
	}
	return classes[*claim.Spec.StorageClassName]
}
