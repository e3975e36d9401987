import json
import unittest

import sample
import yaml
from spilo import environment, template


class TemplateTest(unittest.TestCase):
    def configuration(self, version: str = "17", memory: int = 500, **changes: str) -> dict:
        self.remarks: list[str]
        given = environment.read({**sample.MINIMAL, **changes})
        config, self.remarks = template.configuration(given, sample.installed(self, "15", "17"), version, memory)
        return yaml.safe_load(yaml.safe_dump(config))  # what Patroni will read

    def test_a_primary(self):
        config = self.configuration()
        self.assertEqual((config["scope"], config["name"], config["namespace"]), ("acid-minimal", "acid-minimal-0", "db"))
        self.assertEqual(config["restapi"], {"listen": ":8008", "connect_address": "10.2.3.4:8008"})
        postgresql = config["postgresql"]
        self.assertEqual(postgresql["data_dir"], "/home/postgres/pgdata/pgroot/data")
        self.assertEqual(postgresql["connect_address"], "10.2.3.4:5432")
        self.assertTrue(postgresql["bin_dir"].endswith("/17/bin"))
        self.assertEqual(postgresql["authentication"]["replication"], {"username": "standby", "password": sample.SECRETS[1]})
        self.assertNotIn("standby_cluster", config["bootstrap"]["dcs"])
        self.assertNotIn("method", config["bootstrap"])

    def test_the_operators_lists_replace_the_images(self):
        self.assertEqual(self.configuration()["bootstrap"]["initdb"], [{"auth-host": "scram-sha-256"}, {"auth-local": "trust"}])
        self.assertIn("data-checksums", self.configuration(SPILO_CONFIGURATION="{}")["bootstrap"]["initdb"])

    def test_the_operators_values_win_and_the_images_stay(self):
        given = {"postgresql": {"parameters": {"shared_buffers": "64MB"}}, "bootstrap": {"dcs": {"ttl": 20, "postgresql": {"parameters": {"max_connections": "42"}}}}}
        config = self.configuration(SPILO_CONFIGURATION=json.dumps(given))
        self.assertEqual(config["postgresql"]["parameters"]["shared_buffers"], "64MB")
        self.assertEqual(config["bootstrap"]["dcs"]["ttl"], 20)
        self.assertEqual(config["bootstrap"]["dcs"]["loop_wait"], 10)
        self.assertEqual(config["bootstrap"]["dcs"]["postgresql"]["parameters"]["max_connections"], "42")
        self.assertEqual(config["bootstrap"]["dcs"]["postgresql"]["parameters"]["wal_log_hints"], "on")

    def test_memory_sets_buffers_and_connections(self):
        config = self.configuration(memory=6000)
        self.assertEqual(config["postgresql"]["parameters"]["shared_buffers"], "1024MB")
        self.assertEqual(config["bootstrap"]["dcs"]["postgresql"]["parameters"]["max_connections"], 200)
        self.assertEqual(self.configuration(memory=500)["postgresql"]["parameters"]["shared_buffers"], "100MB")

    def test_a_standby_cluster_follows_its_host(self):
        config = self.configuration(STANDBY_HOST="source.other", STANDBY_PORT="5433", STANDBY_PRIMARY_SLOT_NAME="follower")
        self.assertEqual(config["bootstrap"]["dcs"]["standby_cluster"], {
            "create_replica_methods": ["basebackup_fast_xlog"], "host": "source.other", "port": 5433, "primary_slot_name": "follower",
        })

    def test_a_clone_begins_as_a_copy(self):
        config = self.configuration(CLONE_METHOD="CLONE_WITH_BASEBACKUP", CLONE_SCOPE="source", CLONE_HOST="source", CLONE_PORT="5432",
                                    CLONE_USER="standby", CLONE_PASSWORD="clone's secret")
        bootstrap = config["bootstrap"]
        self.assertEqual(bootstrap["method"], "clone_with_basebackup")
        command = bootstrap["clone_with_basebackup"]["command"]
        self.assertIn("--host=source --port=5432", command)
        self.assertNotIn("secret", command)

    def test_plain_connections_are_rejected_unless_allowed(self):
        self.assertIn("hostnossl all all all reject", self.configuration()["postgresql"]["pg_hba"])
        self.assertEqual(self.configuration(ALLOW_NOSSL="true")["postgresql"]["pg_hba"][-1], "host all all all md5")

    def test_people_are_asked_by_pam_before_the_general_line(self):
        rules = self.configuration(PAM_OAUTH2="https://tokens.example")["postgresql"]["pg_hba"]
        self.assertLess(rules.index("hostssl all +zalandos all pam"), rules.index("hostssl all all all md5"))

    def test_certificates_of_the_operator(self):
        parameters = self.configuration(SSL_CERTIFICATE_FILE="/tls/tls.crt", SSL_PRIVATE_KEY_FILE="/tls/tls.key", SSL_CA_FILE="/tls/ca.crt")["postgresql"]["parameters"]
        self.assertEqual((parameters["ssl_cert_file"], parameters["ssl_key_file"], parameters["ssl_ca_file"]), ("/tls/tls.crt", "/tls/tls.key", "/tls/ca.crt"))

    def test_libraries_that_this_image_lacks_are_left_out_and_named(self):
        given = {"postgresql": {"parameters": {"shared_preload_libraries": "bg_mon, pg_stat_statements,timescaledb"}}}
        config = self.configuration(version="15", SPILO_CONFIGURATION=json.dumps(given))
        self.assertEqual(config["postgresql"]["parameters"]["shared_preload_libraries"], "pg_stat_statements")
        self.assertEqual(len(self.remarks), 2)
        self.assertIn("bg_mon", self.remarks[0])

    def test_an_admin_is_made_only_with_a_password(self):
        self.assertNotIn("users", self.configuration()["bootstrap"])
        self.assertIn("boss", self.configuration(PGUSER_ADMIN="boss", PGPASSWORD_ADMIN="x")["bootstrap"]["users"])

    def test_ipv6_addresses_are_bracketed(self):
        self.assertEqual(self.configuration(POD_IP="fd00::1")["postgresql"]["connect_address"], "[fd00::1]:5432")


if __name__ == "__main__":
    unittest.main()
