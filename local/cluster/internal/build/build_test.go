package build

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnImageArchiveIsCompleteAndItsHashesAreRight(t *testing.T) {
	files := map[string][]byte{}
	reader := tar.NewReader(bytes.NewReader(pack(Image{Program: "pause", Name: "localhost/x/pause:1"}, []byte("program"))))
	for {
		header, err := reader.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if files[header.Name], err = io.ReadAll(reader); err != nil {
			t.Fatal(err)
		}
	}
	blob := func(digest string) []byte {
		content, there := files["blobs/"+strings.Replace(digest, ":", "/", 1)]
		if !there || fmt.Sprintf("sha256:%x", sha256.Sum256(content)) != digest {
			t.Fatalf("blob %s is missing or is not what its name says", digest)
		}
		return content
	}
	var index struct {
		Manifests []struct {
			Digest      string
			Annotations map[string]string
		}
	}
	decode(t, files["index.json"], &index)
	if name := index.Manifests[0].Annotations["io.containerd.image.name"]; name != "localhost/x/pause:1" {
		t.Errorf("the image is called %q", name)
	}
	var manifest struct {
		Config struct{ Digest string }
		Layers []struct{ Digest string }
	}
	decode(t, blob(index.Manifests[0].Digest), &manifest)
	var config struct {
		Config struct{ Entrypoint []string }
		Rootfs struct {
			DiffIDs []string `json:"diff_ids"`
		}
	}
	decode(t, blob(manifest.Config.Digest), &config)
	if config.Config.Entrypoint[0] != "/pause" || config.Rootfs.DiffIDs[0] != manifest.Layers[0].Digest {
		t.Errorf("the configuration does not fit the layer: %+v", config)
	}
	layer := tar.NewReader(bytes.NewReader(blob(manifest.Layers[0].Digest)))
	header, err := layer.Next()
	if err != nil || header.Name != "pause" || header.Mode != 0o755 {
		t.Errorf("the layer holds %+v, %v", header, err)
	}
}

func decode(t *testing.T, content []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatalf("%v: %s", err, content)
	}
}

func TestTheHashFollowsTheSourcesButNotTheTests(t *testing.T) {
	folder := t.TempDir()
	hash := func() string {
		sum, err := sourceHash(folder)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	put := func(name, content string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := sourceHash(folder); err == nil {
		t.Error("an empty folder has a hash")
	}
	put("main.go", "one")
	first := hash()
	put("main_test.go", "a test")
	if hash() != first {
		t.Error("a test changed the hash")
	}
	put("main.go", "two")
	if hash() == first {
		t.Error("a change of the source left the hash as it was")
	}
}
