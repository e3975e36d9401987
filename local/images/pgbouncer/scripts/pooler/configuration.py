"""pgbouncer.ini for the settings."""

import re

from pooler.settings import Settings

RUN = "/run/pgbouncer"
MOUNTED_USERS = "/etc/pgbouncer/userlist.txt"
MOUNTED_TEMPLATE = "/etc/pgbouncer/pgbouncer.ini.tmpl"

# Where the pooler's image of the Zalando operator has what it starts with; this image can write nowhere but in RUN.
CERTIFICATE, KEY = "/etc/ssl/certs/pgbouncer.crt", "/etc/ssl/certs/pgbouncer.key"


def ini(settings: Settings, users_file: str, certificate: str, key: str) -> str:
    """The passwords are in `users_file`, not in here."""
    target = f"host={_quoted(settings.host)} port={settings.port} auth_user={_quoted(settings.user)}"
    numbers = settings.numbers
    options = {
        "pool_mode": settings.mode,
        "listen_addr": "*",
        "listen_port": numbers["CONNECTION_POOLER_PORT"],
        "unix_socket_dir": "",
        "admin_users": settings.user,
        "stats_users": ",".join(settings.infrastructure_roles),
        "auth_dbname": "postgres",
        "auth_file": users_file,
        "auth_query": f"SELECT * FROM {_identifier(settings.schema)}.user_lookup($1)",
        "auth_type": "md5",  # also accepts SCRAM verifiers, which the users have
        "server_tls_sslmode": "require",
        "client_tls_sslmode": "require",
        "client_tls_cert_file": certificate,
        "client_tls_key_file": key,
        "client_tls_ca_file": settings.ca or certificate,  # PgBouncer will not start without one; clients need no certificate
        "max_prepared_statements": 200,
        "default_pool_size": numbers["CONNECTION_POOLER_DEFAULT_SIZE"],
        "min_pool_size": numbers["CONNECTION_POOLER_MIN_SIZE"],
        "reserve_pool_size": numbers["CONNECTION_POOLER_RESERVE_SIZE"],
        "max_client_conn": numbers["CONNECTION_POOLER_MAX_CLIENT_CONN"],
        "max_db_connections": numbers["CONNECTION_POOLER_MAX_DB_CONN"],
        "idle_transaction_timeout": 600,
        "server_login_retry": 5,
        "ignore_startup_parameters": "extra_float_digits,options",
        "log_connections": 0,
        "log_disconnections": 0,
    }
    lines = ["[databases]", f"* = {target}", f"postgres = {target}", "", "[pgbouncer]"]
    return "\n".join([*lines, *(f"{name} = {value}" for name, value in options.items() if value != "")]) + "\n"


def filled(template: str, environment: dict[str, str], certificate: str, key: str) -> str:
    """The template with its variables replaced as envsubst does it; what is no variable, such as `$1`, stays."""
    text = re.sub(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})", lambda found: environment.get(found[1] or found[2], ""), template)
    return text.replace(CERTIFICATE, certificate).replace(KEY, key)


def users(settings: Settings) -> str:
    """For a pooler without the operator's Secret mounted."""
    return f"{_user(settings.user)} {_user(settings.password)}\n"


def _user(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
