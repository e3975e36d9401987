"""Progress lines with the seconds since the start: `[  3.2s] spilo-dev: writing the archive`."""

import sys
import time


class Progress:
    def __init__(self) -> None:
        self._start = time.monotonic()

    def say(self, text: str) -> None:
        print(f"[{time.monotonic() - self._start:6.1f}s] {text}", file=sys.stderr, flush=True)
