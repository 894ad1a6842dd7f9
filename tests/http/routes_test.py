"""What each route answers."""
import gzip
import json
import re
import unittest

from support import HTML, JSON, LINES, PAGE, WORDS, ServiceTest


class Extract(ServiceTest):
    def test_a_raw_page_becomes_a_document(self):
        answer = self.service.extract(query="?url=https%3A%2F%2Fexample.com%2Ftides")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        self.assertEqual(answer.headers["Riptide-Status"], "ok")
        document = answer.json
        self.assertEqual(document["title"], "Tides")
        self.assertEqual(document["url"], "https://example.com/tides")
        self.assertEqual(document["engine"], "wasm")
        self.assertIn(WORDS, document["text"])

    def test_a_page_in_json_becomes_the_same_document(self):
        page = {"html": PAGE.decode(), "url": "https://example.com/", "mode": "article",
                "selectors": None}
        answer = self.service.extract(json.dumps(page), JSON)
        self.assertEqual(answer.status, 200, answer.body)
        raw = self.service.extract(headers={"Content-Type": "text/html; charset=utf-8"},
                                   query="?url=https://example.com/")
        self.assertEqual(answer.json, raw.json)

    def test_json_may_be_escaped_in_every_way(self):
        page = json.dumps({"html": PAGE.decode() + "<p>\U0001f30a \u00e9"}, ensure_ascii=True)
        self.assertEqual(self.service.extract(page, JSON).status, 200)

    def test_accept_chooses_the_representation(self):
        for accept, kind, start in [
                ("*/*", "application/json", b"{"),
                ("text/markdown", "text/markdown; charset=utf-8", b"# Tides"),
                ("text/plain;q=0.9, text/html;q=0.1", "text/plain; charset=utf-8", b"Tides"),
                ("text/html", "text/html; charset=utf-8", b"<"),
                ("application/tei+xml", "application/tei+xml", b"<TEI "),
                ("application/json;q=0.2, text/*", "text/markdown; charset=utf-8", b"# Tides")]:
            answer = self.service.extract(headers={**HTML, "Accept": accept})
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.headers["Content-Type"], kind)
            self.assertTrue(answer.body.startswith(start), answer.body[:50])

    def test_what_cannot_be_accepted_is_406(self):
        answer = self.service.extract(headers={**HTML, "Accept": "image/png"})
        self.assert_problem(answer, 406, "not-acceptable", "text/markdown")
        answer = self.service.extract(headers={**HTML, "Accept": "text/plain"}, query="?mode=metadata")
        self.assert_problem(answer, 406)

    def test_the_header_s_charset_counts(self):
        page = PAGE.replace(b"Tides rise", "Flut steigt \u00fcber".encode("latin-1"))
        answer = self.service.extract(page, {"Content-Type": "text/html; charset=iso-8859-1"})
        self.assertIn("Flut steigt \u00fcber", answer.json["text"])
        self.assertEqual(answer.json["encoding"], "windows-1252")

    def test_the_answer_tells_where_the_time_went(self):
        timing = self.service.extract().headers["Server-Timing"]
        self.assertRegex(timing, r"^queue;dur=\d+\.\d{3}, decode;dur=\S+, guest;dur=\S+, render;dur=\S+$")

    def test_selectors_repeat(self):
        answer = self.service.extract(query="?selector=.second&selector=h1&mode=custom")
        self.assertIn("second time", answer.json["text"])
        self.assertEqual(self.service.extract(query="?selector=.second").status, 200)

    def test_a_page_without_content_says_so_in_every_representation(self):
        for accept in ["application/json", "text/markdown"]:
            answer = self.service.extract(b"<html></html>", {**HTML, "Accept": accept})
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.headers["Riptide-Status"], "empty")

    def test_queries_that_mean_nothing_are_422(self):
        for query, word in [("?mode=fast", "fast"), ("?color=red", "color"), ("?mode=custom", "selector"),
                            ("?mode=full&selector=p", "custom"),
                            ("?url=https://a.example&url=https://b.example", "more than once"),
                            ("?url=www.example.com/a", "is not an absolute web address")]:
            self.assert_problem(self.service.extract(query=query), 422, "unprocessable-content", word)
        self.assert_problem(self.service.extract(query="?url=%zz"), 400)

    def test_json_that_is_wrong_names_the_member(self):
        for page, word in [({}, "html"), ({"html": 1}, "html"), ({"html": "", "hmtl": ""}, "hmtl"),
                           ({"html": "", "mode": "fast"}, "fast"), ({"html": "", "id": 1}, "id"),
                           ({"html": "", "selectors": "p"}, "selectors"),
                           ({"html": "", "selectors": [1]}, "selectors"),
                           ({"html": {"a": 1}}, "html"), ([], "object"), ("x", "object")]:
            answer = self.service.extract(json.dumps(page), JSON)
            self.assert_problem(answer, 422, "unprocessable-content", word)

    def test_what_is_no_json_is_400(self):
        for body in [b"", b"{", b'{"html": "a"} x', b'{"html": "\xff"}', b"{'html': 1}",
                     b"[" * 5000 + b"]" * 5000]:
            self.assertIn(self.service.extract(body, JSON).status, (400, 422), body[:20])
        self.assert_problem(self.service.extract(b'{"html"', JSON), 400, "bad-request")

    def test_other_types_are_415(self):
        for kind in ["image/png", "application/xml", "text", ""]:
            answer = self.service.extract(headers={"Content-Type": kind})
            self.assertEqual(answer.status, 200 if kind == "" else 415)
        self.assert_problem(
            self.service.extract(headers={**HTML, "Content-Encoding": "br"}), 415)

    def test_gzip_goes_both_ways(self):
        plain = self.service.extract(PAGE * 20)
        packed = self.service.extract(gzip.compress(PAGE * 20),
                                      {**HTML, "Content-Encoding": "gzip", "Accept-Encoding": "gzip"})
        self.assertEqual(packed.status, 200)
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        refused = self.service.extract(PAGE * 20, {**HTML, "Accept-Encoding": "gzip;q=0"})
        self.assertIsNone(refused.headers["Content-Encoding"])

    def test_gzip_that_is_none_is_400(self):
        whole = gzip.compress(PAGE)
        for body in [b"plain", whole[:-5], whole + b"rest", b""]:
            answer = self.service.extract(body, {**HTML, "Content-Encoding": "gzip"})
            self.assert_problem(answer, 400)

    def test_a_selector_that_is_none_is_422_of_its_class(self):
        self.assert_problem(self.service.extract(query="?selector=%5B%5B"), 422, "unsupported-mode")


