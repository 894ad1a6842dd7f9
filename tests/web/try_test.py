"""The page to try riptide with."""
from browser import BrowserTest

HOSTILE = """<!doctype html><title><img src=x onerror=alert(1)> &lt;script>alert(2)&lt;/script></title>
<meta property=og:site_name content="<svg onload=alert(3)>">
<article><h1>Harbours</h1><p>Tides rise and fall with the moon, and every harbour keeps a table of
them, <a href="javascript:alert(4)">as one</a> and <a href="https://a.example/?&quot;><script>">another</a>
tell. <img src="https://a.example/pixel.png" alt="A pixel" onerror=alert(5)></p>
<p>Tides rise and fall with the moon, and every harbour keeps a table of them, on paper.</p>
<script>alert(6)</script><iframe src="https://a.example/"></iframe></article>"""


class TryPage(BrowserTest):
    def extract(self, page, html):
        page.get_by_label("HTML of the page").fill(html)
        page.get_by_role("button", name="Extract").click()

    def test_shows_the_example_in_every_form(self):
        page = self.open("/")
        page.get_by_role("button", name="Example").click()
        page.keyboard.press("Tab")
        page.get_by_label("HTML of the page").press("Control+Enter")
        frame = page.frame_locator("iframe")
        frame.get_by_text("A riptide is a strong, narrow current").wait_for()
        for tab, words in (("Markdown", "## What to do"), ("Text", "Stay calm and float"),
                           ("Metadata", "Ada Marsh"), ("JSON", '"status": "ok"')):
            page.get_by_role("tab", name=tab).click()
            self.assertIn(words, page.locator("[role=tabpanel]:visible").inner_text())
        self.assertEqual(frame.locator("h1").inner_text(), "Riptides, and how to leave them")
        timings = page.locator("#timings").inner_text()
        for part in ("queue", "decode", "guest", "render", "round trip"):
            self.assertIn(part, timings)
        self.assertIn("from the sandbox", page.locator("#summary").inner_text())

    def test_a_hostile_page_does_nothing(self):
        page = self.open("/")
        self.extract(page, HOSTILE)
        frame = page.frame_locator("iframe")
        frame.get_by_text("Tides rise and fall").first.wait_for()
        self.assertEqual(frame.locator("script, img, iframe").count(), 0)
        self.assertEqual(frame.locator("a[href^=javascript]").count(), 0)
        self.assertEqual(page.locator("iframe").get_attribute("sandbox"), "")
        page.get_by_role("tab", name="Metadata").click()
        self.assertIn("<svg onload=alert(3)>", page.locator("#facts").inner_text())
        self.assertEqual(page.locator("#facts img, #facts svg").count(), 0)

    def test_tells_an_error_with_its_class(self):
        self.expected = ["422"]
        page = self.open("/")
        page.get_by_label("Mode").select_option("custom")
        page.get_by_label("CSS selectors").fill("p[")
        self.extract(page, "<p>one</p>")
        page.locator("#problem").wait_for()
        self.assertEqual(page.locator("#problem-class").inner_text(), "unsupported-mode")
        self.assertIn("Request ", page.locator("#problem-request").inner_text())

    def test_tells_a_page_without_content_from_an_error(self):
        page = self.open("/")
        self.extract(page, "<!doctype html><title>nothing</title>")
        page.get_by_text("The page has no main content").wait_for()

    def test_takes_a_file_in_its_own_encoding(self):
        page = self.open("/")
        html = ("<!doctype html><meta charset=windows-1252><article><h1>Caf\u00e9</h1><p>"
                + "The caf\u00e9 by the harbour opens when the tide is out, and not before. " * 6)
        page.locator("#file").set_input_files(
            [{"name": "page.html", "mimeType": "text/html", "buffer": html.encode("cp1252")}])
        self.assertIn("page.html", page.locator("#chosen-name").inner_text())
        page.get_by_role("button", name="Extract").click()
        page.frame_locator("iframe").get_by_text("The caf\u00e9 by").first.wait_for()

    def test_tabs_are_moved_with_the_arrows(self):
        page = self.open("/")
        page.get_by_role("button", name="Example").click()
        page.get_by_role("button", name="Extract").click()
        page.get_by_role("tab", name="Rendered").focus()
        page.keyboard.press("ArrowLeft")
        self.assertEqual(page.evaluate("document.activeElement.id"), "tab-json")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        self.assertEqual(page.locator("[aria-selected=true]").inner_text(), "Markdown")

    def test_readable_in_light_and_dark_and_on_a_phone(self):
        for scheme in ("light", "dark"):
            for width in (320, 1280):
                with self.subTest(scheme=scheme, width=width):
                    page = self.open("/", width=width, scheme=scheme)
                    page.get_by_role("button", name="Example").click()
                    page.get_by_role("button", name="Extract").click()
                    page.locator("#document").wait_for()
                    self.assert_fits(page)
                    self.assert_readable(page)
