#!/usr/bin/env python3
"""`riptide doctor --url` says what is wrong with a server."""
import json
import socket
import unittest

from fake_server import FakeServer
from support import Server, riptide

TOKEN = "a-token-for-tests-only"


def findings(url, **options):
    done = riptide("doctor", "--url", url, "--format", "json", **options)
    return done.returncode, {f["name"]: f for f in json.loads(done.stdout)["findings"]}


class Doctor(unittest.TestCase):
    def test_finds_nothing_wrong_with_a_server_that_is_well(self):
        with Server() as server:
            code, found = findings(f"http://{server.address}")
        self.assertEqual(code, 0)
        self.assertEqual([name for name, finding in found.items() if not finding["works"]], [])
        self.assertEqual(list(found), ["answers", "ready", "health", "metrics", "version", "clock",
                                       "canary in the sandbox"])

    def test_takes_the_token_from_the_options(self):
        with Server(RIPTIDE_ADMIN_TOKEN=TOKEN) as server:
            _, without = findings(f"http://{server.address}")
            _, wrong = findings(f"http://{server.address}", RIPTIDE_ADMIN_TOKEN=TOKEN + "x")
            _, right = findings(f"http://{server.address}", RIPTIDE_ADMIN_TOKEN=TOKEN)
        self.assertIn("RIPTIDE_ADMIN_TOKEN", without["metrics"]["detail"])
        self.assertFalse(wrong["metrics"]["works"])
        self.assertTrue(right["metrics"]["works"])

    def test_says_where_the_metrics_are(self):
        with Server(RIPTIDE_ADMIN_LISTEN="127.0.0.1:0") as server:
            code, found = findings(f"http://{server.address}")
        self.assertEqual(code, 0)
        self.assertIn("admin listener", found["metrics"]["detail"])

    def test_says_when_pages_are_not_extracted_in_the_sandbox(self):
        with Server(RIPTIDE_WASM_COMPONENT="/nonexistent.wasm") as server:
            code, found = findings(f"http://{server.address}")
        self.assertEqual(code, 5)
        self.assertIn("natively", found["canary in the sandbox"]["detail"])

    def test_says_when_nobody_answers(self):
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        code, found = findings(f"http://127.0.0.1:{port}")
        self.assertEqual(code, 5)
        self.assertEqual(list(found), ["answers"])
        self.assertIn("cannot connect", found["answers"]["detail"])

    def test_says_when_it_is_another_server(self):
        answer = (b"HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\nConnection: close\r\n"
                  b"Content-Length: 2\r\n\r\nhi")
        with FakeServer(answer=answer, keep_alive=False) as server:
            code, found = findings(f"http://{server.address}")
        self.assertEqual(code, 5)
        for name in ["health", "metrics", "version", "clock", "canary in the sandbox"]:
            self.assertFalse(found[name]["works"], name)
        self.assertIn("ahead", found["clock"]["detail"])

    def test_what_is_no_url_is_a_mistake_of_use(self):
        for url, why in (("https://a.example", "https"), ("http://127.0.0.1:83796", "1 to 65535")):
            done = riptide("doctor", "--url", url)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f'doctor: --url: "{url}" is not allowed: ', done.stderr)
            self.assertIn(why, done.stderr)


if __name__ == "__main__":
    unittest.main()
