#!/usr/bin/python3
"""Entry point of the pooler's image: checks the environment, writes the configuration, becomes PgBouncer."""

import os
import subprocess
import sys
from pathlib import Path

from pooler import configuration, settings


def main() -> int:
    os.umask(0o077)
    try:
        given = settings.read(dict(os.environ))
    except settings.Refused as refusal:
        for problem in refusal.problems:
            print(f"launch: {problem}", file=sys.stderr)
        return 1
    run = Path(configuration.RUN)
    run.mkdir(exist_ok=True)
    certificate, key = given.certificate, given.key
    if not certificate:
        certificate, key = str(run / "server.crt"), str(run / "server.key")
        self_signed(certificate, key)
    users_file = configuration.MOUNTED_USERS
    if not Path(users_file).exists():
        users_file = str(run / "userlist.txt")
        Path(users_file).write_text(configuration.users(given))
    template = Path(configuration.MOUNTED_TEMPLATE)
    text = (
        configuration.filled(template.read_text(), dict(os.environ), certificate, key)
        if template.exists()
        else configuration.ini(given, users_file, certificate, key)
    )
    (run / "pgbouncer.ini").write_text(text)
    print(f"launch: {given.mode} pooling for {given.host}:{given.port} on port {given.numbers['CONNECTION_POOLER_PORT']}", file=sys.stderr)
    os.execve("/usr/sbin/pgbouncer", ["pgbouncer", str(run / "pgbouncer.ini")], {"PATH": os.environ["PATH"]})


def self_signed(certificate: str, key: str) -> None:
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "3650"]
    subprocess.run([*command, "-subj", "/CN=pooler.patroni-operator.example", "-keyout", key, "-out", certificate], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
