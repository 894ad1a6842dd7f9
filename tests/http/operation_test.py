"""Start, admin routes, reload and stop."""
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from contextlib import closing
from pathlib import Path

from support import BIN, COMPONENTS, ENDLESS, PAGE, Service, eventually, read_all, statuses

TOKEN = "correct-horse-battery-staple"
FAULTY = os.path.join(COMPONENTS, "faulty.wasm")
HEAD = b"POST /extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/html\r\n"
IO, ENGINE_START = 4, 5


def own_address():
    """An address of this machine that is not loopback; None without one."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return None
        return probe.getsockname()[0]


class Start(unittest.TestCase):
    def fails(self, code, *words, listen="127.0.0.1:0", **options):
        with Service(listen=listen, **options) as service:
            self.assertEqual(service.process.wait(timeout=20), code)
            self.assertEqual(service.line, "")
            for word in words:
                self.assertIn(word, service.logged())

    def test_a_port_that_is_taken_is_said(self):
        with Service() as first:
            address = f"127.0.0.1:{first.port}"
            self.fails(IO, address, "taken by another program", listen=address)

    def test_an_address_that_is_not_ours_is_said(self):
        self.fails(IO, "no such address", listen="192.0.2.1:8080")

    def test_a_sandbox_that_cannot_start_is_said(self):
        self.fails(ENGINE_START, "/nowhere.wasm", RIPTIDE_WASM_COMPONENT="/nowhere.wasm",
                   RIPTIDE_WASM_ENABLE_FALLBACK="false")

    def test_with_the_fallback_it_serves_without_a_sandbox(self):
        with Service(RIPTIDE_WASM_COMPONENT="/nowhere.wasm") as service:
            self.assertEqual(service.extract().json["engine"], "native")
            self.assertEqual(service.get("/readyz").status, 200)
            self.assertEqual(service.get("/health/pool").json["level"], "degraded")


class Admin(unittest.TestCase):
    def test_a_token_that_is_set_is_needed(self):
        with Service(RIPTIDE_ADMIN_TOKEN=TOKEN) as service:
            for path in ["/admin/pool/health", "/metrics"]:
                for value in [None, "Bearer wrong", "Bearer", f"Basic {TOKEN}", f"Bearer {TOKEN}x"]:
                    answer = service.get(path, **({"Authorization": value} if value else {}))
                    self.assertEqual(answer.status, 401)
                    self.assertIn("Bearer", answer.headers["WWW-Authenticate"])
                answer = service.get(path, Authorization=f"Bearer {TOKEN}")
                self.assertEqual(answer.status, 200)
                self.assertNotIn(TOKEN, answer.body.decode())
            # The page is no secret; what it loads is.
            self.assertEqual(service.get("/admin/pool/health", Accept="text/html").status, 200)
            self.assertEqual(service.get("/health/pool").status, 200)

    def test_a_token_that_others_may_read_is_warned_of(self):
        with tempfile.TemporaryDirectory() as directory:
            file = Path(directory, "riptide.toml")
            file.write_text(f'admin_token = "{TOKEN}"\n')
            for mode, warns in [(0o640, True), (0o600, False)]:
                file.chmod(mode)
                with Service("--config", str(file)) as service:
                    self.assertEqual("chmod go-r" in service.logged(), warns)
                said = subprocess.run([BIN, "doctor", "--config", str(file)], capture_output=True).stderr
                self.assertEqual(b"chmod go-r" in said, warns)
                self.assertNotIn(TOKEN.encode(), said)

    def test_without_a_token_a_name_that_was_bent_to_loopback_is_421(self):
        with Service("--admin-listen", "127.0.0.1:0") as apart, Service() as one:
            for service, port in [(apart, apart.admin_port), (one, one.port)]:
                for path in ["/admin/pool/health", "/metrics"]:
                    for host, status in [("evil.example", 421), (f"127.evil.example:{port}", 421),
                                         (f"localhost:{port}", 200), ("a.localhost", 200), ("[::1]:1", 200)]:
                        answer = service.request("GET", path, headers={"Host": host}, port=port)
                        self.assertEqual(answer.status, status, host)
                    self.assertEqual(answer.headers["Content-Type"].split(";")[0],
                                     "application/json" if "pool" in path else "text/plain")
                refused = service.request("GET", "/metrics", headers={"Host": "evil.example"}, port=port)
                self.assertEqual(refused.headers["Content-Type"], "application/problem+json")
                self.assertEqual(refused.json["class"], "misdirected-request")
                self.assertEqual(service.request("GET", "/livez", headers={"Host": "x.example"}, port=port).status, 200)
            self.assertEqual(one.extract(headers={"Host": "x.example"}).status, 200)

    def test_admin_routes_have_their_own_listener(self):
        with Service("--admin-listen", "127.0.0.1:0") as service:
            for path in ["/admin/pool/health", "/metrics"]:
                self.assertEqual(service.get(path).status, 404)
                self.assertEqual(service.request("GET", path, port=service.admin_port).status, 200)
            self.assertEqual(service.request("POST", "/extract", PAGE, port=service.admin_port).status, 404)
            for port in [service.port, service.admin_port]:
                self.assertEqual(service.request("GET", "/livez", port=port).status, 200)

    @unittest.skipUnless(own_address(), "this machine has the loopback interface only")
    def test_other_addresses_need_a_token(self):
        host = own_address()
        with Service(listen=f"{host}:0", host=host) as service:
            for path in ["/admin/pool/health", "/metrics"]:
                self.assertEqual(service.get(path).status, 403)
            self.assertEqual(service.extract().status, 200)
        with Service(listen=f"{host}:0", host=host, RIPTIDE_ADMIN_TOKEN=TOKEN) as service:
            self.assertEqual(service.get("/metrics").status, 401)
            self.assertEqual(service.get("/metrics", Authorization=f"Bearer {TOKEN}").status, 200)


class Reload(unittest.TestCase):
    def test_a_reload_applies_what_it_can_and_says_so(self):
        with tempfile.TemporaryDirectory() as directory:
            file = Path(directory, "riptide.toml")
            file.write_text("")
            with Service("--config", str(file)) as service:
                file.write_text('max_connections = 2\nio_threads = 1\n')
                service.process.send_signal(signal.SIGHUP)
                eventually(lambda: "component loaded" in service.logged())
                self.assertIn("applied=max_connections", service.logged())
                self.assertIn("needs_restart=io_threads", service.logged())
                options = {row["name"]: row for row in service.get("/admin/pool/health").json["configuration"]}
                self.assertEqual(options["max_connections"]["value"], "2")
                self.assertEqual(options["io_threads"]["value"], "2")
                file.write_text("max_connections = 0\n")
                service.process.send_signal(signal.SIGHUP)
                eventually(lambda: "stays as it was" in service.logged())
                self.assertEqual(service.extract().status, 200)


    def test_a_pipe_is_not_read_again(self):
        for option, content in [("RIPTIDE_CONFIG", "max_connections = 2\n"), ("RIPTIDE_ADMIN_TOKEN_FILE", TOKEN)]:
            with self.subTest(option), tempfile.TemporaryDirectory() as directory:
                self.assert_read_once(os.path.join(directory, "pipe"), option, content)

    def assert_read_once(self, pipe, option, content):
        os.mkfifo(pipe, 0o600)
        writer = threading.Thread(target=lambda: Path(pipe).write_text(content))
        writer.start()
        with Service(**{option: pipe}) as service:
            writer.join()
            service.process.send_signal(signal.SIGHUP)
            eventually(lambda: "stays as it was" in service.logged())
            self.assertIn("again: it is no file", service.logged())
            self.assertEqual(service.stop(), 0)


class Stop(unittest.TestCase):
    def test_what_is_in_flight_is_finished(self):
        with Service(RIPTIDE_WASM_COMPONENT=FAULTY, RIPTIDE_WASM_TIMEOUT_SECS="1",
                     RIPTIDE_WASM_ENABLE_FALLBACK="false") as service:
            with closing(service.connect()) as busy, closing(service.connect()) as half:
                busy.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(ENDLESS) + ENDLESS)
                half.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE))
                eventually(lambda: service.metric('riptide_wasm_instances{state="busy"}') == 1)
                service.process.send_signal(signal.SIGTERM)
                eventually(lambda: "draining" in service.logged())
                half.sendall(PAGE)
                self.assertEqual(statuses(read_all(half)), [200])
                self.assertEqual(statuses(read_all(busy)), [504])
                with self.assertRaises(OSError):
                    service.connect().close()
            self.assertEqual(service.process.wait(timeout=20), 0)
            self.assertIn("requests_finished=2 requests_refused=0 requests_cut=0 connections_cut=0",
                          service.logged())

    def test_a_second_signal_stops_at_once(self):
        with Service(RIPTIDE_WASM_COMPONENT=FAULTY, RIPTIDE_WASM_ENABLE_FALLBACK="false") as service:
            with closing(service.connect()) as busy:
                busy.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(ENDLESS) + ENDLESS)
                eventually(lambda: service.metric('riptide_wasm_instances{state="busy"}') == 1)
                service.process.send_signal(signal.SIGTERM)
                eventually(lambda: "draining" in service.logged())
                service.process.send_signal(signal.SIGINT)
                self.assertEqual(service.process.wait(timeout=5), 0)

    def test_a_drain_ends_in_time(self):
        with Service(RIPTIDE_WASM_COMPONENT=FAULTY, RIPTIDE_WASM_ENABLE_FALLBACK="false",
                     RIPTIDE_WASM_INSTANCES_PER_WORKER="1", RIPTIDE_WASM_INITIAL_POOL_SIZE="1",
                     RIPTIDE_WASM_QUEUE_LENGTH="0",
                     RIPTIDE_DRAIN_TIMEOUT_SECS="1") as service:
            with closing(service.connect()) as busy:
                busy.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(ENDLESS) + ENDLESS)
                eventually(lambda: service.metric('riptide_wasm_instances{state="busy"}') == 1)
                start = time.monotonic()
                # Refused meanwhile, since there is one instance and no queue.
                late = service.connect()
                service.process.send_signal(signal.SIGTERM)
                eventually(lambda: "draining" in service.logged())
                late.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE)
                self.assertEqual(statuses(read_all(late)), [503])
                late.close()
                self.assertEqual(service.process.wait(timeout=20), 0)
                self.assertLess(time.monotonic() - start, 4)
                self.assertIn("requests_finished=0 requests_refused=1 requests_cut=1 connections_cut=",
                              service.logged())

    def test_no_request_that_was_taken_is_lost(self):
        request = HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE
        for _ in range(5):
            with Service() as service:
                sent, answered, lock = [0], [0], threading.Lock()

                def client():
                    while True:
                        try:
                            connection = service.connect()
                        except OSError:
                            return  # refused: never taken
                        with closing(connection):
                            connection.sendall(request)
                            with lock:
                                sent[0] += 1
                            answer = b""
                            connection.settimeout(20)
                            while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
                                piece = connection.recv(65536)
                                if not piece:
                                    return
                                answer += piece
                            with lock:
                                answered[0] += statuses(answer) == [200]
                clients = [threading.Thread(target=client) for _ in range(8)]
                for thread in clients:
                    thread.start()
                eventually(lambda: answered[0] > 50)
                self.assertEqual(service.stop(), 0)
                for thread in clients:
                    thread.join()
                self.assertEqual(answered[0], sent[0])

    def test_a_supervisor_is_told(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "notify")
            with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as supervisor:
                supervisor.bind(path)
                supervisor.settimeout(10)
                with Service(NOTIFY_SOCKET=path, WATCHDOG_USEC="200000") as service:
                    self.assertEqual(supervisor.recv(100), b"READY=1")
                    self.assertEqual(supervisor.recv(100), b"WATCHDOG=1")
                    self.assertEqual(service.stop(), 0)
                said = b""
                while b"STOPPING=1" not in said:
                    said = supervisor.recv(100)

    def test_help_tells_of_it(self):
        result = subprocess.run([BIN, "serve", "--help"], capture_output=True, check=True)
        self.assertIn(b"--listen", result.stdout)


if __name__ == "__main__":
    unittest.main()
