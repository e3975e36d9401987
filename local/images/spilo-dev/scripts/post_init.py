#!/usr/bin/python3
"""Creates what a Spilo cluster always has: roles, extensions, helper functions. May run any number of times.

Called by Patroni after bootstrap, and by on_role_change.py after a promotion: post_init.py HUMAN_ROLE CONNECTION.
"""

import os
import subprocess
import sys
from pathlib import Path

SQL = Path(__file__).resolve().parent / "sql"
OPTIONS = "-c synchronous_commit=local -c search_path=pg_catalog -c client_min_messages=warning"


def main() -> int:
    human_role, connection = sys.argv[1:3]
    environment = {**os.environ, "PGOPTIONS": OPTIONS}
    psql = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-v", f"human_role={human_role}", "-d", connection]
    subprocess.run([*psql, "-o", os.devnull, "-f", str(SQL / "roles.sql"), "-f", str(SQL / "cron.sql")], env=environment, check=True)
    query = "SELECT quote_ident(datname) FROM pg_database WHERE datallowconn"
    databases = subprocess.run([*psql, "-c", query], env=environment, check=True, capture_output=True, text=True).stdout.split("\n")
    for database in filter(None, databases):
        steps = ["-c", f"\\connect {database}", "-f", str(SQL / "database.sql"), "-f", str(SQL / "user_management.sql")]
        subprocess.run([*psql, "-o", os.devnull, *steps], env=environment, check=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"post_init: psql ended with {error.returncode}; what it said stands above")
