"""The dashboard: what it shows, and when."""
import socket
import time

from browser import DASHBOARD, BrowserTest
from service import COMPONENTS, Load, Service

IS_LIVE = "document.querySelector('#connection').dataset.tone === 'good'"
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
RATE = "Number(document.querySelector('[data-field=request_rate]').textContent)"


def field(page, name):
    return page.locator(f"[data-field={name}]").first


class Dashboard(BrowserTest):
    # A machine that is busy with other tests may take its time to start.
    options = {"RIPTIDE_WASM_COLD_START_TARGET_MS": "10000"}

    def live(self, **look):
        page = self.open(DASHBOARD, **look)
        self.wait_until(page, IS_LIVE)
        return page

    def test_tells_the_state_of_an_idle_pool(self):
        page = self.live()
        self.assertEqual(field(page, "level").inner_text(), "Healthy")
        self.assertEqual(field(page, "breaker_state").inner_text(), "Closed")
        self.assertEqual(page.locator("#breaker-states [aria-current]").count(), 1)
        self.assertIn("riptide", field(page, "version").inner_text())
        self.assertGreater(page.locator("#configuration tbody tr").count(), 10)
        self.assertEqual(page.locator("#notices li").count(), 0)

    def test_moves_while_load_runs(self):
        page = self.live()
        with Load(self.service):
            self.wait_until(page, f"{RATE} > 5")
            self.wait_until(
                page, "document.querySelector('[data-chart=requests] path.line-1') !== null")
        self.assertNotEqual(field(page, "processing_p95").inner_text(), "–")
        self.assertEqual(field(page, "success").inner_text(), "100\u00a0%")
        self.wait_until(page, f"{RATE} === 0")

    def test_lists_errors_by_class_and_the_last_ones(self):
        self.service.post(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, {"X-Request-Id": "the-png"})
        page = self.live()
        page.get_by_text("the-png").wait_for()
        self.assertGreater(page.locator("#errors td.n").count(), 0)

    def test_readable_in_light_and_dark_from_a_phone_to_a_wall(self):
        for scheme in ("light", "dark"):
            for width, height in ((320, 640), (390, 844), (1280, 900), (3840, 2160)):
                with self.subTest(scheme=scheme, width=width):
                    page = self.live(width=width, height=height, scheme=scheme)
                    self.assert_fits(page)
                    self.assert_readable(page)

    def test_shapes_tell_what_colours_tell(self):
        page = self.live()
        shapes = page.evaluate("""() => ["good", "fair", "poor", "bad"].map((tone) => {
          const check = document.querySelector("[data-check=trend]");
          check.dataset.tone = tone;
          const style = getComputedStyle(check.querySelector(".shape"));
          return style.clipPath + style.borderRadius;
        })""")
        self.assertEqual(len(set(shapes)), 4)

    def test_is_small(self):
        page = self.live()
        sizes = page.evaluate("""() => performance.getEntries()
          .filter(({entryType}) => entryType === "navigation" || entryType === "resource")
          .filter(({initiatorType}) => initiatorType !== "fetch")
          .map((entry) => entry.decodedBodySize)""")
        self.assertGreater(len(sizes), 5)
        self.assertLess(sum(sizes), 100_000)

    def first_paint(self, path):
        page = self.open(path)
        self.wait_until(page, FIRST_PAINT)
        paint = page.evaluate(FIRST_PAINT)
        page.context.close()
        return paint

    def test_is_painted_within_200_milliseconds(self):
        self.expected = ["404"]  # a bare page has no icon
        bare = best = float("inf")
        for _ in range(10):
            bare = min(bare, self.first_paint("/livez"))
            best = min(best, self.first_paint(DASHBOARD))
            # A bare page takes some 30 ms; where even that takes longer, the machine is busy.
            if best < max(200, 6 * bare):
                return
        self.fail(f"{best} ms; a bare page takes {bare} ms")

    def test_everything_that_scrolls_is_reached_with_the_keyboard(self):
        page = self.live(width=390, height=844)
        unreached = page.evaluate("""() => [...document.querySelectorAll("body *")]
          .filter((node) => node.scrollWidth > node.clientWidth + 1
            && ["auto", "scroll"].includes(getComputedStyle(node).overflowX)
            && node.tabIndex < 0).length""")
        self.assertEqual(unreached, 0)

    def test_says_so_when_the_server_is_gone_and_recovers_by_itself(self):
        service = Service()
        self.addCleanup(lambda: service.stop())
        self.expected = ["ERR_CONNECTION_REFUSED"]
        page = self.open(DASHBOARD, service=service)
        self.wait_until(page, IS_LIVE)
        service.stop()
        page.get_by_text("The server does not answer since").wait_for()
        self.assertIn("stale", page.locator("#figures").get_attribute("class"))
        service.start()
        self.wait_until(page, IS_LIVE)
        self.assertEqual(field(page, "level").inner_text(), "Healthy")


