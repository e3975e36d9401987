"""An image's recipe: the image.toml of its folder, checked, with the hashes that decide what must be built again."""

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from imagebuild.oci import ImageConfig


@dataclass(frozen=True)
class User:
    """A user (and group of the same name) that must exist with fixed ids before any package is installed."""

    name: str
    uid: int
    gid: int
    home: str


@dataclass(frozen=True)
class Rootfs:
    """The lower layer: a Debian root file system. See image.toml for the meaning of the lists."""

    suites: tuple[str, ...]
    packages: tuple[str, ...]
    exclude: tuple[str, ...]
    remove: tuple[str, ...]
    writable: tuple[str, ...]
    users: tuple[User, ...]
    locales: tuple[str, ...]

    def key(self) -> str:
        """Changes when the root file system has to be built again."""
        return _hash(json.dumps(asdict(self), sort_keys=True), _source("rootfs.py"))


@dataclass(frozen=True)
class Recipe:
    """One image: name, lower layer, the folders of the upper layer, and the container configuration."""

    folder: Path
    name: str
    tag: str
    other_tags: tuple[str, ...]
    rootfs: Rootfs
    files: dict[str, Path]
    config: ImageConfig

    @property
    def reference(self) -> str:
        return f"{self.name}:{self.tag}"

    @property
    def references(self) -> list[str]:
        """The reference, and the others that the same image has."""
        return [f"{self.name}:{tag}" for tag in (self.tag, *self.other_tags)]

    @property
    def file_name(self) -> str:
        """The archive's file name without its end: `spilo-dev`, or `spilo-dev-17-postgis` for a variant."""
        short = self.name.rsplit("/", 1)[-1]
        return short if "-" not in self.tag else f"{short}-{self.tag}"

    def key(self) -> str:
        """Changes when the archive has to be written again."""
        contents = []
        for inside, folder in sorted(self.files.items()):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    executable = path.stat().st_mode & 0o100
                    contents.append(f"{inside}/{path.relative_to(folder)} {executable} {_file_hash(path)}")
        return _hash(*self.references, self.rootfs.key(), json.dumps(asdict(self.config)), *contents, _source("oci.py"))


def read(folder: Path, variant: str = "") -> Recipe:
    """Reads `folder/image.toml`, with the changes of the named variant.

    Raises ValueError if there is no such variant.
    """
    table = tomllib.loads((folder / "image.toml").read_text())
    variants = table.get("variants", {})
    if variant and variant not in variants:
        raise ValueError(f"{folder.name} has no variant {variant!r}; it has: {', '.join(variants) or 'none'}")
    change = variants.get(variant, {})
    rootfs, config = table["rootfs"], table["config"]
    return Recipe(
        folder=folder,
        name=table["name"],
        tag=change.get("tag", table["tag"]),
        other_tags=() if variant else tuple(table.get("other_tags", [])),
        rootfs=Rootfs(
            suites=tuple(rootfs["suites"]),
            packages=tuple(rootfs["packages"] + change.get("packages", [])),
            exclude=tuple(rootfs["exclude"]),
            remove=tuple(rootfs["remove"]),
            writable=tuple(rootfs["writable"]),
            users=tuple(User(**user) for user in rootfs["users"]),
            locales=tuple(rootfs["locales"]),
        ),
        files={inside: folder / source for inside, source in table["files"].items()},
        config=ImageConfig(
            entrypoint=tuple(config["entrypoint"]),
            env=config["env"],
            user=config.get("user", ""),
            workdir=config["workdir"],
            ports=tuple(config["ports"]),
            stop_signal=config.get("stop_signal", ""),
        ),
    )


def _source(module: str) -> str:
    return _file_hash(Path(__file__).with_name(module))


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
