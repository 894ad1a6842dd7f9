"""A service that runs for a test, and load for it."""
import collections
import http.client
import os
import re
import subprocess
import threading

BIN = os.environ["RIPTIDE_BIN"]
COMPONENTS = os.environ["RIPTIDE_TEST_COMPONENTS"]
WORDS = "Tides rise and fall with the moon, and every harbour keeps a table of them"
PAGE = ("<!doctype html><html lang=en><title>Tides</title><article><h1>Tides</h1>"
        + f"<p>{WORDS}.</p>" * 4 + "</article></html>").encode()


class Service:
    """`riptide serve` on a loopback port: any free one, or the one it had when started again."""

    def __init__(self, **options):
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith("RIPTIDE_")}
        self.environment = {**kept, **options}
        self.port = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [BIN, "serve", "--listen", f"127.0.0.1:{self.port}"], env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            found = re.search(r"127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found[1])
                break
        else:
            raise AssertionError(f"the service ended with {self.process.wait()}")
        # It must never wait for a reader of its log.
        self.log = collections.deque(maxlen=40)
        self.reader = threading.Thread(target=self.log.extend, args=[self.process.stdout])
        self.reader.start()

    def stop(self):
        """What was told to stop ends with 0."""
        self.process.terminate()
        try:
            status = self.process.wait(timeout=20)
        finally:
            self.process.kill()
            self.reader.join()
            self.process.stdout.close()
        if status != 0:
            raise AssertionError(f"the service ended with {status}: {''.join(self.log)}")

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def post(self, body, headers=None, path="/extract"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, body, {"Content-Type": "text/html", **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


class Load:
    """Sends pages, one after the other, as long as it is entered."""

    def __init__(self, service, body=PAGE):
        self.service = service
        self.body = body
        self.stopping = threading.Event()

    def run(self):
        while not self.stopping.is_set():
            self.service.post(self.body)
            self.stopping.wait(0.005)

    def __enter__(self):
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join()