class OpenBreaker(BrowserTest):
    """A component that always traps: the engine is at fault, for the canary fails too."""
    options = {"RIPTIDE_WASM_COMPONENT": f"{COMPONENTS}/trap.wasm",
               "RIPTIDE_WASM_CIRCUIT_BREAKER_TIMEOUT_SECS": "30"}

    def test_shown_within_two_seconds(self):
        page = self.open(DASHBOARD)
        self.wait_until(page, IS_LIVE)
        for _ in range(40):
            self.service.post(b"<p>one page</p>")
        start = time.monotonic()
        page.locator("#breaker-states [data-state=open][aria-current]").wait_for()
        self.assertLess(time.monotonic() - start, 2)
        page.get_by_text("The circuit breaker is open").first.wait_for()
        self.assertIn("closed → open", page.locator("#transitions").inner_text())
        self.assertEqual(field(page, "breaker_state").inner_text(), "Open")
        self.assertIn("100\u00a0% by the fallback", field(page, "verdict").inner_text())
        self.assertIn("circuit breaker open", page.locator("#announcer").inner_text())
        self.assert_readable(page)


class HostileNames(BrowserTest):
    """What the server tells may be anything: here the path of a component that is not there."""
    name = "/nowhere/<img src=x onerror=alert(1)><script>alert(2)</script>.wasm"
    options = {"RIPTIDE_WASM_COMPONENT": name}

    def test_are_shown_as_they_are(self):
        page = self.open(DASHBOARD)
        self.wait_until(page, IS_LIVE)
        self.assertIn(self.name, page.locator("#notices").inner_text())
        self.assertIn(self.name, page.locator("#configuration").inner_text())
        self.assertEqual(page.locator("img, main script").count(), 0)


class AdminListener(BrowserTest):
    """Where the admin routes have a listener of their own, the page has all it needs there."""

    @classmethod
    def setUpClass(cls):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            cls.admin_port = free.getsockname()[1]
        cls.options = {"RIPTIDE_ADMIN_LISTEN": f"127.0.0.1:{cls.admin_port}"}
        super().setUpClass()

    def url(self, path):
        return f"http://127.0.0.1:{self.admin_port}{path}"

    def test_serves_the_page_and_its_figures(self):
        page = self.open(DASHBOARD, service=self)
        self.wait_until(page, IS_LIVE)

    def test_keeps_them_from_the_public(self):
        self.expected = ["404"]
        page = self.open(DASHBOARD)
        self.assertEqual(page.locator("#figures").count(), 0)


class AdminToken(BrowserTest):
    options = {"RIPTIDE_ADMIN_TOKEN": "a-token-of-more-than-sixteen-bytes"}

    def test_is_asked_for_and_kept_for_the_tab_only(self):
        self.expected = ["401"]
        page = self.open(DASHBOARD)
        page.get_by_label("Token").wait_for()
        self.assertFalse(page.locator("#figures").is_visible())
        page.get_by_label("Token").fill("not-the-token")
        page.keyboard.press("Enter")
        page.get_by_text("The server refused this token").wait_for()
        page.get_by_label("Token").fill(self.options["RIPTIDE_ADMIN_TOKEN"])
        page.keyboard.press("Enter")
        self.wait_until(page, IS_LIVE)
        self.assertNotIn(self.options["RIPTIDE_ADMIN_TOKEN"], page.content())
        page.reload()
        self.wait_until(page, IS_LIVE)
        self.assertEqual(page.evaluate("localStorage.length"), 0)
