#!/usr/bin/env python3
"""The load generator is honest."""
import json
import os
import socket
import subprocess
import tempfile
import time
import unittest

from fake_server import FakeServer


def load(server, *arguments):
    return subprocess.run([os.environ["RIPTIDE_LOAD"], server, "--json", "--warm-up", "0",
                           *map(str, arguments)], capture_output=True, text=True, timeout=60,
                          check=False)


def report(server, *arguments):
    done = load(server, *arguments)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


class Load(unittest.TestCase):
    def test_an_open_loop_charges_a_stall_to_all_who_would_have_come_meanwhile(self):
        # One connection; the server stalls for a second once, at 100 requests a second.
        with FakeServer(lambda number: 1.0 if number == 50 else 0) as server:
            found = report(server.address, "--rate", 100, "--connections", 1, "--duration", 3)
        self.assertGreater(found["latency_ms"]["p90"], 300)
        self.assertGreater(found["latency_ms"]["max"], 950)
        self.assertAlmostEqual(found["answers_per_second"], 100, delta=10)

    def test_a_closed_loop_sees_the_stall_once(self):
        with FakeServer(lambda number: 1.0 if number == 50 else 0.005) as server:
            found = report(server.address, "--connections", 1, "--duration", 3)
        self.assertLess(found["latency_ms"]["p90"], 100)
        self.assertGreater(found["latency_ms"]["max"], 950)

    def test_what_could_not_be_sent_is_told(self):
        with FakeServer(lambda number: 0.1) as server:
            found = report(server.address, "--rate", 100, "--connections", 1, "--duration", 2)
        self.assertGreater(found["unsent"], 150)
        self.assertAlmostEqual(found["answers"] + found["unsent"], 200, delta=3)

    def test_tells_what_an_answer_costs_the_server(self):
        def work(_):
            until = time.thread_time() + 0.01
            while time.thread_time() < until:
                pass
            return 0

        with FakeServer(work) as server:
            found = report(server.address, "--connections", 1, "--duration", 2, "--pid",
                           os.getpid())
            without = report(server.address, "--connections", 1, "--requests", 1)
        self.assertGreater(found["server_cpu_ms_per_answer"], 8)
        self.assertLess(found["server_cpu_ms_per_answer"], 40)
        self.assertIsNone(without["server_cpu_ms_per_answer"])
        self.assertGreater(found["generator_cpu_ms_per_answer"], 0)
        self.assertLess(found["generator_cpu_ms_per_answer"], 10)

    def test_keeps_to_the_number_of_requests(self):
        with FakeServer() as server:
            found = report(server.address, "--requests", 7, "--duration", 5)
            self.assertEqual((found["answers"], server.requests), (7, 7))

    def test_posts_the_pages_in_turn(self):
        with tempfile.TemporaryDirectory() as directory, FakeServer() as server:
            pages = []
            for name, size in [("a", 3), ("b", 300000)]:
                pages += ["--page", os.path.join(directory, name)]
                with open(pages[-1], "w", encoding="ascii") as file:
                    file.write(name * size)
            report(server.address, "--requests", 4, "--connections", 1, *pages)
            self.assertEqual([head[-1:] for head in server.heads], [b"a", b"b", b"a", b"b"])
            self.assertTrue(server.heads[0].startswith(b"POST /extract HTTP/1.1\r\n"))
            self.assertIn(b"\r\nContent-Length: 300000\r\n", server.heads[1])

    def test_counts_statuses_and_chunked_answers(self):
        answer = (b"HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n"
                  b"2\r\nno\r\n0\r\n\r\n")
        with FakeServer(answer=answer) as server:
            found = report(server.address, "--requests", 5, "--duration", 2)
        self.assertEqual(found["statuses"], {"503": 5})

    def test_connects_again_when_the_server_closes(self):
        answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        with FakeServer(answer=answer, keep_alive=False) as server:
            found = report(server.address, "--requests", 20, "--connections", 2, "--duration", 5)
        self.assertEqual((found["answers"], found["failed_connections"]), (20, 0))

    def test_an_answer_that_is_none_is_a_failure(self):
        with FakeServer(answer=b"nonsense\r\n\r\n", keep_alive=False) as server:
            done = load(server.address, "--requests", 3, "--duration", 2)
        self.assertEqual(done.returncode, 4)

    def test_an_answer_that_never_comes_is_a_timeout(self):
        with FakeServer(lambda number: 30 if number == 1 else 0) as server:
            found = report(server.address, "--connections", 1, "--timeout", 1, "--duration", 2)
        self.assertEqual(found["timeouts"], 1)
        self.assertGreater(found["answers"], 10)

    def test_ends_where_there_is_no_server(self):
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        started = time.monotonic()
        self.assertEqual(load(f"127.0.0.1:{port}", "--duration", 1).returncode, 4)
        self.assertLess(time.monotonic() - started, 5)

    def test_loads_no_other_machine_unless_told_to(self):
        done = load("192.0.2.1:80", "--requests", 1)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--allow-remote", done.stderr)


if __name__ == "__main__":
    unittest.main()
