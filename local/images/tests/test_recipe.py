import shutil
import tempfile
import unittest
from pathlib import Path

from imagebuild import debian, recipe, rootfs

HERE = Path(__file__).resolve().parents[1]


class RecipeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "pgbouncer"
        shutil.copytree(HERE / "pgbouncer", self.folder)

    def keys(self) -> tuple[str, str]:
        read = recipe.read(self.folder)
        return read.key(), read.rootfs.key()

    def test_the_images_have_the_names_that_manifests_use(self):
        self.assertEqual(recipe.read(HERE / "spilo-dev").reference, "localhost/patroni-operator/spilo-dev:17")
        self.assertEqual(recipe.read(HERE / "pgbouncer").reference, "localhost/patroni-operator/pgbouncer:1.24")

    def test_a_changed_script_renews_the_archive_but_not_the_root_file_system(self):
        archive, root_file_system = self.keys()
        script = next(self.folder.joinpath("scripts").rglob("*.py"))
        script.write_text(script.read_text() + "# changed\n")
        self.assertNotEqual(self.keys()[0], archive)
        self.assertEqual(self.keys()[1], root_file_system)

    def test_a_changed_package_renews_both(self):
        archive, root_file_system = self.keys()
        table = self.folder / "image.toml"
        table.write_text(table.read_text().replace('"tini"', '"dumb-init"'))
        self.assertNotEqual(self.keys()[0], archive)
        self.assertNotEqual(self.keys()[1], root_file_system)

    def test_nothing_changed_nothing_renewed(self):
        self.assertEqual(self.keys(), self.keys())

    def test_a_variant_has_its_own_name_and_archive(self):
        postgis = recipe.read(HERE / "spilo-dev", "postgis")
        self.assertEqual(postgis.reference, "localhost/patroni-operator/spilo-dev:17-postgis")
        self.assertEqual(postgis.file_name, "spilo-dev-17-postgis")
        self.assertIn("postgresql-17-postgis-3", postgis.rootfs.packages)

    def test_an_unknown_variant_is_refused_with_the_known_ones(self):
        with self.assertRaisesRegex(ValueError, "'gis'; it has: postgis"):
            recipe.read(HERE / "spilo-dev", "gis")

    def test_fixed_users_exist_before_the_packages(self):
        command = rootfs.mmdebstrap_command(recipe.read(HERE / "spilo-dev").rootfs, "http://mirror/debian", Path("/d"), Path("/o.tar"))
        hooks = [option for option in command if option.startswith("--essential-hook")]
        self.assertTrue(any("postgres:x:101:103:" in hook for hook in hooks))

    def test_the_second_suite_only_fills_gaps(self):
        command = rootfs.mmdebstrap_command(recipe.read(HERE / "spilo-dev").rootfs, "http://mirror/debian", Path("/d"), Path("/o.tar"))
        self.assertTrue(any("Pin: release n=bookworm\\nPin-Priority: 100" in option for option in command))


class MirrorTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.apt = Path(folder.name)
        (self.apt / "sources.list.d").mkdir()

    def test_the_new_format(self):
        (self.apt / "sources.list.d" / "a.sources").write_text("Types: deb\n# URIs: http://old/debian\nURIs: http://mirror/debian\nSuites: bookworm\n")
        self.assertEqual(debian.mirror(self.apt, {}), "http://mirror/debian")

    def test_the_old_format(self):
        (self.apt / "sources.list").write_text("# deb http://no/debian x\ndeb [arch=amd64] http://mirror/debian-security b main\ndeb http://mirror/debian/ b main\n")
        self.assertEqual(debian.mirror(self.apt, {}), "http://mirror/debian")

    def test_the_environment_wins(self):
        self.assertEqual(debian.mirror(self.apt, {debian.OVERRIDE: "http://mine/debian/"}), "http://mine/debian")

    def test_none_is_an_error_that_says_what_to_do(self):
        with self.assertRaisesRegex(debian.NoMirror, debian.OVERRIDE):
            debian.mirror(self.apt, {})


if __name__ == "__main__":
    unittest.main()
