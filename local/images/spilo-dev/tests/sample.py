"""The environment that the peer gives a minimal cluster's pod."""

import tempfile
from pathlib import Path

from spilo.versions import PRELOADED, Installed

SECRETS = ("superuser's secret", "standby's secret")

MINIMAL = {
    "SCOPE": "acid-minimal",
    "PGROOT": "/home/postgres/pgdata/pgroot",
    "POD_IP": "10.2.3.4",
    "POD_NAMESPACE": "db",
    "HOSTNAME": "acid-minimal-0",
    "PGUSER_SUPERUSER": "postgres",
    "KUBERNETES_SCOPE_LABEL": "cluster-name",
    "KUBERNETES_ROLE_LABEL": "spilo-role",
    "PGPASSWORD_SUPERUSER": SECRETS[0],
    "PGUSER_STANDBY": "standby",
    "PGPASSWORD_STANDBY": SECRETS[1],
    "PAM_OAUTH2": "",
    "HUMAN_ROLE": "zalandos",
    "PGVERSION": "17",
    "KUBERNETES_LABELS": '{"application":"spilo"}',
    "SPILO_CONFIGURATION": '{"postgresql":{},"bootstrap":{"initdb":[{"auth-host":"scram-sha-256"},{"auth-local":"trust"}],"dcs":{"failsafe_mode":false}}}',
    "DCS_ENABLE_KUBERNETES_API": "true",
    "KUBERNETES_BOOTSTRAP_LABELS": '{"critical-operation":"true"}',
    "KUBERNETES_USE_CONFIGMAPS": "true",
    "KUBERNETES_SERVICE_HOST": "10.96.0.1",
    "KUBERNETES_PORT": "tcp://10.96.0.1:443",
}


def installed(test, *versions: str) -> Installed:
    """A folder like /usr/lib/postgresql, with every preloaded library in the newest version and one in the others."""
    root = tempfile.TemporaryDirectory()
    test.addCleanup(root.cleanup)
    for version in versions:
        for name in ("bin/postgres", "lib/pg_stat_statements.so", *(f"lib/{library}.so" for library in PRELOADED if version == max(versions))):
            path = Path(root.name, version, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    return Installed(Path(root.name))
