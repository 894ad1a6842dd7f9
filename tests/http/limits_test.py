"""What is too slow, too large or too much; and clients that leave."""
import gzip
import json
import os
import socket
import struct
import time
import unittest
from contextlib import closing

from support import COMPONENTS, ENDLESS, HTML, JSON, PAGE, Service, ServiceTest, eventually, read_all, statuses

HEAD = b"POST /extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/html\r\n"
FAULTY = os.path.join(COMPONENTS, "faulty.wasm")
MIB = 1 << 20


class Times(ServiceTest):
    OPTIONS = {"RIPTIDE_HEADER_TIMEOUT_SECS": "1", "RIPTIDE_BODY_TIMEOUT_SECS": "1",
               "RIPTIDE_IDLE_TIMEOUT_SECS": "1", "RIPTIDE_WRITE_TIMEOUT_SECS": "1"}

    def assert_408(self, data, drip=b""):
        with closing(self.service.connect()) as connection:
            start = time.monotonic()
            connection.sendall(data)
            connection.settimeout(0.1)
            answer = b""
            while not answer:
                self.assertLess(time.monotonic() - start, 5)
                try:
                    connection.sendall(drip)
                    answer = connection.recv(65536)
                except socket.timeout:
                    pass
            self.assertGreater(time.monotonic() - start, 0.9)
            self.assertEqual(statuses(answer), [408])

    def test_slow_headers_are_408(self):
        self.assert_408(b"GET /livez HTTP/1.1\r\n", drip=b"X: y\r\n")
        self.assertGreater(self.service.metric('riptide_http_timeouts_total{kind="header"}'), 0)

    def test_slow_bodies_are_408(self):
        self.assert_408(HEAD + b"Content-Length: 1000\r\n\r\n", drip=b"x")
        self.assert_408(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", drip=b"1\r\nx\r\n")

    def test_idle_connections_are_closed_without_a_word(self):
        with closing(self.service.connect()) as fresh, closing(self.service.connect()) as used:
            used.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertEqual(read_all(fresh), b"")
            self.assertEqual(statuses(read_all(used)), [200])

    def test_a_client_that_does_not_read_is_cut_off(self):
        with closing(socket.socket()) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", self.service.port))
            connection.settimeout(10)
            page = b"<article>" + b"<p>Tides rise and fall with the moon, again and again.</p>" * 60000
            connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(page) + page)
            eventually(lambda: self.service.metric('riptide_http_timeouts_total{kind="write"}') == 1)

    def test_others_are_served_meanwhile(self):
        idle = [self.service.connect() for _ in range(50)]
        for connection in idle:
            connection.sendall(b"POST /extract HT")
        start = time.monotonic()
        self.assertEqual(self.service.extract().status, 200)
        self.assertLess(time.monotonic() - start, 0.5)
        for connection in idle:
            connection.close()


