"""pgbouncer.ini for the settings."""

from pooler.settings import Settings

RUN = "/run/pgbouncer"
MOUNTED_USERS = "/etc/pgbouncer/userlist.txt"


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


def users(settings: Settings) -> str:
    """For a pooler without the operator's Secret mounted."""
    return f"{_user(settings.user)} {_user(settings.password)}\n"


def _user(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