class Batch(ServiceTest):
    def test_each_line_has_one_in_order(self):
        pages = [{"id": number, "html": PAGE.decode() + "<p>x" * (number % 7) * 50}
                 for number in range(100)]
        answer = self.service.batch(*pages)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/x-ndjson")
        self.assertEqual([line["id"] for line in answer.lines], list(range(100)))
        self.assertTrue(all(line["status"] == "ok" for line in answer.lines))

    def test_errors_have_their_lines(self):
        answer = self.service.batch({"id": "a", "html": PAGE.decode()}, b"nonsense", b"",
                                    {"id": "b", "mode": "full"}, {"id": 4, "html": "", "x": 1},
                                    {"html": PAGE.decode(), "selectors": ["[["]},
                                    {"html": 1, "id": "c"}, {"html": "x" * (17 << 20), "id": "d"})
        lines = answer.lines
        self.assertEqual([line["id"] for line in lines], ["a", None, None, "b", 4, None, "c", "d"])
        self.assertEqual([line["status"] for line in lines], ["ok"] + ["error"] * 7)
        self.assertEqual(lines[7]["error"]["class"], "too-large")
        self.assertEqual(lines[4]["error"]["detail"],
                         '"x" is not a member; those are html, url, mode and selectors, and id')
        self.assertEqual(lines[5]["error"]["class"], "unsupported-mode")

    def test_the_last_line_needs_no_end(self):
        body = json.dumps({"id": 1, "html": PAGE.decode()})
        for end in ["", "\n", "\r\n"]:
            answer = self.service.request("POST", "/extract/batch", body + end, LINES)
            self.assertEqual([line["status"] for line in answer.lines], ["ok"])
        self.assertEqual(self.service.batch().lines, [])

    def test_answers_come_before_the_batch_is_complete(self):
        line = json.dumps({"id": 1, "html": PAGE.decode()}).encode() + b"\n"
        with self.service.connect() as connection:
            connection.sendall(b"POST /extract/batch HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                               b"Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
            seen = b""
            for number in range(1, 4):
                connection.sendall(b"%x\r\n%b\r\n" % (len(line), line))
                while seen.count(b'"status":"ok"') < number:
                    piece = connection.recv(65536)
                    self.assertTrue(piece)
                    seen += piece
            connection.sendall(b"0\r\n\r\n")
            while piece := connection.recv(65536):
                seen += piece
            self.assertTrue(seen.endswith(b"0\r\n\r\n"))

    def test_a_line_is_worked_on_as_soon_as_its_last_byte_came(self):
        line = json.dumps({"id": 1, "html": PAGE.decode()}).encode() + b"\n"
        with self.service.connect() as connection:
            connection.sendall(b"POST /extract/batch HTTP/1.1\r\nHost: a\r\n"
                               b"Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                               b"%x\r\n%b" % (len(line), line[:-1]))
            self.assertIn(b" 200 OK", connection.recv(65536))
            connection.sendall(line[-1:])  # neither the end of its chunk nor another follows
            self.assertIn(b'"status":"ok"', connection.recv(65536))

    def test_only_lines_of_json_are_a_batch(self):
        self.assert_problem(self.service.request("POST", "/extract/batch", b"{}\n", JSON), 415)
        answer = self.service.request("POST", "/extract/batch", b"{}\n", {**LINES, "Accept": "text/html"})
        self.assert_problem(answer, 406)


class Others(ServiceTest):
    def test_every_get_route_answers(self):
        for path, kind in [("/livez", "text/plain"), ("/readyz", "text/plain"),
                           ("/health/pool", "application/json"), ("/metrics", "text/plain"),
                           ("/admin/pool/health", "application/json"),
                           ("/openapi.json", "application/json"), ("/", "text/html")]:
            answer = self.service.get(path)
            self.assertEqual(answer.status, 200, path)
            self.assertTrue(answer.headers["Content-Type"].startswith(kind), path)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            head = self.service.request("HEAD", path)
            self.assertEqual((head.status, head.body), (200, b""))
            self.assertGreater(int(head.headers["Content-Length"]), 0)

    def test_the_pool_s_health_is_told(self):
        self.assertEqual(self.service.get("/health/pool").json["level"], "healthy")
        self.assertIn("riptide_wasm_", self.service.get("/metrics").body.decode())

    def test_browsers_get_the_dashboard(self):
        answer = self.service.get("/admin/pool/health", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/html"))
        policy = answer.headers["Content-Security-Policy"]
        self.assertIn("script-src 'self'", policy)
        self.assertNotIn("unsafe", policy)
        for path in re.findall(r'(?:src|href)="(/assets/[^"]+)"', answer.body.decode()):
            self.assertEqual(self.service.get(path).status, 200, path)

    def test_a_file_the_client_has_is_not_sent_again(self):
        tag = self.service.get("/").headers["ETag"]
        answer = self.service.get("/", **{"If-None-Match": tag})
        self.assertEqual((answer.status, answer.body), (304, b""))

    def test_unknown_paths_are_404(self):
        for path in ["/nope", "/extract/", "/assets/", "/assets/../etc", "/EXTRACT", "/livez/x"]:
            self.assert_problem(self.service.get(path), 404, "not-found")

    def test_methods_are_405_with_what_is_allowed(self):
        for method, path, allow in [("GET", "/extract", "POST, OPTIONS"),
                                    ("DELETE", "/livez", "GET, HEAD, OPTIONS"),
                                    ("PUT", "/extract/batch", "POST, OPTIONS")]:
            answer = self.service.request(method, path)
            self.assert_problem(answer, 405, "method-not-allowed")
            self.assertEqual(answer.headers["Allow"], allow)
            options = self.service.request("OPTIONS", path)
            self.assertEqual((options.status, options.headers["Allow"]), (204, allow))
        self.assertEqual(self.service.request("OPTIONS", "*").status, 204)

    def test_request_ids_and_traces_are_passed_on(self):
        trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        answer = self.service.get("/nope", **{"X-Request-Id": "abc-1", "traceparent": trace})
        self.assertEqual(answer.json["request_id"], "abc-1")
        self.assertEqual(answer.headers["traceparent"], trace)
        for bad in ["a b", "x" * 129, "<script>"]:
            answer = self.service.get("/livez", **{"X-Request-Id": bad, "traceparent": trace + "0"})
            self.assertRegex(answer.headers["X-Request-Id"], "^[0-9a-f]{16}$")
            self.assertIsNone(answer.headers["traceparent"])


if __name__ == "__main__":
    unittest.main()
