import configparser
import unittest

from pooler import configuration, settings

GIVEN = {
    "PGHOST": "acid-minimal", "PGPORT": "5432", "PGUSER": "pooler", "PGPASSWORD": 'a "secret"', "PGSCHEMA": "pooler",
    "CONNECTION_POOLER_PORT": "5432", "CONNECTION_POOLER_MODE": "session", "CONNECTION_POOLER_DEFAULT_SIZE": "15",
    "CONNECTION_POOLER_MIN_SIZE": "7", "CONNECTION_POOLER_RESERVE_SIZE": "7", "CONNECTION_POOLER_MAX_CLIENT_CONN": "10000",
    "CONNECTION_POOLER_MAX_DB_CONN": "30", "INFRASTRUCTURE_ROLES": "zmon,backup",
}


class PoolerTest(unittest.TestCase):
    def ini(self, **changes: str) -> configparser.SectionProxy:
        text = configuration.ini(settings.read({**GIVEN, **changes}), "/etc/pgbouncer/userlist.txt", "crt", "key")
        self.assertNotIn("secret", text)
        parser = configparser.RawConfigParser(delimiters=("=",))
        parser.read_string(text)
        self.databases = parser["databases"]
        return parser["pgbouncer"]

    def test_every_database_goes_to_the_cluster(self):
        self.ini()
        for name in ("*", "postgres"):
            self.assertEqual(self.databases[name], "host='acid-minimal' port=5432 auth_user='pooler'")

    def test_sizes_and_mode(self):
        ini = self.ini()
        found = {name: ini[name] for name in ("pool_mode", "default_pool_size", "min_pool_size", "reserve_pool_size", "max_client_conn", "max_db_connections")}
        self.assertEqual(list(found.values()), ["session", "15", "7", "7", "10000", "30"])

    def test_users_are_looked_up_by_the_operators_function(self):
        self.assertEqual(self.ini()["auth_query"], 'SELECT * FROM "pooler".user_lookup($1)')
        self.assertEqual(self.ini(PGSCHEMA='po"ol')["auth_query"], 'SELECT * FROM "po""ol".user_lookup($1)')

    def test_both_sides_are_encrypted(self):
        ini = self.ini(CONNECTION_POOLER_CLIENT_CA_FILE="/tls/ca.crt")
        self.assertEqual((ini["client_tls_sslmode"], ini["server_tls_sslmode"], ini["client_tls_ca_file"]), ("require", "require", "/tls/ca.crt"))
        self.assertEqual(self.ini()["client_tls_ca_file"], "crt")

    def test_infrastructure_roles_may_read_statistics(self):
        self.assertEqual(self.ini()["stats_users"], "backup,zmon")
        self.assertNotIn("stats_users", self.ini(INFRASTRUCTURE_ROLES=""))

    def test_all_problems_are_named_at_once_without_secrets(self):
        with self.assertRaises(settings.Refused) as refusal:
            settings.read({"PGPASSWORD": "secret", "CONNECTION_POOLER_MODE": "fast", "CONNECTION_POOLER_MAX_DB_CONN": "many", "CONNECTION_POOLER_CLIENT_TLS_CRT": "/tls/tls.crt"})
        text = str(refusal.exception)
        for name in ("PGHOST", "PGPORT", "PGUSER", "PGSCHEMA", "'fast'", "'many'", "CONNECTION_POOLER_CLIENT_TLS_KEY"):
            self.assertIn(name, text)
        self.assertNotIn("secret", text)

    def test_a_mounted_template_is_filled_from_the_environment(self):
        template = "pool_mode = $CONNECTION_POOLER_MODE\nauth_query = SELECT * FROM \"${PGSCHEMA}\".user_lookup($1)\nstats_users = $NOBODY\nclient_tls_key_file = /etc/ssl/certs/pgbouncer.key\n"
        filled = configuration.filled(template, GIVEN, "/run/crt", "/run/key")
        self.assertEqual(filled, 'pool_mode = session\nauth_query = SELECT * FROM "pooler".user_lookup($1)\nstats_users = \nclient_tls_key_file = /run/key\n')

    def test_quotes_in_a_password(self):
        self.assertEqual(configuration.users(settings.read(GIVEN)), '"pooler" "a ""secret"""\n')


if __name__ == "__main__":
    unittest.main()
