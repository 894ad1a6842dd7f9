#!/usr/bin/env python3
"""The suite behind tools/bench: ARM_BENCH and RIPTIDE_BIN are programs that it runs."""
import json
import os
import sys
import tempfile
import tomllib
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))
from suite import pages, plot, report  # noqa: E402
from suite.bench import Section  # noqa: E402
from suite.page_set import PageSet  # noqa: E402
from suite.runs import Arm, Failure, by_turns, median, server  # noqa: E402


def printing(text):
    return Arm([sys.executable, "-c", f"print({text!r})"])


class InScratch(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)


class Runs(InScratch):
    def test_rounds_take_turns_and_their_median_counts(self):
        log = self.scratch / "log"
        arms = {name: Arm([sys.executable, "-c", f"open({str(log)!r}, 'a').write({name!r}); "
                           f"print('us', len(open({str(log)!r}).read()))"]) for name in "ab"}
        found = by_turns(arms, 3)
        self.assertEqual(log.read_text(), "ababab")
        self.assertEqual(found["a"]["us"], [1, 3, 5])
        self.assertEqual(median(found, "b", "us"), 4)

    def test_documents_that_differ_are_an_error_that_names_who_made_them(self):
        arms = {"one": printing("hash aa"), "other": printing("hash bb")}
        with self.assertRaisesRegex(Failure, "aa by one, bb by other"):
            by_turns(arms, 1)

    def test_a_program_that_fails_is_an_error_with_what_it_said(self):
        with self.assertRaisesRegex(Failure, "status 3: why"):
            Arm([sys.executable, "-c", "import sys; sys.stderr.write('why'); sys.exit(3)"]).run()

    def test_a_program_that_is_missing_is_an_error(self):
        with self.assertRaisesRegex(Failure, "is missing"):
            Arm([self.scratch / "none"]).run()

    def test_variables_reach_the_program(self):
        arm = Arm([sys.executable, "-c", "import os; print('x', os.environ['BENCH_X'])"],
                  BENCH_X="7")
        self.assertEqual(arm.figures(), {"x": 7})

    def test_a_server_listens_and_ends(self):
        with server(os.environ["RIPTIDE_BIN"]) as (address, process):
            self.assertRegex(address, r"^127\.0\.0\.1:\d+$")
            os.kill(process, 0)
        with self.assertRaises(ProcessLookupError):
            os.kill(process, 0)


class Pages(InScratch):
    def test_pages_of_a_directory_become_utf8_in_order_of_size(self):
        given = self.scratch / "given"
        (given / "deep").mkdir(parents=True)
        (given / "deep/large.html").write_bytes(b"\xef\xbb\xbf<p>" + b"x" * 100)
        (given / "small.htm").write_bytes(b"<p>caf\xe9")
        (given / "other.txt").write_bytes(b"no page")
        found = PageSet(given, self.scratch / "out")
        self.assertEqual([path.read_text("utf-8") for path in found.files],
                         ["<p>caf\ufffd", "<p>" + "x" * 100])
        self.assertEqual(found.all.read_text().split(), [str(path) for path in found.files])

    def test_a_list_may_have_ids_and_urls(self):
        page = self.scratch / "page.html"
        page.write_text("<p>page")
        listed = self.scratch / "list"
        listed.write_text(f"id\t{page}\thttps://example.com/\n{page}\n")
        self.assertEqual(len(PageSet(listed, self.scratch / "out").files), 2)

    def test_no_pages_are_an_error(self):
        with self.assertRaisesRegex(Failure, "no pages"):
            PageSet(self.scratch, self.scratch / "out")

    def test_made_pages_have_the_size_that_is_asked_for(self):
        for size in (4096, 100_000, (1 << 24) - 8192):
            self.assertAlmostEqual(len(pages.news(size)), size, delta=4096)
        self.assertEqual(pages.nested(7).count("<div>"), 7)


class Reference(unittest.TestCase):
    def test_is_built_of_the_same_crates_as_the_host(self):
        def crates(directory):
            lock = tomllib.loads((ROOT / directory / "Cargo.lock").read_text())
            return {(crate["name"], crate["version"], crate["checksum"])
                    for crate in lock["package"] if "checksum" in crate}
        reference = crates("bench/reference")
        self.assertIn("wasmtime", {name for name, _, _ in reference})
        self.assertLessEqual(reference, crates("third_party/wasmtime-shim"))


class Ways(InScratch):
    def test_all_ways_make_the_same_documents(self):
        found = PageSet(ROOT / "examples", self.scratch / "out")
        ways = ("native", "helper", "slot", "pool")
        arms = {way: Arm([os.environ["ARM_BENCH"], way, found.all, 1]) for way in ways}
        told = by_turns(arms, 1)
        self.assertEqual({keys["hash"][0] for keys in told.values()}, set(told["native"]["hash"]))
        for way in ways:
            self.assertEqual(median(told, way, "calls"), len(found.files))

    def test_documents_that_a_fallback_made_are_counted(self):
        found = PageSet(ROOT / "examples", self.scratch / "out")
        arm = Arm([os.environ["ARM_BENCH"], "pool", found.all, 1],
                  RIPTIDE_WASM_COMPONENT=str(self.scratch / "none.wasm"))
        self.assertEqual(arm.figures()["fallbacks"], len(found.files))


class Report(InScratch):
    def test_charts_are_xml_within_their_bounds(self):
        charts = [plot.lines("a < b", "x", "y", {"one": [(1, 5), (1000, 70)], "two": [(1, 9)]},
                             log_x=True, log_y=True),
                  plot.lines("linear", "x", "y", {"flat": [(0, 0), (3, 0)]}),
                  plot.bars("bars", "y", ["g", "h"], {"one": [3, 0.2], "two": [1, 9]}, log_y=True)]
        for chart in charts:
            found = xml.fromstring(chart)
            for shape in found.iter():
                for name, most in (("x", plot.WIDTH), ("cx", plot.WIDTH), ("y", plot.HEIGHT),
                                   ("cy", plot.HEIGHT)):
                    if name in shape.attrib:
                        self.assertTrue(0 <= float(shape.attrib[name]) <= most, shape.attrib)

    def test_higher_values_are_drawn_higher(self):
        found = xml.fromstring(plot.bars("bars", "y", ["g"], {"low": [2], "high": [8]}))
        space = "{http://www.w3.org/2000/svg}"
        heights = [float(bar.attrib["height"]) for bar in found.iter(f"{space}rect")
                   if bar.attrib["height"] != "10"]
        self.assertAlmostEqual(heights[1] / heights[0], 4, delta=0.1)

    def test_report_and_results_tell_the_same(self):
        section = Section("Calls", "How.", ["way", "us"], [["native", 12.345], ["pool", 4321.0]],
                          {"calls": "<svg/>"}, {"native": {"us": [12.345]}})
        told = {"machine": report.machine(), "commit": "abc", "quick": True, "rounds": 1,
                "pages": {"count": 1, "bytes": 9, "median": 9}}
        report.write(self.scratch / "out", told, [section])
        text = (self.scratch / "out/report.md").read_text()
        for part in ("## Calls", "| native | 12.35 |", "| pool | 4,321 |", "![Calls](calls.svg)",
                     "these are no figures"):
            self.assertIn(part, text)
        results = json.loads((self.scratch / "out/results.json").read_text())
        self.assertEqual(results["sections"][0]["raw"], {"native": {"us": [12.345]}})
        self.assertTrue((self.scratch / "out" / results["sections"][0]["charts"][0]).exists())


if __name__ == "__main__":
    unittest.main()
