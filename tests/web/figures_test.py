"""What the dashboard makes of figures: rates, percentiles, and how they are written."""
from browser import BrowserTest

FIGURES = """(requests, uptime = 1) => ({
  server: { uptime_seconds: uptime },
  counts: { requests_total: requests, fallback_total: 0, error_total: 0, shed_total: 0 },
  health: { success_ratio: 1, fallback_ratio: 0, utilization_ratio: 0, memory: { ratio: 0 } },
  processing: { count: 0, buckets: [], max_seconds: 0 },
  wait: { count: 0, buckets: [], max_seconds: 0 },
})"""


class Figures(BrowserTest):
    def setUp(self):
        super().setUp()
        self.page = self.open("/")

    def value(self, module, expression):
        """Of an expression with a module's exports."""
        return self.page.evaluate(
            f"import('/assets/{module}.js').then((m) => {{ {expression} }})")

    def write(self, function, *values):
        return [self.value("format", f"return m.{function}({value})").replace("\u00a0", " ")
                for value in values]

    def test_percentiles_are_those_between_two_answers(self):
        quantiles = self.value("history", """
          const times = (count, first, second) => ({ count, max_seconds: 9, buckets: [
            { at_most_seconds: 1, count: first }, { at_most_seconds: 2, count: second }] });
          const older = times(100, 100, 100);
          const newer = times(110, 100, 108);
          return [0.4, 0.8, 0.99].map((share) => m.quantile(share, newer, older))
            .concat(m.quantile(0.5, older, older), m.quantile(0.5, older));
        """)
        # Of ten new times eight are between 1 and 2 s, two beyond; then none at all; then a start.
        self.assertEqual(quantiles, [1.5, 2, 9, None, 0.5])

    def test_rates_are_of_the_last_seconds_and_begin_anew_with_the_server(self):
        rates = self.value("history", f"""
          const figures = {FIGURES};
          const history = new m.History();
          const rates = [[0, 100], [1, 110], [2, 130]]
            .map(([now, requests]) => history.add(figures(requests, now), now).requests);
          rates.push(history.add(figures(5, 0.5), 3).requests, history.samples.length);
          return rates;
        """)
        self.assertEqual(rates, [None, 10, 15, None, 1])

    def test_keeps_five_minutes(self):
        kept = self.value("history", f"""
          const figures = {FIGURES};
          const history = new m.History();
          for (let now = 0; now < 1000; now += 1) history.add(figures(now, now), now);
          return history.samples.length;
        """)
        self.assertEqual(kept, 301)

    def test_ratios_never_round_to_all_or_nothing(self):
        self.assertEqual(self.write("percent", 0, 0.0004, 0.456, 0.9123, 0.9996, 1),
                         ["0 %", "< 0.1 %", "46 %", "91.2 %", "> 99.9 %", "100 %"])

    def test_times_and_sizes_have_their_units(self):
        self.assertEqual(self.write("time", 0, 0.00000123, 0.0456, 12.34, 75, "null"),
                         ["0", "1.23 µs", "45.6 ms", "12.3 s", "1 min 15 s", "–"])
        self.assertEqual(self.write("age", 0, 59.9, 3600, 90061), ["0 s", "59 s", "1 h", "1 d 1 h"])
        self.assertEqual(self.write("bytes", 0, 1023, 1536, 3 << 20),
                         ["0 B", "1023 B", "1.5 KiB", "3 MiB"])

    def test_charts_end_at_a_round_number(self):
        self.assertEqual(
            self.value("charts", "return [0, 0.3, 1, 1.1, 42, 501].map(m.ceiling)"),
            [1, 0.5, 1, 2, 50, 1000])
