#!/usr/bin/env python3
"""tools/count judges figures: COUNT_CALLS is the program that it counts."""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
METRIC = "host.native.tiny"


class Count(unittest.TestCase):
    """Each test counts anew, on a tiny page."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.counts = Path(cls.scratch.name) / "counts.json"
        cls.run_tool(expected=0, arguments=["--accept"])
        cls.recorded = json.loads(cls.counts.read_text())

    @classmethod
    def run_tool(cls, expected, arguments):
        result = subprocess.run(
            [sys.executable, ROOT / "tools/count", "--program", os.environ["COUNT_CALLS"],
             "--counts", cls.counts, *arguments], capture_output=True, text=True, check=False)
        if result.returncode != expected:
            raise AssertionError(f"status {result.returncode}: {result.stdout}{result.stderr}")
        return result

    def judge(self, factor, expected, metric=METRIC, conditions=None):
        """Counts `metric` again, against a record in which it was `factor` times as much."""
        record = json.loads(json.dumps(self.recorded))
        record["counts"][metric] = round(record["counts"][metric] * factor)
        record["conditions"] |= conditions or {}
        self.counts.write_text(json.dumps(record))
        return self.run_tool(expected, ["--only", metric])

    def test_the_same_program_counts_the_same(self):
        for metric in (METRIC, "guest.sandbox.tiny"):
            self.assertIn("+0.0%", self.judge(1, 0, metric).stdout)

    def test_more_instructions_than_recorded_are_an_error_that_tells_how_to_accept_them(self):
        old = round(self.recorded["counts"][METRIC] * 0.9)
        said = self.judge(0.9, 1).stderr
        for part in (METRIC, f"{old:,}", f"{self.recorded['counts'][METRIC]:,}",
                     "tools/count --accept"):
            self.assertIn(part, said)

    def test_a_guest_with_more_instructions_is_an_error_too(self):
        self.assertIn("guest.sandbox.tiny took", self.judge(0.9, 1, "guest.sandbox.tiny").stderr)

    def test_fewer_instructions_are_to_be_recorded_but_no_error(self):
        self.assertIn("please record it", self.judge(1.1, 0).stderr)

    def test_a_difference_within_three_percent_is_neither(self):
        for factor in (0.98, 1.02):
            self.assertEqual(self.judge(factor, 0).stderr, "")

    def test_figures_of_another_compiler_are_told_but_not_judged(self):
        other = {"host": self.recorded["conditions"]["host"] | {"compilers": ["another"]}}
        result = self.judge(0.5, 0, conditions=other)
        self.assertIn("other conditions", result.stdout)
        self.assertEqual(result.stderr, "")
        # The guest's compiler is pinned, so its figures hold nevertheless.
        self.judge(0.5, 1, "guest.sandbox.tiny", conditions=other)

    def test_a_metric_without_a_record_is_an_error(self):
        record = json.loads(json.dumps(self.recorded))
        del record["counts"][METRIC]
        self.counts.write_text(json.dumps(record))
        self.assertIn("has no figure", self.run_tool(1, ["--only", METRIC]).stderr)

    def test_a_guest_without_simd_takes_at_most_twice_the_instructions(self):
        counts = self.recorded["counts"]
        for page in ("tiny", "article", "news_100k"):
            self.assertLess(counts[f"guest.scalar.{page}"], 2 * counts[f"guest.sandbox.{page}"], page)

    def test_the_record_has_all_metrics_that_are_counted(self):
        kept = json.loads((ROOT / "bench/counts.json").read_text())
        self.assertEqual(sorted(kept["counts"]), sorted(self.recorded["counts"]))


if __name__ == "__main__":
    unittest.main()
