"""The environment that an operator gives a Spilo container, read into values.

Everything is checked before anything is done, and all problems are reported together. No problem names a value that
could be a secret.
"""

import json
from dataclasses import dataclass, field

import yaml

REQUIRED = ("SCOPE", "PGROOT", "POD_IP", "POD_NAMESPACE", "HOSTNAME", "PGPASSWORD_SUPERUSER", "PGPASSWORD_STANDBY")
OTHER_STORES = ("ETCD_HOST", "ETCD_HOSTS", "ETCD3_HOST", "ETCD3_HOSTS", "ETCD_DISCOVERY_DOMAIN", "ZOOKEEPER_HOSTS", "CONSUL_HOST", "EXHIBITOR_HOSTS")
ARCHIVES = (
    "WAL_S3_BUCKET", "WALE_S3_PREFIX", "WALG_S3_PREFIX", "WALG_AZ_PREFIX", "WALG_SSH_PREFIX", "WAL_SWIFT_BUCKET",
    "WALE_SWIFT_PREFIX", "WAL_GCS_BUCKET", "WAL_GS_BUCKET", "WALE_GS_PREFIX", "WALG_GS_PREFIX",
)
STANDBY_ARCHIVES = tuple(f"STANDBY_{name}" for name in ARCHIVES)
IGNORED_PREFIXES = ("BACKUP_", "USE_WALG", "LOG_S3_", "LOG_SHIP_", "WALG_", "CALLBACK_SCRIPT", "CRONTAB", "PGBOUNCER_")
NOT_FOR_PATRONI = ("SERVICE_", "PORT")


class Refused(Exception):
    """The environment cannot be honoured; `problems` lists every reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Login:
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Tls:
    """Paths of PostgreSQL's certificate; `own` says that the image makes a self-signed one there."""

    certificate: str
    key: str
    ca: str
    crl: str
    own: bool
    content: dict[str, str] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A running cluster to copy from or to follow."""

    host: str
    port: int
    slot: str = ""
    login: Login | None = None


@dataclass(frozen=True)
class Environment:
    scope: str
    pgroot: str
    pod_name: str
    pod_ip: str
    namespace: str
    wanted_version: str
    superuser: Login
    standby: Login
    admin: Login | None
    human_role: str
    pam: bool
    plain_connections: bool
    port: int
    api_port: int
    locale: str
    tls: Tls
    kubernetes: dict
    clone_from: Source | None
    follow: Source | None
    archives: bool
    overrides: dict
    notes: tuple[str, ...]

    @property
    def data_dir(self) -> str:
        return f"{self.pgroot}/data"

    @property
    def log_dir(self) -> str:
        return f"{self.pgroot}/pg_log"


def read(given: dict[str, str]) -> Environment:
    """Raises Refused with all problems."""
    problems = [f"variable {name} is missing or empty" for name in REQUIRED if not given.get(name)]
    problems += _other_stores(given)
    problems += _unsupported_sources(given)
    overrides = _overrides(given, problems)
    kubernetes = _kubernetes(given, problems)
    port = _port(given, "PGPORT", 5432, problems)
    api_port = _port(given, "APIPORT", 8008, problems)
    clone_from = _clone(given, problems)
    follow = _follow(given, problems)
    if problems:
        raise Refused(problems)
    admin_password = given.get("PGPASSWORD_ADMIN")
    return Environment(
        scope=given["SCOPE"],
        pgroot=given["PGROOT"].rstrip("/"),
        pod_name=given["HOSTNAME"],
        pod_ip=given["POD_IP"],
        namespace=given["POD_NAMESPACE"],
        wanted_version=given.get("PGVERSION", ""),
        superuser=Login(given.get("PGUSER_SUPERUSER") or "postgres", given["PGPASSWORD_SUPERUSER"]),
        standby=Login(given.get("PGUSER_STANDBY") or "standby", given["PGPASSWORD_STANDBY"]),
        admin=Login(given.get("PGUSER_ADMIN") or "admin", admin_password) if admin_password else None,
        human_role=given.get("HUMAN_ROLE") or "zalandos",
        pam=bool(given.get("PAM_OAUTH2")),
        plain_connections=bool(given.get("ALLOW_NOSSL")),
        port=port,
        api_port=api_port,
        locale=given.get("INITDB_LOCALE") or "en_US",
        tls=_tls(given),
        kubernetes=kubernetes,
        clone_from=clone_from,
        follow=follow,
        archives=any(given.get(name) for name in ARCHIVES),
        overrides=overrides,
        notes=tuple(_notes(given)),
    )


def _other_stores(given: dict[str, str]) -> list[str]:
    problems = [
        f"variable {name} is set, but this image keeps Patroni's state in Kubernetes only: unset it and set DCS_ENABLE_KUBERNETES_API=true"
        for name in OTHER_STORES
        if given.get(name)
    ]
    if not problems and not given.get("DCS_ENABLE_KUBERNETES_API"):
        problems.append("variable DCS_ENABLE_KUBERNETES_API is missing or empty; this image keeps Patroni's state in Kubernetes only: set it to true")
    return problems


def _unsupported_sources(given: dict[str, str]) -> list[str]:
    problems = []
    if given.get("CLONE_METHOD") == "CLONE_WITH_WALE":
        problems.append("CLONE_METHOD=CLONE_WITH_WALE needs wal-g, which this image does not have; allowed: CLONE_WITH_BASEBACKUP")
    elif given.get("CLONE_METHOD") not in (None, "", "CLONE_WITH_BASEBACKUP"):
        problems.append(f"CLONE_METHOD={given['CLONE_METHOD']} is unknown; allowed: CLONE_WITH_BASEBACKUP")
    if not given.get("STANDBY_HOST"):
        problems += [f"variable {name} needs wal-g, which this image does not have; set STANDBY_HOST" for name in STANDBY_ARCHIVES if given.get(name)]
    return problems


def _overrides(given: dict[str, str], problems: list[str]) -> dict:
    name = "SPILO_CONFIGURATION" if "SPILO_CONFIGURATION" in given else "PATRONI_CONFIGURATION"
    try:
        value = yaml.safe_load(given.get(name, "")) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problems.append(f"variable {name} is neither JSON nor YAML{where}")
        return {}
    if not isinstance(value, dict):
        problems.append(f"variable {name} must hold a map, not a {type(value).__name__}")
        return {}
    for section in ("postgresql", "bootstrap"):
        if not isinstance(value.get(section), (dict, type(None))):
            problems.append(f"variable {name}: {section} must hold a map, not a {type(value[section]).__name__}")
    return value


def _kubernetes(given: dict[str, str], problems: list[str]) -> dict:
    """Every KUBERNETES_<X> is Patroni's kubernetes.<x>, except those that Kubernetes itself puts into a container."""
    defaults = {
        "KUBERNETES_ROLE_LABEL": "spilo-role",
        "KUBERNETES_SCOPE_LABEL": "version",
        "KUBERNETES_LEADER_LABEL_VALUE": "master",
        "KUBERNETES_STANDBY_LEADER_LABEL_VALUE": "master",
        "KUBERNETES_LABELS": '{"application": "spilo"}',
        "KUBERNETES_BOOTSTRAP_LABELS": "{}",
        "KUBERNETES_BYPASS_API_SERVICE": "true",
    }
    section = {"namespace": given.get("POD_NAMESPACE", "")}
    for name, value in {**defaults, **{name: value for name, value in given.items() if value}}.items():
        key = name.removeprefix("KUBERNETES_")
        if key != name and not key.startswith(NOT_FOR_PATRONI):
            section[key.lower()] = {"true": True, "false": False}.get(value.lower(), value)
    for key in ("labels", "bootstrap_labels"):
        section[key] = _labels(f"KUBERNETES_{key.upper()}", section[key], problems)
    if not section.pop("use_configmaps", False):
        section |= {"use_endpoints": True, "pod_ip": given.get("POD_IP", ""), "ports": [{"name": "postgresql", "port": 5432}]}
    return section


