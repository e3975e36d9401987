import tempfile
import unittest
from pathlib import Path

from spilo.upgrade.patroni import obstacles
from spilo.upgrade.server import Failed, Server, run
from spilo.versions import Installed


def member(name: str, role: str, state: str, **more) -> dict:
    return {"name": name, "role": role, "state": state, "api_url": f"http://{name}:8008/patroni", "host": name, "port": 5432, **more}


class ObstaclesTest(unittest.TestCase):
    leader = member("a-0", "leader", "running")

    def test_a_healthy_cluster_has_none(self):
        cluster = {"members": [self.leader, member("a-1", "replica", "streaming", lag=0), member("a-2", "sync_standby", "streaming", lag=100)]}
        self.assertEqual(obstacles(cluster, "a-0", 3), [])

    def test_all_are_named_together(self):
        cluster = {"pause": True, "members": [self.leader, member("a-1", "replica", "running", lag=0), member("a-2", "replica", "streaming", lag=1 << 30)]}
        found = obstacles(cluster, "a-0", 4)
        self.assertEqual(len(found), 4, found)

    def test_only_the_primary_may_begin(self):
        self.assertIn("a-1 is not the running primary", obstacles({"members": [self.leader, member("a-1", "replica", "streaming", lag=0)]}, "a-1", 2))

    def test_an_unknown_lag_is_not_no_lag(self):
        (found,) = obstacles({"members": [self.leader, member("a-1", "replica", "streaming", lag="unknown")]}, "a-0", 2)
        self.assertIn("a-1 lags", found)


class UndoTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.server = Server(Path(folder.name, "data"), "postgres", Installed())
        for path, content in ((self.server.data, "old"), (self.server.fresh, "new")):
            (path / "global").mkdir(parents=True)
            (path / "PG_VERSION").write_text(content)

    def test_before_the_swap(self):
        self.server.undo()
        self.assertEqual((self.server.data / "PG_VERSION").read_text(), "old")
        self.assertFalse(self.server.fresh.exists())

    def test_after_the_swap_and_with_the_old_server_disabled(self):
        (self.server.data / "global" / "pg_control.old").write_text("control")
        self.server.swap()
        self.server.undo()
        self.assertEqual((self.server.data / "PG_VERSION").read_text(), "old")
        self.assertEqual((self.server.data / "global" / "pg_control").read_text(), "control")
        self.assertFalse(self.server.fresh.exists() or self.server.former.exists())

    def test_a_failing_program_is_reported_with_what_it_said(self):
        with self.assertRaisesRegex(Failed, "sh ended with 3:\nbecause"):
            run(["sh", "-c", "echo because; exit 3"])


if __name__ == "__main__":
    unittest.main()
