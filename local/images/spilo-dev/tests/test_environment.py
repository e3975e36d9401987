import unittest

import sample
from spilo import environment


def problems(**changes: str | None) -> list[str]:
    given = {name: value for name, value in {**sample.MINIMAL, **changes}.items() if value is not None}
    try:
        environment.read(given)
    except environment.Refused as refusal:
        return refusal.problems
    return []


class RequiredTest(unittest.TestCase):
    def test_every_missing_variable_is_named_at_once(self):
        with self.assertRaises(environment.Refused) as refusal:
            environment.read({})
        for name in (*environment.REQUIRED, "DCS_ENABLE_KUBERNETES_API"):
            self.assertIn(name, str(refusal.exception))

    def test_an_empty_variable_counts_as_missing(self):
        self.assertEqual(problems(SCOPE="", POD_IP=""), ["variable SCOPE is missing or empty", "variable POD_IP is missing or empty"])

    def test_etcd_is_refused_with_the_way_out(self):
        (problem,) = problems(ETCD_HOST="etcd.local", DCS_ENABLE_KUBERNETES_API=None)
        self.assertIn("ETCD_HOST", problem)
        self.assertIn("DCS_ENABLE_KUBERNETES_API=true", problem)

    def test_problems_of_different_kinds_are_reported_together(self):
        found = problems(SPILO_CONFIGURATION="[1]", PGPORT="99999", KUBERNETES_LABELS="application=spilo")
        self.assertEqual(len(found), 3, found)

    def test_a_bad_configuration_is_located_without_being_repeated(self):
        (problem,) = problems(SPILO_CONFIGURATION='{"postgresql": {"password": "hush"')
        self.assertIn("SPILO_CONFIGURATION", problem)
        self.assertNotIn("hush", problem)

    def test_a_section_that_is_no_map_is_refused(self):
        (problem,) = problems(SPILO_CONFIGURATION='{"bootstrap": [1]}')
        self.assertIn("bootstrap", problem)

    def test_a_copy_needs_all_of_its_source(self):
        found = problems(CLONE_METHOD="CLONE_WITH_BASEBACKUP", CLONE_SCOPE="source", CLONE_HOST="source")
        self.assertEqual(len(found), 2, found)
        self.assertIn("CLONE_USER", found[0])
        self.assertIn("CLONE_PASSWORD", found[1])

    def test_what_needs_an_archive_is_refused(self):
        self.assertIn("CLONE_WITH_WALE", problems(CLONE_METHOD="CLONE_WITH_WALE")[0])
        self.assertIn("STANDBY_WALE_S3_PREFIX", problems(STANDBY_WALE_S3_PREFIX="s3://bucket/path")[0])

    def test_a_standby_with_a_host_may_name_an_archive_too(self):
        self.assertEqual(problems(STANDBY_HOST="source", STANDBY_WALE_S3_PREFIX="s3://bucket/path"), [])


class KubernetesTest(unittest.TestCase):
    def kubernetes(self, **changes: str) -> dict:
        return environment.read({**sample.MINIMAL, **changes}).kubernetes

    def test_role_labels_are_those_that_services_select(self):
        section = self.kubernetes()
        self.assertEqual(section["role_label"], "spilo-role")
        self.assertEqual(section["leader_label_value"], "master")
        self.assertEqual(section["standby_leader_label_value"], "master")
        self.assertEqual(section["scope_label"], "cluster-name")
        self.assertEqual(section["labels"], {"application": "spilo"})
        self.assertEqual(section["bootstrap_labels"], {"critical-operation": "true"})

    def test_configmaps_as_store(self):
        self.assertNotIn("use_endpoints", self.kubernetes())
        self.assertNotIn("use_configmaps", self.kubernetes())

    def test_endpoints_as_store_carry_the_pod(self):
        section = self.kubernetes(KUBERNETES_USE_CONFIGMAPS="")
        self.assertEqual(section["use_endpoints"], True)
        self.assertEqual(section["pod_ip"], "10.2.3.4")
        self.assertEqual(section["ports"], [{"name": "postgresql", "port": 5432}])

    def test_what_kubernetes_itself_sets_stays_out(self):
        self.assertNotIn("service_host", self.kubernetes())
        self.assertNotIn("port", self.kubernetes())

    def test_any_other_setting_reaches_patroni(self):
        self.assertEqual(self.kubernetes(KUBERNETES_LEADER_LABEL_VALUE="primary", KUBERNETES_XLOG_CACHE_TTL="10")["leader_label_value"], "primary")
        self.assertIs(self.kubernetes(KUBERNETES_BYPASS_API_SERVICE="false")["bypass_api_service"], False)


class SecretsTest(unittest.TestCase):
    def test_no_secret_in_what_could_be_logged(self):
        given = {**sample.MINIMAL, "CLONE_METHOD": "CLONE_WITH_BASEBACKUP", "CLONE_SCOPE": "s", "CLONE_HOST": "s", "CLONE_USER": "u",
                 "CLONE_PASSWORD": "clone's secret", "SSL_CERTIFICATE": "certificate", "SSL_PRIVATE_KEY": "key's secret", "PGPASSWORD_ADMIN": "admin's secret",
                 "WAL_S3_BUCKET": "bucket", "AWS_SECRET_ACCESS_KEY": "aws secret"}
        read = environment.read(given)
        self.assertEqual(read.superuser.password, sample.SECRETS[0])
        self.assertNotIn("secret", repr(read))
        self.assertNotIn("secret", " ".join(read.notes))

    def test_an_archive_is_announced_as_missing(self):
        notes = environment.read({**sample.MINIMAL, "WAL_S3_BUCKET": "bucket", "BACKUP_SCHEDULE": "0 1 * * *", "USE_WALG_BACKUP": "true"}).notes
        self.assertIn("no WAL is archived", notes[0])
        self.assertIn("BACKUP_SCHEDULE, USE_WALG_BACKUP", notes[1])


if __name__ == "__main__":
    unittest.main()
