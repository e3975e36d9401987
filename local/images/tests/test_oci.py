import json
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
from hashlib import sha256
from pathlib import Path

from imagebuild.oci import ImageConfig, Layer, tree_layer, write_archive

HERE = Path(__file__).resolve().parents[1]


class ArchiveTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.tree = self.folder / "tree"
        (self.tree / "sub").mkdir(parents=True)
        (self.tree / "run.sh").write_text("#!/bin/sh\n")
        (self.tree / "run.sh").chmod(0o755)
        (self.tree / "sub" / "data").write_text("data")
        (self.tree / "__pycache__").mkdir()
        (self.tree / "__pycache__" / "x.pyc").write_text("x")

    def read(self, archive: Path) -> dict[str, bytes]:
        with tarfile.open(archive) as tar:
            return {entry.name: tar.extractfile(entry).read() for entry in tar}

    def test_every_blob_is_named_by_its_content(self):
        layer = tree_layer({"/scripts": self.tree}, self.folder / "layer.tar")
        write_archive(self.folder / "out.tar", ["localhost/x:1"], [layer], ImageConfig())
        blobs = {name: content for name, content in self.read(self.folder / "out.tar").items() if name.startswith("blobs/")}
        self.assertEqual(len(blobs), 3)
        for name, content in blobs.items():
            self.assertEqual(name, f"blobs/sha256/{sha256(content).hexdigest()}")

    def test_the_index_leads_to_the_configuration(self):
        layer = tree_layer({"/scripts": self.tree}, self.folder / "layer.tar")
        config = ImageConfig(entrypoint=("/run.sh",), env={"A": "b=c"}, user="100:101", ports=(5432,))
        digest = write_archive(self.folder / "out.tar", ["localhost/x:1"], [layer], config)
        files = self.read(self.folder / "out.tar")
        entry = json.loads(files["index.json"])["manifests"][0]
        self.assertEqual(entry["digest"], digest)
        self.assertEqual(entry["annotations"]["io.containerd.image.name"], "localhost/x:1")
        manifest = json.loads(files["blobs/sha256/" + entry["digest"].removeprefix("sha256:")])
        image = json.loads(files["blobs/sha256/" + manifest["config"]["digest"].removeprefix("sha256:")])
        self.assertEqual(image["rootfs"]["diff_ids"], [manifest["layers"][0]["digest"]])
        self.assertEqual(image["config"], {"Entrypoint": ["/run.sh"], "Env": ["A=b=c"], "User": "100:101", "WorkingDir": "/", "ExposedPorts": {"5432/tcp": {}}})

    def test_one_image_can_have_several_names(self):
        layer = tree_layer({"/scripts": self.tree}, self.folder / "layer.tar")
        digest = write_archive(self.folder / "out.tar", ["localhost/x:1", "localhost/x:2"], [layer], ImageConfig())
        entries = json.loads(self.read(self.folder / "out.tar")["index.json"])["manifests"]
        self.assertEqual([entry["annotations"]["io.containerd.image.name"] for entry in entries], ["localhost/x:1", "localhost/x:2"])
        self.assertEqual({entry["digest"] for entry in entries}, {digest})

    def test_a_layer_depends_on_contents_only(self):
        first = tree_layer({"/scripts": self.tree}, self.folder / "1.tar")
        (self.tree / "sub" / "data").touch()
        self.assertEqual(tree_layer({"/scripts": self.tree}, self.folder / "2.tar").digest, first.digest)
        (self.tree / "sub" / "data").write_text("other")
        self.assertNotEqual(tree_layer({"/scripts": self.tree}, self.folder / "3.tar").digest, first.digest)

    def test_a_layer_belongs_to_root_and_leaves_out_pythons_leftovers(self):
        with tarfile.open(tree_layer({"/scripts": self.tree}, self.folder / "1.tar").path) as tar:
            entries = {entry.name: entry for entry in tar}
        self.assertEqual(sorted(entries), ["scripts", "scripts/run.sh", "scripts/sub", "scripts/sub/data"])
        self.assertEqual({(entry.uid, entry.gid) for entry in entries.values()}, {(0, 0)})
        self.assertEqual(entries["scripts/run.sh"].mode, 0o755)
        self.assertEqual(entries["scripts/sub/data"].mode, 0o644)

    def test_a_remembered_digest_is_not_trusted_after_a_change(self):
        path = self.folder / "layer.tar"
        path.write_bytes(b"one")
        Layer.of(path).remember()
        path.with_name("layer.tar.sha256").touch()
        self.assertEqual(Layer.of(path).digest, sha256(b"one").hexdigest())
        path.write_bytes(b"two")
        later = path.with_name("layer.tar.sha256").stat().st_mtime_ns + 10**9
        os.utime(path, ns=(later, later))
        self.assertEqual(Layer.of(path).digest, sha256(b"two").hexdigest())

    def test_a_failed_write_leaves_the_old_archive(self):
        target = self.folder / "out.tar"
        target.write_text("old")
        missing = Layer(self.folder / "missing.tar", "0" * 64)
        with self.assertRaises(FileNotFoundError):
            write_archive(target, ["localhost/x:1"], [missing], ImageConfig())
        self.assertEqual(target.read_text(), "old")
        self.assertEqual(list(self.folder.glob(".*")), [])

    def test_the_command_packs_folders_and_tar_files(self):
        base = tree_layer({"/base": self.tree}, self.folder / "base.tar")
        out = self.folder / "out.tar"
        command = [HERE / "oci-archive", out, "localhost/app:2", "--layer", base.path, "--layer", f"/app={self.tree}",
                   "--entrypoint", "java", "--entrypoint=-jar", "--env", "A=1", "--user", "1001", "--port", "8080"]
        printed = subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True, text=True).stdout
        self.assertTrue(printed.startswith("localhost/app:2 sha256:"))
        manifest = json.loads(self.read(out)["index.json"])["manifests"][0]["digest"].removeprefix("sha256:")
        self.assertEqual(len(json.loads(self.read(out)[f"blobs/sha256/{manifest}"])["layers"]), 2)

    def test_the_command_names_a_layer_that_is_not_there(self):
        result = subprocess.run([sys.executable, str(HERE / "oci-archive"), "out.tar", "x:1", "--layer", "nowhere.tar"], capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(result.returncode, 1)
        self.assertIn("nowhere.tar", result.stderr)


if __name__ == "__main__":
    unittest.main()
