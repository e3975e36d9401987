import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from spilo.supervisor import patroni_environment

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
# Supervises a stand-in for Patroni that notes each start and then waits for a signal (or ends with the code it is told to).
RUN = """
import sys; sys.path.insert(0, {scripts!r})
from pathlib import Path
from spilo.supervisor import Supervisor
child = ["sh", "-c", "trap 'exit 0' TERM; echo x >> starts; {then}"]
sys.exit(Supervisor(child, dict(PATH="/usr/bin:/bin"), Path("pid"), attempts=3, first_pause=0.01).run())
"""


class SupervisorTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def supervise(self, then: str) -> subprocess.Popen:
        process = subprocess.Popen([sys.executable, "-c", RUN.format(scripts=str(SCRIPTS), then=then)], cwd=self.folder, stderr=subprocess.DEVNULL)
        self.addCleanup(process.kill)
        return process

    def starts(self) -> int:
        path = self.folder / "starts"
        return len(path.read_text().split()) if path.exists() else 0

    def await_starts(self, count: int) -> None:
        deadline = time.monotonic() + 30
        while self.starts() < count:
            self.assertLess(time.monotonic(), deadline, f"{self.starts()} starts instead of {count}")
            time.sleep(0.01)

    def test_a_stop_signal_ends_patroni_and_the_container(self):
        process = self.supervise("while :; do sleep 0.05; done")
        self.await_starts(1)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 0)
        self.assertEqual(self.starts(), 1)

    def test_a_dying_patroni_is_started_again_until_it_fails_too_often(self):
        process = self.supervise("exit 7")
        self.assertEqual(process.wait(30), 1)
        self.assertEqual(self.starts(), 3)

    def test_an_asked_for_restart_is_no_failure(self):
        process = self.supervise("while :; do sleep 0.05; done")
        for count in (1, 2, 3, 4):
            self.await_starts(count)
            os.kill(int((self.folder / "pid").read_text()), signal.SIGUSR1)
        self.await_starts(5)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 0)

    def test_patroni_gets_no_secret_from_the_pods_environment(self):
        given = {"PGPASSWORD_SUPERUSER": "x", "AWS_SECRET_ACCESS_KEY": "x", "KUBERNETES_SERVICE_HOST": "h", "POD_IP": "i", "PGUSER": "u"}
        self.assertEqual(patroni_environment(given), {"KUBERNETES_SERVICE_HOST": "h", "POD_IP": "i", "HOME": "/home/postgres"})


if __name__ == "__main__":
    unittest.main()
