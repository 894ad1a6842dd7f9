"""Pages in headless Chromium, and what every one of them must hold to."""
import os
import shutil
import time
import unittest

from playwright.sync_api import sync_playwright

from service import Service

DASHBOARD = "/admin/pool/health"
# The colours that text really has, and what lies behind it, by the formula of WCAG 2.2.
CONTRASTS = """() => {
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const node of document.querySelectorAll("body *")) {
    const text = [...node.childNodes].filter((child) => child.nodeType === 3)
      .map((child) => child.data.trim()).join("");
    if (!text || !node.checkVisibility() || node.closest(".unseen, :disabled, option")) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) found.push(`${text}: ${contrast.toFixed(2)}`);
  }
  return found;
}"""


class BrowserTest(unittest.TestCase):
    """Whatever a test does: no error and no violation of the policy may reach the console."""
    options = {}

    @classmethod
    def setUpClass(cls):
        cls.service = Service(**cls.options)
        cls.addClassCleanup(lambda: cls.service.stop())
        cls.playwright = sync_playwright().start()
        cls.addClassCleanup(cls.playwright.stop)
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        cls.browser = cls.playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=arguments)
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.complaints = []
        self.expected = []

    def tearDown(self):
        unexpected = [text for text in self.complaints
                      if not any(words in text for words in self.expected)]
        self.assertEqual(unexpected, [])

    def open(self, path, service=None, width=1280, height=900, scheme="light"):
        service = service or self.service
        return self.open_url(service.url(path), service.url("/"), width, height, scheme)

    def open_url(self, url, allowed, width=1280, height=900, scheme="light", **options):
        """`allowed` is what addresses that are asked for begin with; `options` are of the context."""
        context = self.browser.new_context(viewport={"width": width, "height": height},
                                           color_scheme=scheme, **options)
        self.addCleanup(context.close)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda message: self.complaints.append(message.text)
                if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: self.complaints.append(f"asked {request.url}")
                if not request.url.startswith((allowed, "about:", "data:"))
                else None)
        page.goto(url)
        return page

    def wait_until(self, page, condition, seconds=8):
        """Playwright's own way to wait evaluates strings in the page, which the policy forbids."""
        end = time.monotonic() + seconds
        while not page.evaluate(condition):
            self.assertLess(time.monotonic(), end, f"never came true: {condition}")
            page.wait_for_timeout(50)

    def assert_readable(self, page):
        self.assertEqual(page.evaluate(CONTRASTS), [])

    def assert_fits(self, page):
        width = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(width, page.viewport_size["width"])