def _labels(name: str, value: str, problems: list[str]) -> dict:
    try:
        labels = json.loads(value)
    except ValueError:
        labels = None
    if not isinstance(labels, dict) or not all(isinstance(text, str) for text in labels.values()):
        problems.append(f"variable {name} must hold a JSON object of strings, such as " + '{"application":"spilo"}')
        return {}
    return labels


def _port(given: dict[str, str], name: str, default: int, problems: list[str]) -> int:
    value = given.get(name) or str(default)
    if value.isdecimal() and 0 < int(value) < 65536:
        return int(value)
    problems.append(f"variable {name} is {value!r}; allowed: a port number from 1 to 65535")
    return default


def _clone(given: dict[str, str], problems: list[str]) -> Source | None:
    if given.get("CLONE_METHOD") != "CLONE_WITH_BASEBACKUP":
        return None
    needed = ("CLONE_SCOPE", "CLONE_HOST", "CLONE_USER", "CLONE_PASSWORD")
    lacking = [name for name in needed if not given.get(name)]
    problems += [f"variable {name} is missing or empty; CLONE_METHOD=CLONE_WITH_BASEBACKUP needs it" for name in lacking]
    port = _port(given, "CLONE_PORT", 5432, problems)
    return None if lacking else Source(given["CLONE_HOST"], port, login=Login(given["CLONE_USER"], given["CLONE_PASSWORD"]))


def _follow(given: dict[str, str], problems: list[str]) -> Source | None:
    if not given.get("STANDBY_HOST"):
        return None
    return Source(given["STANDBY_HOST"], _port(given, "STANDBY_PORT", 5432, problems), given.get("STANDBY_PRIMARY_SLOT_NAME", ""))


def _tls(given: dict[str, str]) -> Tls:
    certificate = given.get("SSL_CERTIFICATE_FILE") or "/run/certs/server.crt"
    key = given.get("SSL_PRIVATE_KEY_FILE") or "/run/certs/server.key"
    ca = given.get("SSL_CA_FILE") or ("/run/certs/ca.crt" if given.get("SSL_CA") else "")
    crl = given.get("SSL_CRL_FILE") or ("/run/certs/server.crl" if given.get("SSL_CRL") else "")
    texts = {certificate: "SSL_CERTIFICATE", key: "SSL_PRIVATE_KEY", ca: "SSL_CA", crl: "SSL_CRL"}
    content = {path: given[name] for path, name in texts.items() if path and given.get(name)}
    if key not in content or certificate not in content:
        content = {}
    return Tls(certificate, key, ca, crl, own=not given.get("SSL_PRIVATE_KEY_FILE") and not content, content=content)


def _notes(given: dict[str, str]) -> list[str]:
    notes = []
    archives = [name for name in ARCHIVES if given.get(name)]
    if archives:
        notes.append(f"{', '.join(archives)}: this image has no wal-g, so no WAL is archived and no base backup is made")
    ignored = sorted(name for name in given if name.startswith(IGNORED_PREFIXES) and name not in ARCHIVES and given[name])
    if ignored:
        notes.append(f"ignored, as they only matter with an archive or a service that this image lacks: {', '.join(ignored)}")
    if given.get("PAM_OAUTH2"):
        notes.append("PAM_OAUTH2: the pg_hba lines are written, but this image has no pam_oauth2, so members of HUMAN_ROLE cannot log in by token")
    return notes
