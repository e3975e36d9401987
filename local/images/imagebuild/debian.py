"""Finds the Debian mirror that this machine is set up to use, so that none is written down here."""

import os
import re
from pathlib import Path

OVERRIDE = "PATRONI_OPERATOR_DEBIAN_MIRROR"


class NoMirror(Exception):
    """The machine's package configuration names no Debian mirror."""


def mirror(etc_apt: Path = Path("/etc/apt"), environment: dict[str, str] | None = None) -> str:
    """The address of the main Debian archive: from the environment, else from the machine's apt sources."""
    override = (os.environ if environment is None else environment).get(OVERRIDE)
    if override:
        return override.rstrip("/")
    for address in _configured(etc_apt):
        if re.search(r"/debian/?$", address):
            return address.rstrip("/")
    raise NoMirror(f"no Debian archive (an address ending in /debian) among the apt sources in {etc_apt}; set {OVERRIDE}")


def _configured(etc_apt: Path) -> list[str]:
    addresses = []
    for path in sorted(etc_apt.glob("sources.list.d/*.sources")):
        for line in path.read_text().splitlines():
            if line.startswith("URIs:"):
                addresses += line.removeprefix("URIs:").split()
    for path in [etc_apt / "sources.list", *sorted(etc_apt.glob("sources.list.d/*.list"))]:
        if path.exists():
            addresses += re.findall(r"^deb\s+(?:\[[^]]*]\s+)?(\S+)", path.read_text(), re.MULTILINE)
    return addresses
