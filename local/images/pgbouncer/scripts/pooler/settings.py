"""The environment that an operator gives a pooler's container, checked as a whole before anything starts."""

from dataclasses import dataclass, field

REQUIRED = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSCHEMA")
NUMBERS = {
    "CONNECTION_POOLER_PORT": 5432,
    "CONNECTION_POOLER_DEFAULT_SIZE": 20,
    "CONNECTION_POOLER_MIN_SIZE": 0,
    "CONNECTION_POOLER_RESERVE_SIZE": 0,
    "CONNECTION_POOLER_MAX_CLIENT_CONN": 10000,
    "CONNECTION_POOLER_MAX_DB_CONN": 0,
}
MODES = ("transaction", "session", "statement")


class Refused(Exception):
    """`problems` lists everything that is wrong with the environment."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    schema: str
    mode: str
    numbers: dict[str, int]
    infrastructure_roles: tuple[str, ...]
    certificate: str
    key: str
    ca: str


def read(given: dict[str, str]) -> Settings:
    """Raises Refused."""
    problems = [f"variable {name} is missing or empty" for name in REQUIRED if not given.get(name)]
    numbers = {name: _number(given, name, default, problems) for name, default in NUMBERS.items()}
    port = _number(given, "PGPORT", 5432, problems)
    mode = given.get("CONNECTION_POOLER_MODE") or "transaction"
    if mode not in MODES:
        problems.append(f"variable CONNECTION_POOLER_MODE is {mode!r}; allowed: {', '.join(MODES)}")
    certificate, key = given.get("CONNECTION_POOLER_CLIENT_TLS_CRT", ""), given.get("CONNECTION_POOLER_CLIENT_TLS_KEY", "")
    if bool(certificate) != bool(key):
        problems.append("variables CONNECTION_POOLER_CLIENT_TLS_CRT and CONNECTION_POOLER_CLIENT_TLS_KEY must be set together")
    if problems:
        raise Refused(problems)
    return Settings(
        host=given["PGHOST"],
        port=port,
        user=given["PGUSER"],
        password=given["PGPASSWORD"],
        schema=given["PGSCHEMA"],
        mode=mode,
        numbers=numbers,
        infrastructure_roles=tuple(sorted(filter(None, given.get("INFRASTRUCTURE_ROLES", "").split(",")))),
        certificate=certificate,
        key=key,
        ca=given.get("CONNECTION_POOLER_CLIENT_CA_FILE", ""),
    )


def _number(given: dict[str, str], name: str, default: int, problems: list[str]) -> int:
    value = given.get(name) or str(default)
    if value.isdecimal():
        return int(value)
    problems.append(f"variable {name} is {value!r}; allowed: a whole number")
    return default
