#!/usr/bin/python3
"""Entry point of the image: checks the environment, writes Patroni's configuration, and runs Patroni as postgres."""

import logging
import os
import sys
from pathlib import Path

from spilo import environment, machine, prepare, template, versions
from spilo.supervisor import Supervisor, patroni_environment

log = logging.getLogger("launch")


def main() -> int:
    logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s: %(message)s", level=logging.INFO)
    os.umask(0o022)
    try:
        given = environment.read(dict(os.environ))
        config, later = configure(given)
    except environment.Refused as refusal:
        for problem in refusal.problems:
            log.error("%s", problem)
        return 1
    except versions.NoBinaries as problem:
        log.error("%s", problem)
        return 1
    prepare.name_this_user()
    prepare.folders(given)
    prepare.certificate(given.tls)
    prepare.write_config(prepare.CONFIG, config)
    for version, later_config in later.items():
        prepare.write_config(prepare.config_for(version), later_config)
    if given.clone_from:
        prepare.write_pgpass(Path(template.CLONE_PGPASS), given.clone_from)
    prepare.become_postgres()
    os.chdir(given.pgroot)
    log.info("starting Patroni for cluster %s, member %s, %s", given.scope, given.pod_name, config["postgresql"]["bin_dir"])
    return Supervisor(["patroni", str(prepare.CONFIG)], patroni_environment(dict(os.environ)), prepare.RUN / "supervisor.pid").run()


def configure(given: environment.Environment) -> tuple[dict, dict[str, dict]]:
    """The configuration to run, and those of the versions that a major upgrade may lead to."""
    installed, memory = versions.Installed(), machine.memory_mb()
    wanted_dir = (given.overrides.get("postgresql") or {}).get("bin_dir")
    version, remarks = versions.choose(installed, versions.data_version(given.data_dir), wanted_dir, given.wanted_version)
    config, more = template.configuration(given, installed, version, memory)
    for remark in [*given.notes, *remarks, *more]:
        log.warning("%s", remark)
    later = [other for other in installed.versions() if int(other) > int(version)]
    return config, {other: template.configuration(given, installed, other, memory)[0] for other in later}


if __name__ == "__main__":
    sys.exit(main())
