import os
import tempfile
import unittest
import unittest.mock
from pathlib import Path

from spilo import machine, prepare
from spilo.environment import Login, Tls


class FilesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        if os.geteuid() == 0:
            self.enterContext(unittest.mock.patch.object(prepare, "user_id", return_value=(0, 0)))

    def test_what_holds_secrets_is_private(self):
        path = self.folder / "postgres.yml"
        path.write_text("old")
        path.chmod(0o644)
        prepare.private_file(path, "new")
        self.assertEqual(path.read_text(), "new")
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)

    def test_a_certificate_is_made_once(self):
        tls = Tls(str(self.folder / "server.crt"), str(self.folder / "server.key"), "", "", own=True)
        prepare.certificate(tls)
        first = (self.folder / "server.crt").read_text()
        prepare.certificate(tls)
        self.assertTrue(first.startswith("-----BEGIN CERTIFICATE-----"))
        self.assertEqual((self.folder / "server.crt").read_text(), first)
        self.assertEqual((self.folder / "server.key").stat().st_mode & 0o777, 0o600)

    def test_a_mounted_certificate_is_left_alone(self):
        prepare.certificate(Tls("/tls/tls.crt", "/tls/tls.key", "", "", own=False))
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_user_without_a_name_becomes_postgres(self):
        passwd = self.folder / "passwd"
        passwd.write_text("root:x:0:0:root:/root:/bin/bash\npostgres:x:101:103::/home/postgres:/bin/bash\n")
        with unittest.mock.patch.object(prepare, "user_id", return_value=(4242, 4243)):
            prepare.name_this_user(passwd)
            prepare.name_this_user(passwd)
        self.assertEqual(passwd.read_text(), "root:x:0:0:root:/root:/bin/bash\npostgres:x:4242:4243::/home/postgres:/bin/bash\n")

    def test_pgpass_escapes_its_separator(self):
        self.assertEqual(prepare.pgpass_line("source", 5432, Login("a:b", "c\\d:e")), "source:5432:*:a\\:b:c\\\\d\\:e")


class MemoryTest(unittest.TestCase):
    def memory(self, text: str) -> int:
        with tempfile.NamedTemporaryFile("w") as limit:
            limit.write(text)
            limit.flush()
            return machine.memory_mb((limit.name,))

    def test_the_limit_of_the_container(self):
        self.assertEqual(self.memory("268435456\n"), 256)

    def test_no_limit_means_the_machine(self):
        self.assertEqual(self.memory("max\n"), machine.memory_mb(()))
        self.assertEqual(self.memory("9223372036854771712\n"), machine.memory_mb(()))

    def test_connections_stay_within_bounds(self):
        self.assertEqual([machine.max_connections(memory) for memory in (100, 6000, 999999)], [100, 200, 1000])


if __name__ == "__main__":
    unittest.main()
