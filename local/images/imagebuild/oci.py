"""Writes an OCI image archive: the tar file that `ctr images import` and every registry tool understand.

Only the Python standard library; no engine, no registry, no network. Layers are stored uncompressed, because the
archives never leave the machine and unpacking is what an import spends its time on. The same input gives the same
bytes, so that an unchanged image keeps its digest.
"""

import gzip
import hashlib
import io
import json
import os
import platform
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

CREATED = "2025-01-01T00:00:00Z"
MEDIA = "application/vnd.oci.image"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True)
class ImageConfig:
    """What a container of the image runs when its pod does not say otherwise."""

    entrypoint: tuple[str, ...] = ()
    cmd: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    user: str = ""
    workdir: str = "/"
    ports: tuple[int, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    stop_signal: str = ""

    def as_oci(self) -> dict:
        pairs = {
            "Entrypoint": list(self.entrypoint),
            "Cmd": list(self.cmd),
            "Env": [f"{name}={value}" for name, value in self.env.items()],
            "User": self.user,
            "WorkingDir": self.workdir,
            "ExposedPorts": {f"{port}/tcp": {} for port in self.ports},
            "Labels": self.labels,
            "StopSignal": self.stop_signal,
        }
        return {key: value for key, value in pairs.items() if value}


@dataclass(frozen=True)
class Layer:
    """One uncompressed tar file and its sha256."""

    path: Path
    digest: str

    @staticmethod
    def of(path: Path) -> "Layer":
        """Reads the file once; the digest is kept beside it, as a root file system takes seconds to hash."""
        note = path.with_name(path.name + ".sha256")
        if note.exists() and note.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            return Layer(path, note.read_text().strip())
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
        return Layer(path, digest.hexdigest())

    def remember(self) -> "Layer":
        self.path.with_name(self.path.name + ".sha256").write_text(self.digest + "\n")
        return self


def tree_layer(trees: dict[str, Path], target: Path, owners: dict[str, tuple[int, int]] | None = None) -> Layer:
    """Packs folders into one layer: `trees` maps a path in the image to a folder here.

    Names are sorted, times are constant and everything belongs to root (or to the `owners` entry of its top path),
    so the layer depends on the contents alone. Python's own leftovers and tests stay out.
    """
    owners = owners or {}
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as tar:
        for inside, folder in sorted(trees.items()):
            uid, gid = owners.get(inside, (0, 0))
            for path in [folder, *sorted(folder.rglob("*"))]:
                relative = path.relative_to(folder)
                if not _skipped(relative):
                    _add(tar, path, str(Path(inside.lstrip("/")) / relative), uid, gid)
    return Layer.of(target)


def _skipped(relative: Path) -> bool:
    return "__pycache__" in relative.parts or relative.suffix == ".pyc"


def _add(tar: tarfile.TarFile, path: Path, name: str, uid: int, gid: int) -> None:
    entry = tar.gettarinfo(path, name)
    entry.uid, entry.gid, entry.uname, entry.gname, entry.mtime = uid, gid, "", "", 0
    entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    if entry.isreg():
        with path.open("rb") as stream:
            tar.addfile(entry, stream)
    else:
        tar.addfile(entry)


def write_archive(target: Path, names: list[str], layers: list[Layer], config: ImageConfig) -> str:
    """Writes the archive beside `target`, renames it at the end, and returns the digest of the manifest.

    The image gets all of the names; it is in the archive once.
    """
    machine = platform.machine()
    system = {"architecture": ARCHITECTURES.get(machine, machine), "os": "linux"}
    image = _json({
        **system,
        "created": CREATED,
        "config": config.as_oci(),
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{layer.digest}" for layer in layers]},
        "history": [{"created": CREATED, "created_by": "oci-archive"} for _ in layers],
    })
    manifest = _json({
        "schemaVersion": 2,
        "mediaType": f"{MEDIA}.manifest.v1+json",
        "config": _descriptor("config.v1+json", image),
        "layers": [
            {"mediaType": f"{MEDIA}.layer.v1.tar", "digest": f"sha256:{layer.digest}", "size": layer.path.stat().st_size}
            for layer in layers
        ],
    })
    index = _json({
        "schemaVersion": 2,
        "manifests": [{
            **_descriptor("manifest.v1+json", manifest),
            "platform": system,
            "annotations": {
                "io.containerd.image.name": name,
                "org.opencontainers.image.ref.name": name.rsplit(":", 1)[-1],
            },
        } for name in names],
    })
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with tarfile.open(unfinished, "w", format=tarfile.GNU_FORMAT) as tar:
            _entry(tar, "oci-layout", _json({"imageLayoutVersion": "1.0.0"}))
            _entry(tar, "index.json", index)
            _entry(tar, _blob(_sha256(image)), image)
            _entry(tar, _blob(_sha256(manifest)), manifest)
            for layer in {layer.digest: layer for layer in layers}.values():
                _file(tar, _blob(layer.digest), layer.path)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return f"sha256:{_sha256(manifest)}"


def gunzipped(path: Path, target: Path) -> Path:
    """A compressed layer, unpacked: this writer stores plain tar files."""
    with gzip.open(path, "rb") as source, target.open("wb") as sink:
        while chunk := source.read(1 << 20):
            sink.write(chunk)
    return target


def _descriptor(kind: str, content: bytes) -> dict:
    return {"mediaType": f"{MEDIA}.{kind}", "digest": f"sha256:{_sha256(content)}", "size": len(content)}


def _json(value: dict) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _blob(digest: str) -> str:
    return f"blobs/sha256/{digest}"


def _entry(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o644
    tar.addfile(entry, io.BytesIO(content))


def _file(tar: tarfile.TarFile, name: str, path: Path) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = path.stat().st_size, 0o644
    with path.open("rb") as stream:
        tar.addfile(entry, stream)
