"""What must exist before Patroni starts: folders, a certificate, the configuration file; and then no root rights."""

import os
import pwd
import subprocess
from pathlib import Path

import yaml

from spilo.environment import Environment, Login, Source, Tls

RUN = Path("/run")
CONFIG = RUN / "postgres.yml"
SUBJECT = "/CN=spilo-dev.patroni-operator.example"


def user_id() -> tuple[int, int]:
    """The user that will run everything: postgres if this process may choose, else the one that the pod chose."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    postgres = pwd.getpwnam("postgres")
    return postgres.pw_uid, postgres.pw_gid


def name_this_user(passwd: Path = Path("/etc/passwd")) -> None:
    """initdb and psql ask for the user's name; a pod with another runAsUser has none, so postgres becomes that user."""
    uid, gid = user_id()
    lines = passwd.read_text().splitlines()
    if any(line.split(":")[2] == str(uid) for line in lines):
        return
    renamed = [":".join(["postgres", "x", str(uid), str(gid), *line.split(":")[4:]]) if line.startswith("postgres:") else line for line in lines]
    passwd.write_text("\n".join(renamed) + "\n")


def folders(environment: Environment) -> None:
    """The volume keeps what it holds; its owner is put right if the pod's user changed."""
    uid, gid = user_id()
    for path, mode in ((environment.pgroot, 0o755), (environment.data_dir, 0o700), (environment.log_dir, 0o755), (RUN / "postgresql", 0o2775), (RUN / "certs", 0o700)):
        Path(path).mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            _own(Path(path), uid, gid)
        os.chmod(path, mode)  # a volume with an fsGroup comes with group rights that PostgreSQL refuses


def _own(path: Path, uid: int, gid: int) -> None:
    if path.stat().st_uid == uid:
        return
    os.chown(path, uid, gid)
    for parent, names, files in os.walk(path):
        for name in names + files:
            os.chown(Path(parent, name), uid, gid, follow_symlinks=False)


def certificate(tls: Tls) -> None:
    """Writes the certificate given in variables, or makes a self-signed one; a mounted one is left alone."""
    for path, text in tls.content.items():
        private_file(Path(path), text)
    if not tls.own or Path(tls.key).exists():
        return
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "3650", "-subj", SUBJECT]
    subprocess.run([*command, "-keyout", tls.key, "-out", tls.certificate], check=True, capture_output=True)
    for path in (tls.key, tls.certificate):
        os.chmod(path, 0o600)
        _give(Path(path))


def config_for(version: str) -> Path:
    """Where the configuration waits that this container will use once it has been upgraded to `version`."""
    return RUN / f"postgres-{version}.yml"


def write_config(path: Path, config: dict) -> None:
    private_file(path, yaml.safe_dump(config, sort_keys=False, width=160))


def write_pgpass(path: Path, source: Source) -> None:
    private_file(path, pgpass_line(source.host, source.port, source.login) + "\n")


def pgpass_line(host: str, port: int, login: Login) -> str:
    def escaped(text: str) -> str:
        return text.replace("\\", "\\\\").replace(":", "\\:")

    return f"{escaped(host)}:{port}:*:{escaped(login.user)}:{escaped(login.password)}"


def private_file(path: Path, text: str) -> None:
    """Never readable by others, not even for a moment."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    _give(path)


def _give(path: Path) -> None:
    if os.geteuid() == 0:
        os.chown(path, *user_id())


def become_postgres() -> None:
    """Gives up root for good. The pod's fsGroup stays: mounted certificates and tokens are readable by it."""
    if os.geteuid() != 0:
        return
    uid, gid = user_id()
    os.setgroups(sorted({gid, *os.getgroups()} - {0}))
    os.setgid(gid)
    os.setuid(uid)
