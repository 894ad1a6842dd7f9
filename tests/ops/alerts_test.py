#!/usr/bin/env python3
"""The alert rules ask for what is exported, fire when they should, and are explained."""
import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

from exposition import exported, problems

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ROOT / "deploy/prometheus/alerts.yaml"
HANDBOOK = ROOT / "docs/operators.md"
MINUTES = 90
TARGET = 'job="riptide",instance="a"'


def series(name, start, step, **labels):
    """Values that begin with `start` and rise by `step` each minute."""
    matchers = "".join(f',{label}="{value}"' for label, value in labels.items())
    return {"series": f"{name}{{{TARGET}{matchers}}}", "values": f"{start}+{step}x{MINUTES}"}


def histogram(name, in_time, late, bound, **labels):
    """`in_time` a minute at most `bound`, `late` a minute above."""
    return [series(f"{name}_bucket", 0, in_time, le=bound, **labels),
            series(f"{name}_bucket", 0, in_time + late, le="+Inf", **labels)]


def share(part, whole):
    """Both at so many a minute."""
    return [part, whole]


def state(name, value, **labels):
    return [series(name, value, 0, **labels)]


WASM = "riptide_wasm_"
HTTP = "riptide_http_"
# Each alert with what makes it fire and what does not.
CASES = {
    "RiptideDown": (state("up", 0), state("up", 1)),
    "RiptideRestarting": (
        [{"series": f"process_start_time_seconds{{{TARGET}}}",
          "values": "0x80 1x2 2x2 3x6"}],
        state("process_start_time_seconds", 1)),
    "RiptideServerErrors": (
        [series(HTTP + "requests_total", 0, 60, route="extract", status="2xx"),
         series(HTTP + "requests_total", 0, 6, route="extract", status="5xx")],
        [series(HTTP + "requests_total", 0, 600, route="extract", status="2xx"),
         series(HTTP + "requests_total", 0, 6, route="extract", status="5xx")]),
    "RiptideLatencyHigh": (
        histogram(HTTP + "request_duration_seconds", 10, 1, "5", route="extract"),
        histogram(HTTP + "request_duration_seconds", 100, 0, "0.1", route="extract")),
    "RiptideConnectionsRefused": (
        [series(HTTP + "refused_total", 0, 1, reason="connection-limit")],
        [series(HTTP + "refused_total", 5, 0, reason="connection-limit"),
         series(HTTP + "refused_total", 0, 9, reason="malformed")]),
    "RiptideUnauthorized": ([series(HTTP + "refused_total", 0, 120, reason="unauthorized")],
                            [series(HTTP + "refused_total", 0, 6, reason="unauthorized")]),
    "RiptideDescriptorsLow": (
        state("process_open_fds", 900) + state("process_max_fds", 1024),
        state("process_open_fds", 100) + state("process_max_fds", 1024)),
    "RiptideLogsDropped": ([series("riptide_log_dropped_total", 0, 1)],
                           [series("riptide_log_dropped_total", 7, 0)]),
    "RiptideCritical": (state(WASM + "health_level", 1, level="critical"),
                        state(WASM + "health_level", 0, level="critical")),
    "RiptideUnhealthy": (state(WASM + "health_level", 1, level="unhealthy"),
                         state(WASM + "health_level", 1, level="degraded")),
    "RiptideDegraded": (state(WASM + "health_level", 1, level="degraded"),
                        state(WASM + "health_level", 1, level="healthy")),
    "RiptidePoolExhausted": (
        state(WASM + "utilization_ratio", 1) + state(WASM + "requests_waiting", 3),
        state(WASM + "utilization_ratio", 1) + state(WASM + "requests_waiting", 0)),
    "RiptideShedding": (
        share(series(WASM + "results_total", 0, 6, result="shed"),
              series(WASM + "requests_total", 0, 60)),
        share(series(WASM + "results_total", 0, 6, result="error"),
              series(WASM + "requests_total", 0, 60))),
    "RiptideQueueSlow": (histogram(WASM + "queue_wait_seconds", 10, 1, "2.5"),
                         histogram(WASM + "queue_wait_seconds", 100, 0, "0.1")),
    "RiptideMemoryPressure": (
        state(WASM + "memory_pages", 900) + state(WASM + "memory_allowed_bytes", 1000 * 65536),
        state(WASM + "memory_pages", 100) + state(WASM + "memory_allowed_bytes", 1000 * 65536)),
    "RiptideBreakerOpen": (state(WASM + "circuit_breaker_state", 1, state="open"),
                           state(WASM + "circuit_breaker_state", 1, state="half-open")),
    "RiptideBreakerFlapping": (
        [series(WASM + "circuit_breaker_transitions_total", 0, 1, kind="trip")],
        [series(WASM + "circuit_breaker_transitions_total", 0, 1, kind="recovery")]),
    "RiptideSandboxDown": (state(WASM + "sandbox_up", 0), state(WASM + "sandbox_up", 1)),
    "RiptideCanaryFailing": (state(WASM + "canary", 1, result="failed"),
                             state(WASM + "canary", 1, result="passed")),
    "RiptideTickerStuck": (state(WASM + "ticker_stuck", 1), state(WASM + "ticker_stuck", 0)),
    "RiptideEngineErrors": (
        share(series(WASM + "errors_total", 0, 6, **{"class": "trap"}),
              series(WASM + "requests_total", 0, 60)),
        share(series(WASM + "errors_total", 0, 6, **{"class": "invalid-html"}),
              series(WASM + "requests_total", 0, 60))),
    "RiptideFallbackHigh": (
        share(series(WASM + "results_total", 0, 30, result="fallback"),
              series(WASM + "requests_total", 0, 60)),
        share(series(WASM + "results_total", 0, 1, result="fallback"),
              series(WASM + "requests_total", 0, 60))),
    "RiptideEpochTimeouts": ([series(WASM + "epoch_timeouts_total", 0, 12)],
                             [series(WASM + "epoch_timeouts_total", 0, 1)]),
    "RiptideSlowStart": (state(WASM + "start_target_missed", 1),
                         state(WASM + "start_target_missed", 0)),
    "RiptideCacheRejected": (state(WASM + "aot_cache_results_total", 1, result="rejected"),
                             state(WASM + "aot_cache_results_total", 1, result="miss")),
    "RiptideHelpersFailing": (
        [series(WASM + "helper_deaths_total", 0, 1, cause="setup")],
        [series(WASM + "helper_deaths_total", 0, 9, cause="memory")]),
    "RiptideHelpersExhausted": (
        [series(WASM + "helper_refused_total", 0, 1, reason="overloaded")],
        [series(WASM + "helper_refused_total", 4, 0, reason="overloaded")]),
}


