#!/usr/bin/python3
"""Patroni's callback: a server that became the primary gets the roles and extensions that post_init creates.

Called as: on_role_change.py HUMAN_ROLE ACTION ROLE CLUSTER.
"""

import subprocess
import sys
import time

import yaml

PATIENCE_SECONDS = 30


def main() -> int:
    human_role, action, role = sys.argv[1:4]
    if action != "on_role_change" or role not in ("primary", "master"):
        return 0
    with open("/run/postgres.yml") as stream:
        superuser = yaml.safe_load(stream)["postgresql"]["authentication"]["superuser"]["username"]
    connection = f"dbname=postgres user={superuser}"
    if not recovered(connection):
        print(f"on_role_change: still in recovery after {PATIENCE_SECONDS} s; post_init is left to the next promotion", file=sys.stderr)
        return 1
    return subprocess.call(["/scripts/post_init.py", human_role, connection])


def recovered(connection: str) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        answer = subprocess.run(["psql", "-XAt", "-d", connection, "-c", "SELECT pg_is_in_recovery()"], capture_output=True, text=True)
        if answer.stdout.strip() == "f":
            return True
        time.sleep(1)
    return False


if __name__ == "__main__":
    sys.exit(main())
