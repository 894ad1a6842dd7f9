"""Where a request ends is never in doubt."""
import socket
import time
import unittest
from contextlib import closing

from support import PAGE, ServiceTest, read_all, statuses

HEAD = b"POST /extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/html\r\n"
# Were it taken for a request, there would be a second answer.
SMUGGLED = b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"


class Framing(ServiceTest):
    def assert_refused(self, data, status, closes=True):
        answer = self.service.raw(data, ends=not closes)
        self.assertEqual(statuses(answer), [status], (data, answer))
        self.assertIn(b"Connection: close\r\n", answer)

    def test_ambiguous_lengths_are_refused(self):
        for fields in [b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: 5\r\n" * 2,
                       b"Content-Length: 5, 5\r\n", b"Content-Length: +5\r\n",
                       b"Content-Length: -5\r\n", b"Content-Length: 5x\r\n", b"Content-Length:\r\n",
                       b"Content-Length: 0x5\r\n", b"Content-Length: 99999999999999999999\r\n",
                       b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                       b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                       b"Transfer-Encoding: chunked\r\n" * 2,
                       b"Content-Length : 5\r\n", b" Content-Length: 5\r\n",
                       b"X: a\r\n Content-Length: 5\r\n", b"X: a\r\n\tb\r\nContent-Length: 5\r\n",
                       b"X: a\rb\r\nContent-Length: 5\r\n", b"X: a\0b\r\nContent-Length: 5\r\n",
                       b"X: a\nContent-Length: 5\r\n", b"Content-Length: 5\n", b": a\r\n",
                       b"no colon\r\n", b"Host: b\r\n"]:
            self.assert_refused(HEAD + fields + b"\r\nhello" + SMUGGLED, 400)

    def test_codings_other_than_chunked_are_501(self):
        for coding in [b"gzip", b"gzip, chunked", b"chunked, gzip", b"identity", b"xchunked",
                       b"chunked\x0b"]:
            data = HEAD + b"Transfer-Encoding: " + coding + b"\r\n\r\n0\r\n\r\n" + SMUGGLED
            self.assert_refused(data, 400 if b"\x0b" in coding else 501)

    def test_bad_chunks_are_refused(self):
        for body in [b"x\r\n", b"-1\r\n", b"5;\r\nhelloX\r\n", b"5\r\nhello0\r\n\r\n", b"5\nhello\r\n",
                     b"fffffffffffffffff\r\n", b"0x5\r\nhello\r\n", b" 5\r\nhello\r\n", b"5 \r\nhello\r\n",
                     b"\r\n", b"5;a\0=b\r\nhello\r\n", b"5" + b";" + b"x" * 2000,
                     b"0\r\nbad trailer\r\n\r\n"]:
            self.assert_refused(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body + SMUGGLED, 400)

    def test_a_chunk_without_a_size_is_refused_at_once(self):
        for body in [b"zz\r\n", b"5\r\nhelloz"]:
            start = time.monotonic()
            self.assert_refused(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body, 400)
            self.assertLess(time.monotonic() - start, 10)

    def test_good_chunks_are_read_however_they_come(self):
        whole = (HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                 + b"a;name=value\r\n" + PAGE[:10] + b"\r\n"
                 + b"%X\r\n" % len(PAGE[10:]) + PAGE[10:] + b"\r\n0\r\nTrailer: x\r\n\r\n")
        self.assertEqual(statuses(self.service.raw(whole)), [200])
        with closing(self.service.connect()) as connection:
            for byte in whole:
                connection.send(bytes([byte]))
            self.assertEqual(statuses(read_all(connection)), [200])

    def test_request_lines_that_are_none_are_refused(self):
        for line, status in [(b"GET /livez", 400), (b"GET  /livez HTTP/1.1", 400), (b"GET /livez HTTP/1.1 ", 400),
                             (b"GET livez HTTP/1.1", 400), (b"GET /a b HTTP/1.1", 400), (b"/livez", 400),
                             (b"G\xc3T /livez HTTP/1.1", 400), (b"GET /l\xc3\xa9 HTTP/1.1", 400),
                             (b"GET /livez#x HTTP/1.1", 400), (b"GET /livez http/1.1", 400),
                             (b"GET /livez HTTP/2.0", 505), (b"PRI * HTTP/2.0", 505),
                             (b"BREW /livez HTTP/1.1", 501), (b"get /livez HTTP/1.1", 501),
                             (b"GET /" + b"x" * 9000 + b" HTTP/1.1", 414)]:
            self.assert_refused(line + b"\r\nHost: a\r\n\r\n", status)

    def test_the_host_is_needed_once(self):
        for fields in [b"", b"Host: a\r\nHost: a\r\n", b"Host: a b\r\n", b"Host: a/b\r\n"]:
            self.assert_refused(b"GET /livez HTTP/1.1\r\n" + fields + b"\r\n", 400)

    def test_a_field_with_one_value_is_given_once(self):
        for field in [b"Content-Type: text/html", b"Authorization: Bearer x", b"Expect: 100-continue"]:
            fields = b"Content-Length: 5\r\n" + field + b"\r\n"
            self.assert_refused(HEAD.replace(b"Content-Type: text/html\r\n", field + b"\r\n") + fields
                                + b"\r\nhello" + SMUGGLED, 417 if b"Expect" in field else 400)

    def test_each_line_of_a_list_counts(self):
        def answer(*fields):
            return self.service.raw(HEAD + b"".join(field + b"\r\n" for field in fields)
                                    + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE + SMUGGLED
                                    + b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        self.assertIn(b"Content-Type: text/markdown",
                      answer(b"Accept: image/png", b"Accept: text/html;q=0.1", b"Accept: text/markdown"))
        self.assertIn(b"Content-Encoding: gzip",
                      answer(b"Accept-Encoding: br", b"Accept-Encoding: gzip"))
        self.assertEqual(statuses(answer(b"Connection: x", b"Connection: close")), [200])
        # The page is not packed at all; twice is not what the server takes.
        self.assertEqual(statuses(answer(b"Content-Encoding: identity", b"Content-Encoding: gzip")), [400])
        self.assertEqual(statuses(answer(b"Content-Encoding: gzip", b"Content-Encoding: gzip")), [415])
        self.assertEqual(statuses(answer(b"Content-Encoding: gzip", b"Content-Encoding: br")), [415])
        self.assertEqual(statuses(answer(b"Transfer-Encoding: gzip", b"Transfer-Encoding: gzip")), [501])

    def test_what_is_no_http_is_refused_at_once(self):
        for data in [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n", b"\n\n", b"\0\0\n", b"GET /livez\n\n"]:
            self.assert_refused(data, 400)

    def test_a_post_needs_a_length(self):
        self.assert_refused(HEAD + b"\r\n", 411)

    def test_expectations_other_than_continue_are_417(self):
        self.assert_refused(HEAD + b"Expect: 200-ok\r\nContent-Length: 1\r\n\r\n", 417)

    def test_truncated_requests_are_refused(self):
        self.assert_refused(HEAD, 400, closes=False)
        self.assert_refused(HEAD + b"Content-Length: 100\r\n\r\nshort", 400, closes=False)
        self.assert_refused(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe", 400, closes=False)

    def test_requests_that_come_together_are_answered_in_order(self):
        extract = HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE
        answer = self.service.raw((extract + SMUGGLED + b"GET /nope HTTP/1.1\r\nHost: a\r\n\r\n") * 20
                                  + b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        self.assertEqual(statuses(answer), [200, 200, 404] * 20 + [200])

    def test_a_client_that_ends_its_side_gets_all_its_answers(self):
        extract = HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE
        answer = self.service.raw((extract + SMUGGLED) * 20 + extract, ends=True)
        self.assertEqual(statuses(answer), [200] * 41)
        self.assertEqual(answer.count(b"Connection: close\r\n"), 1)
        lines = b"".join(b'{"html":"%b"}\n' % PAGE.replace(b'"', b"'") for _ in range(40))
        answer = self.service.raw(b"POST /extract/batch HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-ndjson\r\n"
                                  b"Content-Length: %d\r\n\r\n" % len(lines) + lines + SMUGGLED, ends=True)
        self.assertEqual(answer.count(b'"status":"ok"'), 40)
        self.assertEqual(statuses(answer), [200, 200])

    def test_urgent_data_is_no_reset(self):
        with closing(self.service.connect()) as connection:
            connection.send(b"!", socket.MSG_OOB)
            connection.sendall(SMUGGLED.replace(b"Host: a", b"Host: a\r\nConnection: close"))
            self.assertEqual(statuses(read_all(connection)), [200])

    def test_a_body_nobody_asked_for_is_not_a_request(self):
        data = b"GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(SMUGGLED) + SMUGGLED
        self.assertEqual(statuses(self.service.raw(data)), [200])

    def test_http_1_0_is_closed_unless_it_asks(self):
        self.assertEqual(statuses(self.service.raw(b"GET /livez HTTP/1.0\r\n\r\n")), [200])
        asked = b"GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
        self.assertEqual(statuses(self.service.raw(asked + b"GET /livez HTTP/1.0\r\n\r\n")), [200, 200])

    def test_absolute_urls_and_leading_lines_are_taken(self):
        data = b"\r\nGET http://a/livez?x=1 HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n"
        self.assertEqual(statuses(self.service.raw(data)), [200])

    def test_the_body_is_asked_for_when_the_client_waits(self):
        with closing(self.service.connect()) as connection:
            connection.sendall(HEAD + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                               % len(PAGE))
            self.assertEqual(connection.recv(1000), b"HTTP/1.1 100 Continue\r\n\r\n")
            connection.sendall(PAGE)
            self.assertEqual(statuses(read_all(connection)), [200])

    def test_a_client_that_waits_is_refused_without_its_body(self):
        fields = b"Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n"
        self.assert_refused(HEAD + fields, 413)


if __name__ == "__main__":
    unittest.main()
