#!/usr/bin/env python3
"""The soak finds what leaks, and a server that ends."""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOAK = HERE.parent.parent / "tools/soak"
# A server in a process of its own; {hook} runs at each request.
SERVER = """
import os, sys, threading
sys.path.insert(0, {here!r})
from fake_server import FakeServer
kept = []
def delay(number):
    {hook}
    return 0
with FakeServer(delay) as server:
    print(server.address, flush=True)
    threading.Event().wait()
"""


class Soak(unittest.TestCase):
    def soak(self, hook):
        with tempfile.NamedTemporaryFile("w", suffix=".html") as page, subprocess.Popen(
                [sys.executable, "-c", SERVER.format(here=str(HERE), hook=hook)],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            page.write("<p>page")
            page.flush()
            try:
                return subprocess.run(
                    [SOAK, "--load", os.environ["RIPTIDE_LOAD"], "--pid", str(server.pid),
                     "--server", server.stdout.readline().strip(), "--seconds", "8", "--rate", "50",
                     "--page", page.name], capture_output=True, text=True, timeout=120, check=False)
            finally:
                server.kill()

    def test_memory_that_grows_is_found(self):
        done = self.soak("kept.append(b'x' * 500_000)")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertRegex(done.stdout, "resident_mib: .*GREW")

    def test_descriptors_that_grow_are_found(self):
        done = self.soak("kept.append(os.open('/dev/null', os.O_RDONLY))")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertRegex(done.stdout, "descriptors: .*GREW")

    def test_a_server_that_ends_is_found(self):
        done = self.soak("number == 100 and os._exit(0)")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("FAILED", done.stderr)

    def test_loads_no_other_machine(self):
        done = subprocess.run([SOAK, "--load", "x", "--pid", "1", "--server", "192.0.2.1:80",
                               "--page", "x"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("loopback", done.stderr)


if __name__ == "__main__":
    unittest.main()
