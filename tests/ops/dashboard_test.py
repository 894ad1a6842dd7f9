#!/usr/bin/env python3
"""The Grafana board asks for what is exported, and shows all of it."""
import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from exposition import exported, problems

BOARD = Path(__file__).resolve().parent.parent.parent / "deploy/grafana/riptide.json"
HISTOGRAM = re.compile(r"_(bucket|sum|count)$")
# Constants, and what Prometheus shows by other means.
NOT_SHOWN = {"process_max_fds", "process_virtual_memory_bytes"}


def queries(board):
    for panel in board["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]
    for annotation in board["annotations"]["list"]:
        yield annotation["name"], annotation["expr"]


class Dashboard(unittest.TestCase):
    def setUp(self):
        self.board = json.loads(BOARD.read_text())

    def test_asks_for_what_is_exported(self):
        metrics = exported()
        for title, query in queries(self.board):
            with self.subTest(title):
                self.assertEqual(list(problems(query, metrics)), [])

    def test_prometheus_understands_every_query(self):
        rules = [{"record": f"query:{number}",
                  "expr": query.replace("$__rate_interval", "5m")}
                 for number, (_, query) in enumerate(queries(self.board))]
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            json.dump({"groups": [{"name": "board", "rules": rules}]}, file)
            file.flush()
            done = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True,
                                  text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_shows_every_metric(self):
        text = " ".join(query for _, query in queries(self.board))
        for name in {HISTOGRAM.sub("", name) for name in exported()} - NOT_SHOWN:
            self.assertIn(name, text)

    def test_panels_have_ids_and_places_of_their_own(self):
        ids = [panel["id"] for panel in self.board["panels"]]
        self.assertEqual(len(ids), len(set(ids)))
        taken = set()
        for panel in self.board["panels"]:
            place = panel["gridPos"]
            self.assertLessEqual(place["x"] + place["w"], 24)
            cells = {(x, y) for x in range(place["x"], place["x"] + place["w"])
                     for y in range(place["y"], place["y"] + place["h"])}
            self.assertFalse(cells & taken, panel["title"])
            taken |= cells

    def test_works_with_any_source_job_and_instance(self):
        self.assertEqual([v["name"] for v in self.board["templating"]["list"]],
                         ["datasource", "job", "instance"])
        for title, query in queries(self.board):
            for selector in re.findall(r"\{[^}]*\}", query):
                with self.subTest(title):
                    self.assertIn('job="$job", instance=~"$instance"', selector)


if __name__ == "__main__":
    unittest.main()