def rules():
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


class Alerts(unittest.TestCase):
    def test_promtool_accepts_the_rules(self):
        subprocess.run(["promtool", "check", "rules", RULES], check=True, capture_output=True)

    def test_ask_for_what_is_exported(self):
        metrics = exported()
        for name, rule in rules().items():
            with self.subTest(name):
                self.assertEqual(list(problems(rule["expr"], metrics)), [])

    def test_a_query_for_what_is_not_exported_is_found(self):
        metrics = exported()
        for query in ['rate(riptide_no_such_total[5m])', 'riptide_http_timeouts_total{kind="tea"}',
                      'riptide_http_timeouts_total{sort="idle"}',
                      'sum by (flavour) (riptide_http_timeouts_total)']:
            self.assertNotEqual(list(problems(query, metrics)), [], query)

    def test_are_explained_in_the_handbook(self):
        headings = re.findall(r"^#+ (.*)$", HANDBOOK.read_text(), re.M)
        for name, rule in rules().items():
            with self.subTest(name):
                self.assertIn(name, headings)
                self.assertEqual(rule["annotations"]["runbook"],
                                 f"docs/operators.md#{name.lower()}")
                self.assertIn(rule["labels"]["severity"], ["page", "ticket"])
        self.assertEqual([h for h in headings if h.startswith("Riptide") and h not in rules()], [])

    def test_each_is_tried_here(self):
        self.assertEqual(set(CASES), set(rules()))

    def test_fire_when_they_should_and_only_then(self):
        for name, (bad, good) in CASES.items():
            with self.subTest(name):
                self.assertTrue(self.fires(name, bad))
                self.assertFalse(self.fires(name, good))

    def fires(self, name, input_series):
        # promtool tells what an alert that was not expected looks like; that is all we ask.
        document = {"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [{
            "interval": "1m", "input_series": input_series,
            "alert_rule_test": [{"eval_time": f"{MINUTES}m", "alertname": name,
                                 "exp_alerts": []}]}]}
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            json.dump(document, file)
            file.flush()
            tested = subprocess.run(["promtool", "test", "rules", file.name], capture_output=True,
                                    text=True, check=False)
        output = tested.stdout + tested.stderr
        if tested.returncode == 0:
            return False
        self.assertIn("got:[", output.replace("\n", "").replace(" ", ""), output)
        return True


if __name__ == "__main__":
    unittest.main()
