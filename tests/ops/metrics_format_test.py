#!/usr/bin/env python3
"""Prometheus finds nothing to say about our metrics."""
import os
import subprocess
import unittest


class MetricsFormat(unittest.TestCase):
    def test_promtool_accepts_what_is_exported_without_a_remark(self):
        text = subprocess.run([os.environ["METRICS_SAMPLE"]], check=True, capture_output=True).stdout
        self.assertIn(b"riptide_wasm_requests_total", text)
        checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True,
                                 check=False)
        self.assertEqual(checked.returncode, 0, checked.stderr.decode())
        self.assertEqual(checked.stdout + checked.stderr, b"")


if __name__ == "__main__":
    unittest.main()
