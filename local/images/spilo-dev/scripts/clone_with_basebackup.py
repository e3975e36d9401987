#!/usr/bin/python3
"""Patroni's bootstrap method `clone_with_basebackup`: this cluster begins as a copy of a running one."""

import argparse
import logging
import os
import subprocess
import sys
from pathlib import Path

import yaml

log = logging.getLogger("clone")


def main() -> int:
    logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s: %(message)s", level=logging.INFO)
    options = arguments().parse_known_args()[0]
    connection = f"host={options.host} port={options.port} user={quoted(options.user)} dbname=postgres"
    log.info("copying %s:%s as %s", options.host, options.port, options.user)
    command = ["pg_basebackup", f"--pgdata={options.datadir}", "--wal-method=stream", "--checkpoint=fast", "--no-password", f"--dbname={connection}"]
    code = subprocess.call(command, env={**os.environ, "PGPASSFILE": str(options.pgpass)})
    if code != 0:
        log.error("pg_basebackup ended with %d", code)
        return 1
    return same_version(options.datadir)


def same_version(data_dir: Path) -> int:
    """A copy from another major version cannot be started by this cluster's binaries."""
    bin_dir = Path(yaml.safe_load(Path("/run/postgres.yml").read_text())["postgresql"]["bin_dir"])
    source, own = (data_dir / "PG_VERSION").read_text().strip(), bin_dir.parent.name
    if source == own:
        return 0
    log.error("the source runs PostgreSQL %s and this cluster is to run %s; clone with version %s and upgrade afterwards", source, own, source)
    return 1


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--datadir", required=True, type=Path)
    parser.add_argument("--pgpass", required=True, type=Path)
    for name in ("host", "port", "user"):
        parser.add_argument(f"--{name}", required=True)
    return parser


def quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


if __name__ == "__main__":
    sys.exit(main())
