"""Builds a Debian root file system as one tar file, with mmdebstrap.

It runs in mount and process namespaces of its own, and dies with its parent: whatever kills the build, its processes
end and its mounts disappear with them, so there is nothing to clean up but a folder.
"""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from imagebuild.recipe import Rootfs

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
TOOLS = {"mmdebstrap": "mmdebstrap", "unshare": "util-linux", "setpriv": "util-linux"}


def missing_tools() -> list[str]:
    """Debian packages of the commands that a build needs and this machine lacks."""
    lacking = [package for command, package in TOOLS.items() if shutil.which(command) is None]
    return lacking + ([] if Path(KEYRING).exists() else ["debian-archive-keyring"])


def build(rootfs: Rootfs, mirror: str, downloads: Path, work: Path, target: Path, log: Path) -> None:
    """Writes `target`. `downloads` keeps the packages for the next build, `work` is scratch space.

    Raises subprocess.CalledProcessError; what mmdebstrap said is in `log`.
    """
    unfinished = work / "rootfs.tar"
    command = [
        "setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child",
        "nice", *mmdebstrap_command(rootfs, mirror, downloads, unfinished),
    ]
    environment = {**os.environ, "TMPDIR": str(work), "SOURCE_DATE_EPOCH": "1735689600", "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("wb") as output:
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=True)
    unfinished.replace(target)


def mmdebstrap_command(rootfs: Rootfs, mirror: str, downloads: Path, target: Path) -> list[str]:
    sources = [f"deb [signed-by={KEYRING}] {mirror} {suite} main" for suite in rootfs.suites]
    options = [
        "--mode=root", "--variant=minbase", "--format=tar", f"--include={','.join(rootfs.packages)}",
        "--skip=essential/unlink,output/dev",
        '--aptopt=Acquire::Languages "none"', '--aptopt=Acquire::Retries "3"', '--aptopt=APT::Install-Recommends "false"',
        "--dpkgopt=force-unsafe-io",
    ]
    options += [f"--dpkgopt=path-exclude={pattern}" for pattern in rootfs.exclude]
    options += [f"--setup-hook={hook}" for hook in _setup_hooks(rootfs, downloads)]
    options += [f"--essential-hook={hook}" for hook in _user_hooks(rootfs)]
    options += [f"--customize-hook={hook}" for hook in _customize_hooks(rootfs, downloads)]
    return ["mmdebstrap", *options, rootfs.suites[0], str(target), *sources]


def _setup_hooks(rootfs: Rootfs, downloads: Path) -> list[str]:
    pins = "".join(f"Package: *\\nPin: release n={suite}\\nPin-Priority: 100\\n\\n" for suite in rootfs.suites[1:])
    return [
        f'mkdir -p "$1/var/cache/apt/archives" && cp -al {shlex.quote(str(downloads))}/. "$1/var/cache/apt/archives/"',
        f'mkdir -p "$1/etc/apt/preferences.d" && printf "{pins}" > "$1/etc/apt/preferences.d/suites"',
        'mkdir -p "$1/etc/postgresql-common" && echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"',
    ]


def _user_hooks(rootfs: Rootfs) -> list[str]:
    """Before any package could take the ids or create the user with others."""
    hooks = []
    for user in rootfs.users:
        hooks += [
            f'echo "{user.name}:x:{user.gid}:" >> "$1/etc/group"',
            f'echo "{user.name}:x:{user.uid}:{user.gid}::{user.home}:/bin/bash" >> "$1/etc/passwd"',
            f'install -d -m 755 -o {user.uid} -g {user.gid} "$1{user.home}"',
        ]
    return hooks


def _customize_hooks(rootfs: Rootfs, downloads: Path) -> list[str]:
    hooks = [
        f'find "$1/var/cache/apt/archives" -maxdepth 1 -name "*.deb" -exec cp -lf -t {shlex.quote(str(downloads))} {{}} + '
        f'&& rm -rf "$1/var/cache/apt/archives"',
    ]
    hooks += [f'chroot "$1" localedef -i {name.split(".")[0]} -f UTF-8 {name}' for name in rootfs.locales]
    hooks += [f'rm -rf {" ".join(f"$1{path}" for path in rootfs.remove)}'] if rootfs.remove else []
    hooks += [f'chmod a+rwX "$1{path}"' for path in rootfs.writable]
    # Package lists, logs and the mirror's name are of no use in a container.
    hooks.append('rm -rf "$1"/var/lib/apt/lists "$1"/etc/apt/sources.list* "$1"/var/log/* "$1"/var/cache/* "$1"/var/lib/dpkg/*-old')
    return hooks
