"""Patroni's configuration: Spilo's defaults for this environment, with SPILO_CONFIGURATION laid over them."""

from spilo import machine
from spilo.environment import Environment
from spilo.merge import merged
from spilo.versions import Installed

SCRIPTS = "/scripts"
CLONE_PGPASS = "/run/clone.pgpass"
CREATABLE = (
    "btree_gin,btree_gist,citext,extra_window_functions,first_last_agg,hll,hstore,hypopg,intarray,ltree,pgcrypto,pgq,pgq_node,"
    "pg_trgm,postgres_fdw,roaringbitmap,tablefunc,uuid-ossp,vector,timescaledb,pg_partman"
)


def configuration(environment: Environment, installed: Installed, version: str, memory: int) -> tuple[dict, list[str]]:
    """The whole of patroni.yml, and remarks about what was left out."""
    template = {
        "scope": environment.scope,
        "name": environment.pod_name,
        "namespace": environment.namespace,
        "kubernetes": environment.kubernetes,
        "restapi": {
            "listen": f":{environment.api_port}",
            "connect_address": _address(environment.pod_ip, environment.api_port),
        },
        "watchdog": {"mode": "off"},
        "bootstrap": _bootstrap(environment, memory),
        "postgresql": _postgresql(environment, installed, version, memory),
    }
    config = merged(environment.overrides, template)
    # The version was chosen with bin_dir in mind; the volume beats both.
    config["postgresql"]["bin_dir"] = installed.bin_dir(version)
    parameters = config["postgresql"]["parameters"]
    loadable, missing = _split(parameters["shared_preload_libraries"], installed, version)
    parameters["shared_preload_libraries"] = loadable
    remarks = [f"shared_preload_libraries: this image has no {library} for PostgreSQL {version}; left out" for library in missing]
    return config, remarks


def _bootstrap(environment: Environment, memory: int) -> dict:
    section = {
        "dcs": {
            "ttl": 30,
            "loop_wait": 10,
            "retry_timeout": 10,
            "maximum_lag_on_failover": 33554432,
            "postgresql": {"use_pg_rewind": True, "use_slots": True, "parameters": _shared_parameters(memory)},
        },
        "initdb": [{"encoding": "UTF8"}, {"locale": f"{environment.locale}.UTF-8"}, "data-checksums"],
        "post_init": f'{SCRIPTS}/post_init.py "{environment.human_role}"',
    }
    if environment.follow:
        section["dcs"]["standby_cluster"] = {
            "create_replica_methods": ["basebackup_fast_xlog"],
            "host": environment.follow.host,
            "port": environment.follow.port,
            **({"primary_slot_name": environment.follow.slot} if environment.follow.slot else {}),
        }
    if environment.clone_from:
        source = environment.clone_from
        command = f'{SCRIPTS}/clone_with_basebackup.py --host={source.host} --port={source.port} --user="{source.login.user}" --pgpass={CLONE_PGPASS}'
        section |= {"method": "clone_with_basebackup", "clone_with_basebackup": {"command": command}}
    if environment.admin:
        section["users"] = {environment.admin.user: {"password": environment.admin.password, "options": ["createrole", "createdb"]}}
    return section


def _shared_parameters(memory: int) -> dict:
    """Kept in Patroni's dynamic configuration: they hold for all members and are changed through its REST API."""
    return {
        "archive_mode": "on",
        "archive_timeout": "1800s",
        "wal_level": "hot_standby",
        "wal_log_hints": "on",
        "wal_compression": "on",
        "max_wal_senders": 10,
        "max_connections": machine.max_connections(memory),
        "max_replication_slots": 10,
        "hot_standby": "on",
        "tcp_keepalives_idle": 900,
        "tcp_keepalives_interval": 100,
        "log_line_prefix": "%t [%p]: [%l-1] %c %x %d %u %a %h ",
        "log_checkpoints": "on",
        "log_lock_waits": "on",
        "log_min_duration_statement": 500,
        "log_autovacuum_min_duration": 0,
        "log_connections": "on",
        "log_disconnections": "on",
        "log_statement": "ddl",
        "log_temp_files": 0,
        "track_functions": "all",
        "checkpoint_completion_target": 0.9,
        "autovacuum_max_workers": 5,
        "autovacuum_vacuum_scale_factor": 0.05,
        "autovacuum_analyze_scale_factor": 0.02,
    }


def _postgresql(environment: Environment, installed: Installed, version: str, memory: int) -> dict:
    return {
        "name": environment.pod_name,
        "listen": f"*:{environment.port}",
        "connect_address": _address(environment.pod_ip, environment.port),
        "data_dir": environment.data_dir,
        "pgpass": "/run/postgresql/pgpass",
        "use_unix_socket": True,
        "use_unix_socket_repl": True,
        "authentication": {
            "superuser": {"username": environment.superuser.user, "password": environment.superuser.password},
            "replication": {"username": environment.standby.user, "password": environment.standby.password},
        },
        "callbacks": {"on_role_change": f'{SCRIPTS}/on_role_change.py "{environment.human_role}"'},
        "create_replica_method": ["basebackup_fast_xlog"],
        "basebackup_fast_xlog": {"command": f"{SCRIPTS}/basebackup.py", "retries": 2},
        "parameters": _local_parameters(environment, installed, version, memory),
        "pg_hba": _pg_hba(environment),
    }


def _local_parameters(environment: Environment, installed: Installed, version: str, memory: int) -> dict:
    tls = environment.tls
    return {
        "archive_command": "/bin/true",
        "shared_buffers": machine.shared_buffers(memory),
        "logging_collector": "on",
        "log_destination": "csvlog",
        "log_directory": "../pg_log",
        "log_filename": "postgresql-%u.log",
        "log_file_mode": "0644",
        "log_rotation_age": "1d",
        "log_truncate_on_rotation": "on",
        "ssl": "on",
        "ssl_cert_file": tls.certificate,
        "ssl_key_file": tls.key,
        **({"ssl_ca_file": tls.ca} if tls.ca else {}),
        **({"ssl_crl_file": tls.crl} if tls.crl else {}),
        "shared_preload_libraries": installed.preloaded(version),
        "pg_stat_statements.track_utility": "off",
        "extwlist.extensions": CREATABLE,
        "extwlist.custom_path": f"{SCRIPTS}/extwlist",
    }


def _pg_hba(environment: Environment) -> list[str]:
    """Order matters: the first line that fits a connection decides. `md5` also accepts SCRAM verifiers."""
    human, standby = f"+{environment.human_role}", environment.standby.user
    pam = (lambda address: [f"hostssl all {human} {address} pam"]) if environment.pam else (lambda address: [])
    return [
        "local all all trust",
        *pam("127.0.0.1/32"),
        "host all all 127.0.0.1/32 md5",
        *pam("::1/128"),
        "host all all ::1/128 md5",
        f"local replication {standby} trust",
        f"hostssl replication {standby} all md5",
        *([] if environment.plain_connections else ["hostnossl all all all reject"]),
        *pam("all"),
        "host all all all md5" if environment.plain_connections else "hostssl all all all md5",
    ]


def _split(libraries: str, installed: Installed, version: str) -> tuple[str, list[str]]:
    names = [name.strip() for name in libraries.split(",") if name.strip()]
    return (
        ",".join(name for name in names if installed.loadable(version, name)),
        [name for name in names if not installed.loadable(version, name)],
    )


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
