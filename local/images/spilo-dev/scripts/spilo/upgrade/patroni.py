"""The few requests to Patroni's REST API that an upgrade needs, and what must hold in the cluster before it."""

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

MAXIMUM_LAG = 16 * 1024 * 1024
REPLICAS = ("replica", "sync_standby", "quorum_standby")


class Timeout(Exception):
    """Something did not happen in the time that it may take."""


@dataclass(frozen=True)
class Member:
    name: str
    role: str
    state: str
    host: str
    port: int
    api: str
    lag: int | None

    @staticmethod
    def of(entry: dict) -> "Member":
        lag = entry.get("lag")
        return Member(entry["name"], entry["role"], entry["state"], entry.get("host", ""), entry.get("port", 5432), entry["api_url"].removesuffix("/patroni"), lag if isinstance(lag, int) else None)


@dataclass(frozen=True)
class Patroni:
    """`address` is that of this member's REST API."""

    address: str

    def cluster(self) -> dict:
        return request(f"{self.address}/cluster")

    def pause(self, paused: bool) -> None:
        """Returns when every member has taken notice."""
        request(f"{self.address}/config", {"pause": paused or None}, "PATCH")
        for member in members(self.cluster()):
            await_that(f"{member.name} {'pauses' if paused else 'resumes'}", 60, lambda member=member: bool(request(f"{member.api}/patroni").get("pause")) == paused)

    def start_postgres(self) -> None:
        request(f"{self.address}/restart", {}, "POST", seconds=300)

    def answers(self) -> bool:
        try:
            request(f"{self.address}/patroni")
            return True
        except OSError:
            return False


def members(cluster: dict) -> list[Member]:
    return [Member.of(entry) for entry in cluster["members"]]


def obstacles(cluster: dict, me: str, expected: int) -> list[str]:
    """Everything that forbids an upgrade now; empty if it may begin."""
    found = ["the cluster is paused"] if cluster.get("pause") else []
    all_members = members(cluster)
    if len(all_members) != expected:
        found.append(f"the cluster has {len(all_members)} members, not {expected}")
    if not any(member.name == me and member.role == "leader" and member.state == "running" for member in all_members):
        found.append(f"{me} is not the running primary")
    for member in all_members:
        if member.name == me:
            continue
        if member.role not in REPLICAS or member.state != "streaming":
            found.append(f"{member.name} is a {member.role} that is {member.state}, not a streaming replica")
        elif member.lag is None or member.lag > MAXIMUM_LAG:
            found.append(f"{member.name} lags by {member.lag} bytes; allowed: {MAXIMUM_LAG}")
    return found


def request(url: str, body: dict | None = None, method: str = "GET", seconds: float = 10) -> dict:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, method=method), timeout=seconds) as answer:
        text = answer.read().decode()
    return json.loads(text) if text.startswith("{") else {"text": text}


def await_that(what: str, seconds: float, condition) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except (OSError, urllib.error.URLError):
            pass
        time.sleep(0.5)
    raise Timeout(f"waited {seconds:.0f} s in vain until {what}")
