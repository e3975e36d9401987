import unittest

import sample
from spilo.versions import NoBinaries, choose


class VersionTest(unittest.TestCase):
    def setUp(self):
        self.installed = sample.installed(self, "15", "17")

    def test_the_volume_beats_everything(self):
        version, remarks = choose(self.installed, "15", self.installed.bin_dir("17"), "17")
        self.assertEqual(version, "15")
        self.assertIn("15", remarks[0])

    def test_the_bin_dir_beats_the_wish(self):
        self.assertEqual(choose(self.installed, "", self.installed.bin_dir("15") + "/", "17"), ("15", []))

    def test_the_wish(self):
        self.assertEqual(choose(self.installed, "", None, "15"), ("15", []))

    def test_an_unknown_wish_gives_the_newest_and_says_so(self):
        version, remarks = choose(self.installed, "", None, "18")
        self.assertEqual(version, "17")
        self.assertIn("18", remarks[0])

    def test_a_volume_of_a_version_that_is_not_there_is_refused(self):
        with self.assertRaisesRegex(NoBinaries, "PostgreSQL 16; this image has 17, 15"):
            choose(self.installed, "16", None, "17")

    def test_a_bin_dir_that_is_not_there_is_refused(self):
        with self.assertRaisesRegex(NoBinaries, "/opt/pg/bin"):
            choose(self.installed, "", "/opt/pg/bin", "17")

    def test_only_libraries_that_exist_are_preloaded(self):
        self.assertEqual(self.installed.preloaded("15"), "pg_stat_statements")
        self.assertIn("timescaledb", self.installed.preloaded("17"))


if __name__ == "__main__":
    unittest.main()
