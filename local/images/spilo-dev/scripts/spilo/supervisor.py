"""Runs Patroni and brings it back, so that the container (and PostgreSQL in it) survives a Patroni that dies."""

import logging
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

log = logging.getLogger("supervisor")

# Whatever else the pod was given (passwords, keys of an archive) is none of PostgreSQL's business.
KEPT = ("POD_IP", "POD_NAMESPACE", "HOSTNAME", "PATH", "PGHOME", "LC_ALL", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
KEPT_PREFIXES = ("KUBERNETES_SERVICE_", "KUBERNETES_PORT", "KUBERNETES_ROLE")


def patroni_environment(given: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in given.items() if name in KEPT or name.startswith(KEPT_PREFIXES)}
    return {**kept, "HOME": given.get("PGHOME", "/home/postgres")}


@dataclass
class Supervisor:
    """SIGTERM and SIGINT stop Patroni and end; SIGHUP is passed on; SIGUSR1 starts Patroni anew.

    A Patroni that ends by itself is started again after a pause that grows. After `attempts` ends in a row, each
    within `steady_seconds`, the supervisor gives up, so that Kubernetes shows a container that fails.
    """

    command: list[str]
    environment: dict[str, str]
    pid_file: Path
    attempts: int = 5
    first_pause: float = 1.0
    steady_seconds: float = 60.0
    _child: subprocess.Popen | None = None
    _stopping: threading.Event = field(default_factory=threading.Event)
    _asked_to_restart: bool = False

    def run(self) -> int:
        self.pid_file.write_text(str(os.getpid()))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGHUP, lambda *_: self._tell(signal.SIGHUP))
        signal.signal(signal.SIGUSR1, self._restart)
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            code = self._run_once()
            if self._stopping.is_set():
                return 0
            if self._asked_to_restart:
                self._asked_to_restart, failures = False, 0
                continue
            failures = 1 if time.monotonic() - started > self.steady_seconds else failures + 1
            if failures >= self.attempts:
                log.error("Patroni ended with %d, %d times in a row; giving up", code, failures)
                return 1
            pause = self.first_pause * 2 ** (failures - 1)
            log.warning("Patroni ended with %d; starting it again in %.0f s", code, pause)
            self._stopping.wait(pause)
        return 0

    def _run_once(self) -> int:
        self._child = subprocess.Popen(self.command, env=self.environment)
        if self._stopping.is_set():  # the signal came while there was no child to pass it to
            self._tell(signal.SIGTERM)
        return self._child.wait()

    def _stop(self, *_) -> None:
        self._stopping.set()
        self._tell(signal.SIGTERM)

    def _restart(self, *_) -> None:
        self._asked_to_restart = True
        self._tell(signal.SIGTERM)

    def _tell(self, number: int) -> None:
        if self._child is not None and self._child.returncode is None:
            self._child.send_signal(number)
