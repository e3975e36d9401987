"""PostgreSQL's own programs, as the upgrade uses them. Nothing here knows Patroni."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from spilo.versions import Installed


class Failed(Exception):
    """A program ended with an error; the message holds the end of what it printed."""


def run(command: list[str], seconds: float = 3600, **options) -> str:
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=seconds, **options)
    if finished.returncode != 0:
        tail = "\n".join(finished.stdout.splitlines()[-30:])
        raise Failed(f"{Path(command[0]).name} ended with {finished.returncode}:\n{tail}")
    return finished.stdout


@dataclass(frozen=True)
class Server:
    """The local server: its data directory, its superuser, and the binaries of all versions."""

    data: Path
    superuser: str
    installed: Installed

    @property
    def fresh(self) -> Path:
        return self.data.with_name(f"{self.data.name}_new")

    @property
    def former(self) -> Path:
        return self.data.with_name(f"{self.data.name}_old")

    def query(self, sql: str, database: str = "postgres") -> list[str]:
        connection = f"dbname={_value(database)} user={_value(self.superuser)}"
        return run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", connection, "-c", sql]).splitlines()

    def databases(self) -> list[str]:
        return self.query("SELECT datname FROM pg_database WHERE datallowconn")

    def initialise(self, version: str) -> None:
        """A new, empty data directory beside the old one, with the same locale, encoding and checksums."""
        shutil.rmtree(self.fresh, ignore_errors=True)
        encoding, collation, character_type = self.query(
            "SELECT unnest(ARRAY[pg_encoding_to_char(encoding), datcollate, datctype]) FROM pg_database WHERE datname = 'template0'"
        )
        options = [f"--encoding={encoding}", f"--lc-collate={collation}", f"--lc-ctype={character_type}", f"--username={self.superuser}"]
        options += ["--data-checksums"] if self.query("SHOW data_checksums") == ["on"] else []
        run([self._program(version, "initdb"), "-D", str(self.fresh), *options, "--auth-local=trust", "--auth-host=scram-sha-256"])

    def pg_upgrade(self, old: str, new: str, preloaded: str, check: bool) -> None:
        """With hard links: there is no way back once it has succeeded. `check` changes nothing and runs beside the old server."""
        work = self.data.with_name("pg_upgrade")
        work.mkdir(exist_ok=True)
        command = [
            self._program(new, "pg_upgrade"), "--link", f"--username={self.superuser}", f"--jobs={os.cpu_count()}",
            f"--old-bindir={self.installed.bin_dir(old)}", f"--new-bindir={self.installed.bin_dir(new)}",
            f"--old-datadir={self.data}", f"--new-datadir={self.fresh}",
            "--old-options=-c archive_mode=off",
            f"--new-options=-c shared_preload_libraries={preloaded} -c archive_mode=off",
            *(["--check"] if check else ["--socketdir=/tmp"]),
        ]
        try:
            run(command, cwd=work)
        finally:
            shutil.rmtree(work)

    def stop(self, version: str) -> None:
        run([self._program(version, "pg_ctl"), "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", "600"])

    def swap(self) -> None:
        shutil.rmtree(self.former, ignore_errors=True)
        self.data.rename(self.former)
        self.fresh.rename(self.data)

    def undo(self) -> None:
        """The old data directory is usable again, as long as the new server has not been started."""
        if self.former.exists() and not self.fresh.exists():
            self.data.rename(self.fresh)
            self.former.rename(self.data)
        disabled = self.data / "global" / "pg_control.old"
        if disabled.exists():
            disabled.rename(disabled.with_name("pg_control"))
        shutil.rmtree(self.fresh, ignore_errors=True)

    def update_extensions(self) -> list[str]:
        """Brings extensions to the versions of the new binaries; returns what could not be updated."""
        failures = []
        # They hold nothing that lasts and block each other's update; post_init creates them again.
        statistics = "DROP EXTENSION IF EXISTS pg_stat_kcache; DROP EXTENSION IF EXISTS pg_stat_statements"
        outdated = "SELECT format('ALTER EXTENSION %I UPDATE', name) FROM pg_available_extensions WHERE installed_version <> default_version"
        for database in self.databases():
            for statement in [statistics, *self.query(outdated + " AND name NOT LIKE 'pg_stat_%'", database)]:
                try:
                    self.query(statement, database)
                except Failed as failure:
                    failures.append(f"{database}: {statement}: {failure}")
        return failures

    def analyze(self, version: str) -> None:
        run([self._program(version, "vacuumdb"), "--all", "--analyze-in-stages", f"--username={self.superuser}"])

    def _program(self, version: str, name: str) -> str:
        return f"{self.installed.bin_dir(version)}/{name}"


def _value(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
