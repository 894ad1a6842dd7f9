#!/usr/bin/env python3
"""What a server that runs exports moves under load, and Prometheus accepts it."""
import json
import os
import socket
import subprocess
import unittest
import urllib.error
import urllib.request

from exposition import SAMPLE
from support import Server

PAGE = b"<!doctype html><title>T</title><article><p>The quick brown fox.</p></article>"


def get(server, path):
    with urllib.request.urlopen(f"http://{server.address}{path}", timeout=20) as response:
        return response.read().decode()


def post(server, path, body, content_type="text/html"):
    request = urllib.request.Request(f"http://{server.address}{path}", body,
                                     {"Content-Type": content_type})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def samples(server):
    out = {}
    for line in get(server, "/metrics").splitlines():
        if not line.startswith("#"):
            sample, value = line.rsplit(" ", 1)
            assert SAMPLE.match(line), line
            out[sample] = float(value)
    return out


class RunningServer(unittest.TestCase):
    def test_promtool_accepts_what_is_served(self):
        with Server() as server:
            text = get(server, "/metrics")
        checked = subprocess.run(["promtool", "check", "metrics"], input=text, text=True,
                                 capture_output=True, check=False)
        self.assertEqual((checked.returncode, checked.stdout + checked.stderr), (0, ""))

    def test_move_with_what_clients_do(self):
        with Server(RIPTIDE_BODY_LIMIT_MB="1", RIPTIDE_HEADER_TIMEOUT_SECS="1") as server:
            before = samples(server)
            self.assertEqual(post(server, "/extract", PAGE)[0], 200)
            lines = b"".join(json.dumps({"html": html}).encode() + b"\n"
                             for html in [PAGE.decode(), ""])
            post(server, "/extract/batch", lines, "application/x-ndjson")
            self.assertEqual(post(server, "/extract", b"x" * 2_000_000)[0], 413)
            for path in ["/livez", "/readyz", "/health/pool", "/openapi.json", "/"]:
                get(server, path)
            host, port = server.address.split(":")
            with socket.create_connection((host, int(port))) as client:
                client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                               b"Content-Length: 6\r\n\r\n")
                while client.recv(4096):
                    pass
            with socket.create_connection((host, int(port))) as client:
                client.sendall(b"GET / HTTP/1.1\r\n")
                while client.recv(4096):
                    pass
            after = samples(server)
        moved = [
            'riptide_http_requests_total{route="extract",status="2xx"}',
            'riptide_http_requests_total{route="extract",status="4xx"}',
            'riptide_http_requests_total{route="batch",status="2xx"}',
            'riptide_http_requests_total{route="livez",status="2xx"}',
            'riptide_http_requests_total{route="readyz",status="2xx"}',
            'riptide_http_requests_total{route="pool-health",status="2xx"}',
            'riptide_http_requests_total{route="openapi",status="2xx"}',
            'riptide_http_requests_total{route="page",status="2xx"}',
            'riptide_http_requests_total{route="metrics",status="2xx"}',
            'riptide_http_request_duration_seconds_count{route="extract"}',
            'riptide_http_request_duration_seconds_sum{route="extract"}',
            'riptide_http_connections_accepted_total',
            'riptide_http_refused_total{reason="malformed"}',
            'riptide_http_refused_total{reason="body-limit"}',
            'riptide_http_timeouts_total{kind="header"}',
            'riptide_http_received_bytes_total', 'riptide_http_sent_bytes_total',
            'riptide_http_batch_lines_total{result="ok"}',
            'riptide_wasm_requests_total', 'riptide_wasm_results_total{result="ok"}',
            'riptide_log_lines_total{level="info"}', 'process_cpu_seconds_total',
        ]
        for sample in moved:
            with self.subTest(sample):
                self.assertGreater(after[sample], before[sample])
        self.assertEqual(set(before), set(after))
        self.assertEqual(after["riptide_http_connections"], 1)
        self.assertEqual(after["riptide_wasm_sandbox_up"], 1)

    def test_unauthorized_requests_are_counted(self):
        token = "a-token-for-tests-only"
        with Server(RIPTIDE_ADMIN_TOKEN=token) as server:
            for _ in range(3):
                with self.assertRaises(urllib.error.HTTPError):
                    get(server, "/metrics")
            request = urllib.request.Request(f"http://{server.address}/metrics",
                                             headers={"Authorization": "Bearer " + token})
            with urllib.request.urlopen(request, timeout=20) as response:
                self.assertIn('riptide_http_refused_total{reason="unauthorized"} 3',
                              response.read().decode())

    def test_a_log_line_of_a_hostile_request_is_one_line(self):
        with Server(RIPTIDE_LOG_FORMAT="json") as server:
            host, port = server.address.split(":")
            with socket.create_connection((host, int(port))) as client:
                client.sendall(b"GET /x\"y%0a HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\x7f\"b\r\n"
                               b"traceparent: \xff\xfe\r\nConnection: close\r\n\r\n")
                while client.recv(4096):
                    pass
            code, log = server.stop()
        self.assertEqual(code, 0)
        for line in log.splitlines():
            self.assertIn("msg", json.loads(line))

    def test_a_log_that_nobody_reads_holds_up_nobody(self):
        with Server() as server:
            done = subprocess.run(
                [os.environ["RIPTIDE_LOAD"], server.address, "--path", "/livez", "--json",
                 "--warm-up", "0", "--requests", "5000", "--duration", "20"],
                check=True, capture_output=True, text=True)
            dropped = samples(server)["riptide_log_dropped_total"]
            server.process.terminate()
            code = server.process.wait(timeout=20)
        self.assertEqual(json.loads(done.stdout)["statuses"], {"200": 5000})
        self.assertGreater(dropped, 0)
        self.assertEqual(code, 0)

    def test_no_token_is_in_the_log(self):
        token = "a-token-for-tests-only"
        with Server(RIPTIDE_ADMIN_TOKEN=token, RIPTIDE_LOG_LEVEL="debug") as server:
            with self.assertRaises(urllib.error.HTTPError):
                get(server, "/metrics")
            _, log = server.stop()
        self.assertNotIn(token, log)
        self.assertIn("/metrics", log)


if __name__ == "__main__":
    unittest.main()
