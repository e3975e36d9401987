package build

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// Image is a container image that holds nothing but one static program.
type Image struct {
	Program string
	Name    string
	Archive string // an OCI archive, set once it is built
}

// The images that each node needs. Their names hold no version: a node is told to import the archive that
// belongs to the sources at hand.
var (
	PauseImage   = Image{Program: Pause, Name: "localhost/patroni-operator/pause:1"}
	CoreDNSImage = Image{Program: CoreDNS, Name: "localhost/patroni-operator/coredns:1"}
)

// Image builds the program of an image and packs it.
func (b Builder) Image(ctx context.Context, image Image) (Image, error) {
	program, err := b.Program(ctx, image.Program)
	if err != nil {
		return image, err
	}
	image.Archive = filepath.Join(b.Layout.Cache, "node-images", filepath.Base(program)+".tar")
	if exists(image.Archive) {
		return image, nil
	}
	content, err := os.ReadFile(program)
	if err != nil {
		return image, err
	}
	if err := os.MkdirAll(filepath.Dir(image.Archive), 0o755); err != nil {
		return image, err
	}
	unfinished := image.Archive + ".new"
	if err := os.WriteFile(unfinished, pack(image, content), 0o644); err != nil {
		return image, err
	}
	return image, os.Rename(unfinished, image.Archive)
}

const (
	indexType    = "application/vnd.oci.image.index.v1+json"
	manifestType = "application/vnd.oci.image.manifest.v1+json"
	configType   = "application/vnd.oci.image.config.v1+json"
	layerType    = "application/vnd.oci.image.layer.v1.tar"
)

// pack makes an OCI archive: a tar file of blobs named by their hash, and an index that leads to them.
func pack(image Image, program []byte) []byte {
	type object = map[string]any
	layer := tarball(entry{image.Program, 0o755, program})
	config := mustJSON(object{
		"architecture": runtime.GOARCH, "os": "linux",
		"config": object{"Entrypoint": []string{"/" + image.Program}, "WorkingDir": "/"},
		"rootfs": object{"type": "layers", "diff_ids": []string{digest(layer)}},
	})
	manifest := mustJSON(object{
		"schemaVersion": 2, "mediaType": manifestType,
		"config": descriptor(configType, config), "layers": []any{descriptor(layerType, layer)},
	})
	root := descriptor(manifestType, manifest)
	root["platform"] = object{"architecture": runtime.GOARCH, "os": "linux"}
	root["annotations"] = object{"io.containerd.image.name": image.Name}
	index := mustJSON(object{"schemaVersion": 2, "mediaType": indexType, "manifests": []any{root}})

	files := []entry{{"oci-layout", 0o644, []byte(`{"imageLayoutVersion":"1.0.0"}`)}, {"index.json", 0o644, index}}
	for _, blob := range [][]byte{config, manifest, layer} {
		files = append(files, entry{"blobs/sha256/" + digest(blob)[len("sha256:"):], 0o644, blob})
	}
	return tarball(files...)
}

type entry struct {
	name    string
	mode    int64
	content []byte
}

func tarball(entries ...entry) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, e := range entries {
		// writing to memory cannot fail, and the sizes are right by construction
		_ = w.WriteHeader(&tar.Header{Name: e.name, Mode: e.mode, Size: int64(len(e.content)), ModTime: time.Unix(0, 0), Format: tar.FormatGNU})
		_, _ = io.Copy(w, bytes.NewReader(e.content))
	}
	_ = w.Close()
	return out.Bytes()
}

func descriptor(mediaType string, blob []byte) map[string]any {
	return map[string]any{"mediaType": mediaType, "digest": digest(blob), "size": len(blob)}
}

func digest(blob []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(blob)) }

func mustJSON(value any) []byte {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(err) // only maps and strings of this file get here
	}
	return encoded
}
