#!/usr/bin/env python3
"""A system that refuses threads. RIPTIDE_BIN is the program, FEW_THREADS_LIBRARY what makes it one."""
import http.client
import json
import os
import re
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

BIN = os.environ["RIPTIDE_BIN"]
LIBRARY = os.environ["FEW_THREADS_LIBRARY"]
OK, ENGINE_START = 0, 5
PAGE = b"<article><p>Tides rise and fall with the moon, and every harbour keeps a table of them."
MANY = 40
TIMEOUT = 60


class FewThreads(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = Path(scratch.name)
        (self.dir / "page.html").write_bytes(PAGE)
        (self.dir / "pages.jsonl").write_text((json.dumps({"html": PAGE.decode()}) + "\n") * 100)

    def environment(self, threads, cache):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RIPTIDE_")}
        return {**kept, "LD_PRELOAD": LIBRARY, "FEW_THREADS": str(threads),
                "RIPTIDE_AOT_CACHE_DIR": str(self.dir / cache)}

    def assert_told(self, stderr):
        self.assertIn(b"the system refuses a thread", stderr)
        self.assertIn(b"ulimit -u", stderr)

    def run_with_few(self, *arguments, cache):
        """The exit codes with 0 threads, 1, 2, ...; the last is that with many."""
        codes = []
        for threads in [*range(12), MANY]:
            ended = subprocess.run([BIN, *arguments], cwd=self.dir, check=False, timeout=TIMEOUT,
                                   env=self.environment(threads, cache or f"cache-{threads}"),
                                   stdin=subprocess.DEVNULL, capture_output=True)
            codes.append(ended.returncode)
            self.assertIn(ended.returncode, (OK, ENGINE_START), (threads, ended.stderr))
            if ended.returncode == ENGINE_START:
                self.assert_told(ended.stderr)
            elif arguments[0] == "batch":
                self.assertEqual(ended.stdout.count(b'"status":"ok"'), 100, (threads, ended.stderr))
            elif arguments[0] == "extract":
                self.assertIn(b"Tides", ended.stdout, (threads, ended.stderr))
        return codes

    def test_commands_do_with_the_threads_they_get_or_say_that_there_are_too_few(self):
        for arguments in [["extract", "-m", "full", "page.html"], ["compile"],
                          ["batch", "--jobs", "4", "-m", "full", "pages.jsonl"]]:
            for cache in (None, "cache"):  # the component is compiled, or was compiled before
                with self.subTest(arguments=arguments, cache=cache):
                    codes = self.run_with_few(*arguments, cache=cache)
                    self.assertEqual(codes[0], ENGINE_START)
                    self.assertEqual(codes, sorted(codes, reverse=True))
                    self.assertEqual(codes[-1], OK)

    def test_a_service_starts_and_serves_or_says_that_there_are_too_few(self):
        statuses = []
        for threads in [*range(16), MANY]:
            with self.subTest(threads=threads):
                process = subprocess.Popen([BIN, "serve", "--listen", "127.0.0.1:0"], cwd=self.dir,
                                           env=self.environment(threads, "cache"),
                                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                line = process.stdout.readline().decode()
                if not line:
                    _, said = process.communicate(timeout=TIMEOUT)
                    self.assertEqual(process.returncode, ENGINE_START, said)
                    self.assert_told(said)
                    continue
                for _ in range(2):
                    connection = http.client.HTTPConnection(
                        "127.0.0.1", int(re.search(r":(\d+)$", line)[1]), timeout=TIMEOUT)
                    connection.request("POST", "/extract?mode=full", PAGE, {"Content-Type": "text/html"})
                    answer = connection.getresponse()
                    body = answer.read()
                    connection.close()
                    self.assertIn(answer.status, (200, 503), body)
                    if answer.status == 503:
                        self.assert_told(body)
                        self.assertEqual(answer.headers["Retry-After"], "1")
                statuses.append(answer.status)
                process.send_signal(signal.SIGTERM)
                process.communicate(timeout=TIMEOUT)
                self.assertEqual(process.returncode, OK)
        self.assertEqual(statuses, sorted(statuses, reverse=True))
        self.assertEqual(set(statuses), {503, 200})


if __name__ == "__main__":
    unittest.main()
