"""The order of an upgrade. Up to `pg_upgrade` every failure leads back to the old version; afterwards only forward."""

import os
import shlex
import shutil
import signal
import subprocess
from dataclasses import dataclass

import yaml

from spilo.prepare import CONFIG, RUN, config_for
from spilo.upgrade.patroni import Member, Patroni, await_that, members, obstacles
from spilo.upgrade.server import Failed, Server, run


class Refused(Exception):
    """The upgrade did not begin; nothing has been changed."""


def say(text: str) -> None:
    """To standard output only: an operator takes anything on standard error for a failure."""
    print(f"inplace_upgrade: {text}", flush=True)


@dataclass(frozen=True)
class Upgrade:
    config: dict
    server: Server
    patroni: Patroni
    old: str
    new: str

    @property
    def me(self) -> str:
        return self.config["name"]

    def run(self, expected_members: int) -> None:
        problems = obstacles(self.patroni.cluster(), self.me, expected_members)
        if problems:
            raise Refused("; ".join(problems))
        replicas = [member for member in members(self.patroni.cluster()) if member.name != self.me]
        preloaded = self._preloaded()
        say(f"checking whether PostgreSQL {self.old} can become {self.new}")
        try:
            self.server.initialise(self.new)
            self.server.pg_upgrade(self.old, self.new, preloaded, check=True)
            self._upgrade_data(preloaded)
        except Exception:
            self.server.undo()
            self.patroni.pause(False)
            raise
        self._start_anew(replicas)
        self._finish()

    def _preloaded(self) -> str:
        """What the new version's configuration preloads."""
        return yaml.safe_load(config_for(self.new).read_text())["postgresql"]["parameters"]["shared_preload_libraries"]

    def _upgrade_data(self, preloaded: str) -> None:
        say("pausing Patroni and stopping the primary")
        self.patroni.pause(True)
        self.server.query("CHECKPOINT")
        self.server.stop(self.old)
        say("running pg_upgrade")
        self.server.pg_upgrade(self.old, self.new, preloaded, check=False)
        self.server.swap()

    def _start_anew(self, replicas: list[Member]) -> None:
        for replica in replicas:
            say(f"asking {replica.name} to start over")
            self._restart_replica(replica)
        say(f"starting the primary with PostgreSQL {self.new}")
        forget_initialisation()
        use_version(self.new)
        await_that("Patroni answers", 120, self.patroni.answers)
        self.patroni.start_postgres()
        await_that("the primary accepts writes", 300, lambda: self.server.query("SELECT pg_is_in_recovery()") == ["f"])
        self.patroni.pause(False)

    def _restart_replica(self, replica: Member) -> None:
        """Through SQL, as that is the only way into the replica's container; its server is still the old one."""
        login = self.config["postgresql"]["authentication"]["superuser"]
        connection = f"host={replica.host} port={replica.port} dbname=postgres user={login['username']} sslmode=prefer connect_timeout=10"
        program = f"setsid python3 /scripts/inplace_upgrade.py --replica {self.new} >/tmp/inplace_upgrade.log 2>&1 </dev/null &"
        statement = f"COPY (SELECT 1) TO PROGRAM '{program}'"
        finished = subprocess.run(["psql", "-XqAt", "-d", connection, "-c", statement], env={**os.environ, "PGPASSWORD": login["password"]}, capture_output=True, text=True)
        if finished.returncode != 0:
            say(f"{replica.name} could not be reached and must be reinitialised by hand: {finished.stderr.strip()}")

    def _finish(self) -> None:
        say("updating extensions and statistics")
        for failure in self.server.update_extensions():
            say(f"not updated: {failure}")
        run([*shlex.split(self.config["bootstrap"]["post_init"]), f"dbname=postgres user={self.server.superuser}"])
        self.server.analyze(self.new)
        shutil.rmtree(self.server.former, ignore_errors=True)


def restart_replica(server: Server, version: str) -> None:
    """On a replica: throw the old copy away and let Patroni make a new one with the new version."""
    try:
        server.stop(server.data.joinpath("PG_VERSION").read_text().strip())
    except Failed as failure:
        say(str(failure))
    for entry in server.data.iterdir():
        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    use_version(version)


def use_version(version: str) -> None:
    """Patroni is restarted with the configuration for that version."""
    temporary = CONFIG.with_suffix(".new")
    shutil.copy2(config_for(version), temporary)
    temporary.replace(CONFIG)
    os.kill(int((RUN / "supervisor.pid").read_text()), signal.SIGUSR1)


def forget_initialisation() -> None:
    """Patroni refuses a server whose system identifier is not the one it knows; pg_upgrade made a new one."""
    from patroni.config import Config
    from patroni.dcs import get_dcs

    if not get_dcs(Config(str(CONFIG))).cancel_initialization():
        raise Failed("the initialize key could not be removed from Patroni's store")
