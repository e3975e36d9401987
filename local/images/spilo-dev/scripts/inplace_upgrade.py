#!/usr/bin/python3
"""Upgrade this cluster to the major version that PGVERSION (or SPILO_CONFIGURATION's bin_dir) asks for.

    inplace_upgrade.py MEMBERS            in the primary's container
    inplace_upgrade.py --replica VERSION  started by the primary in a replica's container

The replicas are copied anew from the upgraded primary.
"""

import logging
import os
import sys
from pathlib import Path

import yaml

from spilo import prepare
from spilo.upgrade.patroni import Patroni, Timeout
from spilo.upgrade.procedure import Refused, Upgrade, restart_replica, say
from spilo.upgrade.server import Failed, Server
from spilo.versions import Installed, data_version


def main() -> int:
    if len(sys.argv) < 2 or not sys.argv[-1].isdecimal():
        sys.exit(__doc__)
    logging.basicConfig(stream=sys.stdout, level=logging.ERROR)  # Patroni's library warns on standard error else
    config = yaml.safe_load(prepare.CONFIG.read_text())
    prepare.become_postgres()
    data, installed = Path(config["postgresql"]["data_dir"]), Installed()
    os.environ["PATH"] = f"{config['postgresql']['bin_dir']}:{os.environ['PATH']}"
    os.chdir(data.parent)
    server = Server(data, config["postgresql"]["authentication"]["superuser"]["username"], installed)
    if sys.argv[1] == "--replica":
        restart_replica(server, sys.argv[2])
        return 0
    old, new = data_version(str(data)), wanted(installed)
    if new not in installed.versions():
        say(f"PostgreSQL {new} is wanted; this image has {', '.join(installed.versions())}. Nothing was changed")
        return 1
    if int(old) >= int(new):
        say(f"nothing to do: the data directory {data} was written by PostgreSQL {old}, and PostgreSQL {new} is wanted")
        return 0
    try:
        Upgrade(config, server, Patroni(f"http://{config['restapi']['connect_address']}"), old, new).run(int(sys.argv[1]))
    except Refused as refusal:
        say(f"refused, nothing was changed: {refusal}")
        return 1
    except (Failed, Timeout, OSError) as failure:
        say(f"failed: {failure}")
        return 1
    say(f"cluster {config['scope']} now runs PostgreSQL {new} instead of {old}; its replicas are being copied anew from the primary")
    return 0


def wanted(installed: Installed) -> str:
    overrides = yaml.safe_load(os.environ.get("SPILO_CONFIGURATION", "")) or {}
    bin_dir = (overrides.get("postgresql") or {}).get("bin_dir")
    return Path(bin_dir).parent.name if bin_dir else os.environ.get("PGVERSION") or installed.versions()[0]


if __name__ == "__main__":
    sys.exit(main())
