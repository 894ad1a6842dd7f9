"""What the tests of the service share."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from contextlib import closing

BIN = os.environ["RIPTIDE_BIN"]
COMPONENTS = os.environ.get("RIPTIDE_TEST_COMPONENTS", "")
WORDS = "Tides rise and fall with the moon, and every harbour keeps a table of them"
PAGE = ("<!doctype html><html lang=en><head><title>Tides</title></head><body><article><h1>Tides</h1>"
        + f"<p>{WORDS}.</p><p class=second>{WORDS}, the second time.</p>" * 4
        + "</article></body></html>").encode()
HTML = {"Content-Type": "text/html"}
JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}
# Read by the guest of tests/guest/faulty_extract.cpp, which then never returns.
ENDLESS = b"loop x"
TIMEOUT = 20


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def lines(self):
        return [json.loads(line) for line in self.body.splitlines()]


class Service:
    """`riptide serve` on a free port of the loopback interface."""

    def __init__(self, *flags, listen="127.0.0.1:0", host="127.0.0.1", under=(), **options):
        """`under` is a command that starts another."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RIPTIDE_")}
        self.log = tempfile.TemporaryFile()
        self.host = host
        self.process = subprocess.Popen(
            [*under, BIN, "serve", "--listen", listen, *flags], env={**kept, **options},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log)
        self.line = self.process.stdout.readline().decode()
        ports = [int(port) for port in re.findall(r"http://\S+:(\d+)", self.line)]
        self.port = ports[0] if ports else None
        self.admin_port = ports[-1] if ports else None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """The exit code after SIGTERM."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=TIMEOUT)
        finally:
            self.process.kill()
            self.process.stdout.close()

    def logged(self):
        self.log.seek(0)
        return self.log.read().decode()

    def connect(self):
        connection = socket.create_connection((self.host, self.port), timeout=TIMEOUT)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def request(self, method, path, body=None, headers=None, port=None):
        connection = http.client.HTTPConnection(self.host, port or self.port, timeout=TIMEOUT)
        with closing(connection):
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def get(self, path, **headers):
        return self.request("GET", path, headers=headers)

    def extract(self, body=PAGE, headers=HTML, query=""):
        return self.request("POST", "/extract" + query, body, headers)

    def batch(self, *pages):
        body = b"".join((page if isinstance(page, bytes) else json.dumps(page).encode()) + b"\n"
                        for page in pages)
        return self.request("POST", "/extract/batch", body, LINES)

    def raw(self, data, ends=False):
        """All that comes back for these bytes until the service closes."""
        with closing(self.connect()) as connection:
            connection.sendall(data)
            if ends:
                connection.shutdown(socket.SHUT_WR)
            return read_all(connection)

    def metric(self, name):
        """The value of one sample, by its name and labels."""
        for line in self.get("/metrics").body.decode().splitlines():
            if line.rpartition(" ")[0] == name:
                return float(line.rpartition(" ")[2])
        raise KeyError(name)


def read_all(connection):
    data = b""
    try:
        while piece := connection.recv(65536):
            data += piece
    except ConnectionResetError:
        pass
    return data


def statuses(data):
    return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", data)]


def eventually(check, seconds=10):
    """Waits until it holds."""
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            raise AssertionError("it never held")
        time.sleep(0.01)


class ServiceTest(unittest.TestCase):
    """One service for all tests of a class."""
    FLAGS = ()
    OPTIONS = {}

    @classmethod
    def setUpClass(cls):
        cls.service = Service(*cls.FLAGS, **cls.OPTIONS)

    @classmethod
    def tearDownClass(cls):
        code = cls.service.stop()
        if code != 0:
            raise AssertionError(f"exit code {code}: {cls.service.logged()}")

    def assert_problem(self, answer, status, error_class=None, *words):
        self.assertEqual(answer.status, status, answer.body)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        problem = answer.json
        self.assertEqual(set(problem), {"type", "title", "status", "detail", "class", "request_id"})
        self.assertEqual(problem["status"], status)
        self.assertEqual(problem["request_id"], answer.headers["X-Request-Id"])
        if error_class:
            self.assertEqual(problem["class"], error_class)
        for word in words:
            self.assertIn(word, problem["detail"])
