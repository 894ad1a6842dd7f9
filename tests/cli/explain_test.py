"""Reports of how a page is read."""
import html.parser
import json

from support import CliTest, ENGINE, IO, OK, PAGE, USAGE, WORDS

HOSTILE = f"""<!doctype html><html lang=en><head><title><script>alert(1)</script>&lt;img src=x onerror=alert(2)>
</title><meta name=description content='"><svg onload=alert(3)>'></head><body>
<article class='"><script>alert(4)</script>' id="x'>"><h1>&lt;script>alert(5)&lt;/script></h1>
<p id="&lt;/p>&lt;img/src/onerror=alert(6)>">&lt;/p>&lt;style>*{{display:none}}&lt;/style> {WORDS}. {WORDS}.</p>
<p>{WORDS}, \x1b[31min red.</p></article></body></html>""".encode()


class Elements(html.parser.HTMLParser):
    """What a report is made of."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


class Explain(CliTest):
    def explain(self, *arguments, **options):
        return self.run_bin("explain", "--engine", ENGINE, *arguments, **options)

    def test_text_tells_what_is_kept_and_why(self):
        result = self.explain(self.page)
        self.assert_ends(result, OK)
        report = result.stdout.decode()
        self.assertTrue(report.startswith(f"{self.page}\n"), report)
        for words in ("Status                   ok\n", "Kinds\n", "\n+ ", "likely content: html > body > article > p",
                      f"    {WORDS}.\n", "    rules: article kept, page kept\n", "title          heading"):
            self.assertIn(words, report)

    def test_json_has_all_of_it(self):
        report = json.loads(self.explain("-f", "json", "-u", "https://a.example/x", self.page).stdout)
        self.assertEqual(list(report), [
            "input", "status", "url", "page_type", "quality_score", "word_count", "truncated",
            "engine", "fallback_reason", "encoding", "metadata", "type_votes", "declares_article",
            "article_body_bytes", "attempts", "prefers_article", "threshold", "blocks"])
        self.assertEqual(report["engine"], ENGINE)
        self.assertEqual(report["url"], "https://a.example/x")
        self.assertEqual(report["metadata"]["title"], {"value": "Tides", "origin": "heading"})
        self.assertEqual(set(report["type_votes"]),
                         {"article", "listing", "product", "forum", "documentation", "other"})
        self.assertEqual(len(report["blocks"]), 9)
        block = report["blocks"][1]
        self.assertTrue(block["kept"])
        self.assertGreaterEqual(block["score"], report["threshold"])
        self.assertEqual(block["text"], WORDS + ".")
        self.assertEqual(len(block["signals"]), 5)
        weights = [abs(signal["weight"]) for signal in block["signals"]]
        self.assertEqual(weights, sorted(weights, reverse=True))

    def test_other_modes(self):
        report = json.loads(self.explain("-f", "json", "-s", ".second", self.page).stdout)
        self.assertEqual([block["kept"] for block in report["blocks"]].count(True), 4)
        self.assertEqual({block["reason"] for block in report["blocks"]}, {"selected", "not-selected"})
        self.assertIn("taken by the mode", self.explain("-m", "full", self.page).stdout.decode())

    def test_a_page_without_content_is_explained(self):
        page = self.write("form.html", b"<form>Sign in <input type=password></form>")
        result = self.explain("-f", "json", page)
        self.assert_ends(result, OK)
        report = json.loads(result.stdout)
        self.assertEqual(report["status"], "empty")
        self.assertNotEqual(report["blocks"], [])
        self.assertFalse(any(block["kept"] for block in report["blocks"]))

    def test_nothing_of_a_hostile_page_is_markup_of_the_report(self):
        page = self.write("hostile.html", HOSTILE)
        for mode in ("article", "full"):
            hostile = self.explain("-f", "html", "-m", mode, page).stdout.decode()
            for words in ("&lt;script&gt;alert(5)", "&lt;svg onload=alert(3)&gt;"):
                self.assertIn(words, hostile)
            plain = self.explain("-f", "html", "-m", mode, self.page).stdout.decode()
            mine, usual = Elements(hostile), Elements(plain)
            self.assertEqual(mine.tags, usual.tags)
            self.assertEqual(mine.attributes, usual.attributes)

    def test_the_report_asks_for_nothing(self):
        report = self.explain("-f", "html", self.page).stdout.decode()
        self.assertIn("default-src 'none'", report)
        self.assertFalse({"script", "link", "img", "iframe"} & Elements(report).tags)
        self.assertFalse({"src", "href", "style", "onclick"} & Elements(report).attributes)

    def test_inputs_and_outputs(self):
        report = self.explain("-", input=PAGE)
        self.assert_ends(report, OK)
        self.assertTrue(report.stdout.startswith(b"stdin\n"))
        out = self.dir / "report.html"
        self.assert_ends(self.explain("-f", "html", "-o", out, self.page), OK)
        self.assertTrue(out.read_bytes().startswith(b"<!doctype html>"))
        self.assert_ends(self.explain("missing.html"), IO, "missing.html: cannot be read")
        self.assert_ends(self.explain("-s", "p[", self.page), USAGE, "CSS selector")
