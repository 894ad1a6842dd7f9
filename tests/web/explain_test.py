"""The report of `riptide explain`."""
import subprocess
import tempfile
from pathlib import Path

from browser import BrowserTest
from service import BIN
from try_test import HOSTILE


class Report(BrowserTest):
    def setUp(self):
        super().setUp()
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = Path(scratch.name)

    def report(self, html, **options):
        file = self.dir / "report.html"
        subprocess.run([BIN, "explain", "-f", "html", "-o", file], input=html.encode(), check=True,
                       env=self.service.environment)
        return self.open_url(file.as_uri(), file.as_uri(), **options)

    def test_tells_what_is_kept_and_why(self):
        page = self.report(HOSTILE)
        self.assertEqual(page.locator("h1").inner_text(), "How stdin was read")
        kept = page.locator("li.kept")
        self.assertIn("Tides rise and fall", kept.first.inner_text() + kept.last.inner_text())
        grounds = kept.last.locator("details")
        grounds.locator("summary").click()
        self.assertIn("Rules: article", grounds.inner_text())
        self.assertGreater(grounds.locator("tr").count(), 2)

    def test_only_what_is_kept_can_be_shown(self):
        page = self.report("<nav><ul><li><a href=/>Home</a></ul></nav>" + HOSTILE)
        dropped = page.locator("li:not(.kept)").first
        self.assertTrue(dropped.is_visible())
        page.get_by_label("Only those that are kept").check()
        self.assertFalse(dropped.is_visible())
        self.assertTrue(page.locator("li.kept").first.is_visible())

    def test_a_hostile_page_does_nothing(self):
        page = self.report(HOSTILE)
        self.assertEqual(page.locator("script, img, svg, iframe, a").count(), 0)
        self.assertIn("<svg onload=alert(3)>", page.locator("body").inner_text())

    def test_readable_in_light_and_dark_and_on_a_phone(self):
        for scheme in ("light", "dark"):
            for width in (320, 1280):
                with self.subTest(scheme=scheme, width=width):
                    page = self.report(HOSTILE, scheme=scheme, width=width)
                    for grounds in page.locator("summary").all():
                        grounds.click()
                    self.assert_fits(page)
                    self.assert_readable(page)
