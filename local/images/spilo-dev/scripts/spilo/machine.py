"""How much memory the container may use."""

import os
from pathlib import Path

LIMITS = ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory.max")


def memory_mb(limits: tuple[str, ...] = LIMITS) -> int:
    """The container's limit, else the machine's memory, in MiB."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1048576
    for path in map(Path, limits):
        if path.exists():
            text = path.read_text().strip()
            return min(machine, int(text) // 1048576) if text.isdecimal() else machine
    return machine


def shared_buffers(memory: int) -> str:
    """A fifth of the memory, as in Spilo, but at most 1 GiB: a pod without a limit sees the whole machine."""
    return f"{min(max(memory // 5, 16), 1024)}MB"


def max_connections(memory: int) -> int:
    """One per 30 MiB, from 100 to 1000."""
    return min(max(memory // 30, 100), 1000)
