"""Which PostgreSQL the container runs, and which libraries that one can load."""

from dataclasses import dataclass
from pathlib import Path

PRELOADED = ("pg_stat_statements", "pgextwlist", "set_user", "timescaledb", "pg_cron", "pg_stat_kcache")


class NoBinaries(Exception):
    """The data directory or the configuration asks for a version that this image does not have."""


@dataclass(frozen=True)
class Installed:
    """The versions below `/usr/lib/postgresql`."""

    root: Path = Path("/usr/lib/postgresql")

    def versions(self) -> list[str]:
        """Newest first."""
        found = [path.parent.parent.name for path in self.root.glob("*/bin/postgres")]
        return sorted(found, key=int, reverse=True)

    def bin_dir(self, version: str) -> str:
        return str(self.root / version / "bin")

    def loadable(self, version: str, library: str) -> bool:
        return (self.root / version / "lib" / f"{library.removeprefix('$libdir/')}.so").exists()

    def preloaded(self, version: str) -> str:
        return ",".join(library for library in PRELOADED if self.loadable(version, library))


def data_version(data_dir: str) -> str:
    """The version that wrote the data directory; empty if there is none yet."""
    path = Path(data_dir, "PG_VERSION")
    return path.read_text().strip() if path.exists() else ""


def choose(installed: Installed, data: str, bin_dir: str | None, wanted: str) -> tuple[str, list[str]]:
    """The version to run, and remarks. What lies on the volume decides; then bin_dir; then the wish; then the newest.

    Raises NoBinaries.
    """
    have = installed.versions()
    if data:
        if data not in have:
            raise NoBinaries(f"the data directory was written by PostgreSQL {data}; this image has {', '.join(have)}")
        remarks = [f"the data directory was written by PostgreSQL {data}, so that runs, not {wanted}"] if wanted not in ("", data) else []
        return data, remarks
    if bin_dir:
        version = next((version for version in have if installed.bin_dir(version) == bin_dir.rstrip("/")), None)
        if version is None:
            raise NoBinaries(f"postgresql.bin_dir is {bin_dir}; this image has {', '.join(map(installed.bin_dir, have))}")
        return version, []
    if wanted in have:
        return wanted, []
    return have[0], [f"PGVERSION is {wanted or 'not set'}; this image has {', '.join(have)}, so PostgreSQL {have[0]} runs"]