class Sizes(ServiceTest):
    OPTIONS = {"RIPTIDE_BODY_LIMIT_MB": "1", "RIPTIDE_REQUESTS_PER_CONNECTION": "3"}

    def test_long_headers_are_431(self):
        for fields in [b"X: " + b"y" * 20000 + b"\r\n", b"X: y\r\n" * 101, b"X: " + b"y" * 40000]:
            self.assertEqual(statuses(self.service.raw(b"GET /livez HTTP/1.1\r\nHost: a\r\n" + fields + b"\r\n")),
                             [431])
        self.assertEqual(statuses(self.service.raw(b"GET /" + b"x" * 20000)), [414])

    def test_large_bodies_are_413_before_they_come(self):
        answer = self.service.raw(HEAD + b"Content-Length: %d\r\n\r\n" % (MIB + 1))
        self.assertEqual(statuses(answer), [413])
        self.assertIn(b'"class":"content-too-large"', answer)

    def test_a_client_that_sends_all_of_it_first_sees_its_answer(self):
        self.assert_problem(self.service.extract(b"x" * 8 * MIB), 413)

    def test_large_chunked_bodies_are_413(self):
        chunk = b"%x\r\n" % 65536 + b"x" * 65536 + b"\r\n"
        answer = self.service.raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 17)
        self.assertEqual(statuses(answer), [413])

    def test_a_page_of_just_the_limit_is_taken(self):
        page = PAGE + b" " * (MIB - len(PAGE))
        self.assertEqual(self.service.extract(page).status, 200)
        self.assertEqual(self.service.extract(gzip.compress(page), {**HTML, "Content-Encoding": "gzip"}).status, 200)

    def test_gzip_bombs_are_413(self):
        start = time.monotonic()
        for bomb in [gzip.compress(b"\0" * (MIB + 1)), gzip.compress(b"\0" * 100 * MIB)]:
            self.assert_problem(self.service.extract(bomb, {**HTML, "Content-Encoding": "gzip"}), 413)
        self.assertLess(time.monotonic() - start, 5)

    def test_a_line_of_a_batch_that_is_too_long_costs_itself_only(self):
        answer = self.service.batch({"id": 1, "html": PAGE.decode()}, {"id": 2, "html": "x" * MIB},
                                    {"id": 3, "html": PAGE.decode()})
        self.assertEqual([line["status"] for line in answer.lines], ["ok", "error", "ok"])
        self.assertEqual(answer.lines[1]["error"]["class"], "too-large")

    def test_a_connection_serves_so_many_requests(self):
        answer = self.service.raw(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n" * 5)
        self.assertEqual(statuses(answer), [200] * 3)


class Connections(ServiceTest):
    OPTIONS = {"RIPTIDE_MAX_CONNECTIONS": "4"}

    def test_too_many_are_told_so_and_later_ones_served(self):
        held = [self.service.connect() for _ in range(4)]
        for connection in held:
            connection.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertEqual(statuses(connection.recv(1000)), [200])
            connection.sendall(b"GET")  # so that none is idle
        answer = self.service.raw(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        self.assertEqual(statuses(answer), [503])
        self.assertIn(b"Retry-After: 1\r\n", answer)
        for connection in held:
            connection.close()
        eventually(lambda: self.service.get("/livez").status == 200)


class IdleConnections(ServiceTest):
    OPTIONS = {"RIPTIDE_MAX_CONNECTIONS": "4", "RIPTIDE_IO_THREADS": "1"}
    FLAGS = ("--admin-listen", "127.0.0.1:0")

    def test_the_longest_idle_gives_way(self):
        request = b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"
        admin = socket.create_connection((self.service.host, self.service.admin_port), timeout=10)
        held = [self.service.connect() for _ in range(4)]
        for connection in [admin, *held]:
            connection.sendall(request)
            self.assertEqual(statuses(connection.recv(1000)), [200])
        # 503 at first, since none has been idle for long.
        eventually(lambda: self.service.get("/livez").status == 200)
        self.assertEqual(read_all(held[0]), b"")
        for connection in [admin, *held[1:]]:
            connection.sendall(request)
            self.assertEqual(statuses(connection.recv(1000)), [200])
            connection.close()


def serves(service):
    """After a flood, which may stand in the queue still: what comes behind it is closed unanswered."""
    try:
        return service.extract().status == 200
    except ConnectionError:
        return False


class AdminConnections(ServiceTest):
    FLAGS = ("--admin-listen", "127.0.0.1:0")
    OPTIONS = {"RIPTIDE_MAX_CONNECTIONS": "4"}

    def admin(self):
        return self.service.request("GET", "/metrics", port=self.service.admin_port)

    def test_a_flood_at_one_listener_leaves_the_other_alone(self):
        def flood(port, count):
            connections = [socket.create_connection((self.service.host, port), timeout=10) for _ in range(count)]
            for connection in connections:
                connection.sendall(b"GET")  # so that none is idle
            return connections
        # As many as are served and as are told that there are too many.
        public = flood(self.service.port, 4 + 128 + 10)
        self.assertEqual(self.admin().status, 200)
        for connection in public:
            connection.close()
        eventually(lambda: serves(self.service))
        admin = flood(self.service.admin_port, 64)
        eventually(lambda: self.admin().status == 503)
        self.assertEqual(self.service.extract().status, 200)
        for connection in admin:
            connection.close()
        eventually(lambda: self.admin().status == 200)


class Descriptors(unittest.TestCase):
    def test_a_flood_beyond_them_keeps_nobody_waiting(self):
        with Service("--admin-listen", "127.0.0.1:0", under=["prlimit", "--nofile=128:128"]) as service:
            eventually(lambda: "RIPTIDE_MAX_CONNECTIONS" in service.logged())
            flood = [service.connect() for _ in range(200)]
            self.assertEqual(service.request("GET", "/metrics", port=service.admin_port).status, 200)
            for connection in flood:
                connection.close()
            eventually(lambda: serves(service))

    def test_the_soft_limit_is_none(self):
        with Service(under=["prlimit", "--nofile=64:4096"]) as service:
            eventually(lambda: "msg=ready" in service.logged())
            self.assertNotIn("RIPTIDE_MAX_CONNECTIONS", service.logged())
            flood = [service.connect() for _ in range(200)]
            self.assertEqual(service.get("/livez").status, 200)
            for connection in flood:
                connection.close()


class Rate(ServiceTest):
    OPTIONS = {"RIPTIDE_RATE_LIMIT": "5"}

    def test_a_client_that_asks_too_often_is_429(self):
        answers = [self.service.extract() for _ in range(20)]
        self.assertEqual([answer.status for answer in answers[:5]], [200] * 5)
        refused = [answer for answer in answers if answer.status == 429]
        self.assertGreater(len(refused), 5)
        self.assert_problem(refused[0], 429, "too-many-requests")
        self.assertEqual(refused[0].headers["Retry-After"], "1")
        self.assertEqual(self.service.get("/livez").status, 200)


class Hanging(ServiceTest):
    """One instance, whose guest does not return when the page says so."""
    OPTIONS = {"RIPTIDE_WASM_COMPONENT": FAULTY, "RIPTIDE_WASM_INSTANCES_PER_WORKER": "1",
               "RIPTIDE_WASM_QUEUE_LENGTH": "1", "RIPTIDE_WASM_EPOCH_TIMEOUT_MS": "60000",
               "RIPTIDE_WASM_TIMEOUT_SECS": "60", "RIPTIDE_WASM_ENABLE_FALLBACK": "false"}

    def start_endless(self):
        connection = self.service.connect()
        connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(ENDLESS) + ENDLESS)
        return connection

    def test_a_client_that_leaves_ends_its_call(self):
        before = self.service.metric('riptide_wasm_errors_total{class="cancelled"}')
        connection = self.start_endless()
        eventually(lambda: self.service.metric('riptide_wasm_instances{state="busy"}') == 1)
        connection.close()
        eventually(lambda: self.service.metric('riptide_wasm_errors_total{class="cancelled"}') == before + 1)
        self.assertEqual(self.service.extract().status, 200)

    def test_a_client_that_resets_ends_its_call(self):
        before = self.service.metric("riptide_http_disconnects_total")
        connection = self.start_endless()
        eventually(lambda: self.service.metric('riptide_wasm_instances{state="busy"}') == 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        eventually(lambda: self.service.metric("riptide_http_disconnects_total") == before + 1)
        eventually(lambda: self.service.metric('riptide_wasm_instances{state="busy"}') == 0)
        self.assertIn("status=499", self.service.logged())

    def test_a_client_that_ends_its_side_has_a_moment(self):
        before = self.service.metric("riptide_http_disconnects_total")
        with closing(self.start_endless()) as connection:
            eventually(lambda: self.service.metric('riptide_wasm_instances{state="busy"}') == 1)
            start = time.monotonic()
            connection.shutdown(socket.SHUT_WR)
            self.assertEqual(statuses(read_all(connection)), [499])
            self.assertGreater(time.monotonic() - start, 0.9)
        self.assertEqual(self.service.metric("riptide_http_disconnects_total"), before + 1)

    def test_more_than_can_wait_is_refused_at_once(self):
        running = self.start_endless()
        eventually(lambda: self.service.metric('riptide_wasm_instances{state="busy"}') == 1)
        waiting = self.start_endless()
        eventually(lambda: self.service.metric("riptide_wasm_requests_waiting") == 1)
        took = []
        for _ in range(20):
            start = time.monotonic()
            answer = self.service.extract()
            took.append(time.monotonic() - start)
            self.assert_problem(answer, 503, "overloaded")
            self.assertEqual(answer.headers["Retry-After"], "1")
        self.assertLess(sorted(took)[10], 0.05)
        running.close()
        waiting.close()
        eventually(lambda: self.service.extract().status == 200)


class Deadlines(ServiceTest):
    # More than a client that ends its side has until its answer begins.
    OPTIONS = {"RIPTIDE_WASM_COMPONENT": FAULTY, "RIPTIDE_WASM_TIMEOUT_SECS": "2",
               "RIPTIDE_WASM_ENABLE_FALLBACK": "false"}

    def test_a_page_that_takes_too_long_is_504(self):
        self.assert_problem(self.service.extract(ENDLESS), 504, "timeout")

    def test_it_costs_a_batch_its_line_only(self):
        answer = self.service.batch({"id": 1, "html": ENDLESS.decode()}, {"id": 2, "html": PAGE.decode()})
        self.assertEqual([line["status"] for line in answer.lines], ["error", "ok"])

    def test_a_batch_whose_client_ends_its_side_is_answered_to_the_end(self):
        lines = b"".join(json.dumps({"html": html.decode()}).encode() + b"\n" for html in [ENDLESS, PAGE])
        # HTTP/1.0, so that the lines come without chunks.
        answer = self.service.raw(b"POST /extract/batch HTTP/1.0\r\nContent-Type: application/x-ndjson\r\n"
                                  b"Content-Length: %d\r\n\r\n" % len(lines) + lines, ends=True)
        first, second = [json.loads(line) for line in answer.partition(b"\r\n\r\n")[2].splitlines()]
        self.assertEqual(first["error"]["class"], "timeout")
        self.assertEqual(second["status"], "ok")


class Resources(unittest.TestCase):
    def test_nothing_is_left_of_odd_clients(self):
        with Service() as service:
            def descriptors():
                return len(os.listdir(f"/proc/{service.process.pid}/fd"))
            service.extract()
            before = descriptors()
            odd = 0
            for data in [b"", b"GET", b"\0\xff" * 100, HEAD + b"Content-Length: 9\r\n\r\nx",
                         HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE]:
                for _ in range(50):
                    with closing(service.connect()) as connection:
                        connection.sendall(data)
                        odd += 1
            # One is that of the question itself.
            eventually(lambda: service.metric("riptide_http_connections") == 1)
            # Helpers that started meanwhile have descriptors, too.
            self.assertLess(descriptors(), before + odd / 10)
            self.assertEqual(service.extract(json.dumps({"html": PAGE.decode()}), JSON).status, 200)
            self.assertEqual(service.stop(), 0)


if __name__ == "__main__":
    unittest.main()
