#!/usr/bin/python3
"""Patroni's replica creation method `basebackup_fast_xlog`: a copy of the primary with an immediate checkpoint.

Patroni gives --datadir and --connstring, and the password by PGPASSFILE.
"""

import argparse
import os
import shutil
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--datadir", required=True, type=Path)
    parser.add_argument("--connstring", required=True)
    options, _ = parser.parse_known_args()
    if options.datadir.exists():
        for entry in options.datadir.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    os.execvp("pg_basebackup", command(options.datadir, options.connstring))


def command(data_dir: Path, connection: str) -> list[str]:
    return ["pg_basebackup", f"--pgdata={data_dir}", "--wal-method=stream", "--checkpoint=fast", "--no-password", f"--dbname={connection}"]


if __name__ == "__main__":
    main()
