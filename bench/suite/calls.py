"""Sections about single calls."""
import tempfile

from . import plot
from .bench import PAUSE_US, Section
from .pages import nested, news
from .runs import Arm, median

# For pages that take seconds on a busy machine.
_PATIENT = {"RIPTIDE_WASM_EPOCH_TIMEOUT_MS": "60000"}


def start(bench):
    """A process from its start to its end, with a document in between."""
    with tempfile.TemporaryDirectory() as warm:
        def extract(*options, **environment):
            return Arm([bench.program, "extract", *options, bench.article], **environment)

        def cold(arm):
            with tempfile.TemporaryDirectory() as empty:
                arm.environment["XDG_CACHE_HOME"] = empty
                return arm.wall_ms()

        arms = {"wasm, cold cache": extract(),
                "wasm, warm cache": extract(XDG_CACHE_HOME=warm),
                "wasm, warm cache, no fallback": extract("--engine", "wasm", XDG_CACHE_HOME=warm),
                "native": extract("--engine", "native"),
                "no document (--version)": Arm([bench.program, "--version"])}
        arms["wasm, warm cache"].run()
        found = bench.by_turns(arms, lambda arm: cold(arm) if arm is arms["wasm, cold cache"]
                               else _median_wall(arm, bench.pick(9, 1)))
    rows = [[name, median(found, name, "wall_ms")] for name in arms]
    chart = plot.bars("Start to first document", "ms", ["start"],
                      {name: [value] for name, value in rows}, log_y=True)
    return Section("Start", "`riptide extract examples/article.html` as a whole process; a cold "
                   "cache of compiled components is an empty one.", ["", "ms"], rows,
                   {"start": chart}, found)


def _median_wall(arm, times):
    walls = sorted(arm.wall_ms()["wall_ms"] for _ in range(times))
    return {"wall_ms": walls[times // 2]}


def calls(bench):
    """One call of each kind on pages of three sizes."""
    lists = {"tiny": bench.pages.tiny, "median": bench.pages.median,
             "largest": bench.pages.largest}
    ways = {"native, in process": ("native", 0), "native, helper process": ("helper", PAUSE_US),
            "sandbox, store made in the call": ("slot", 0),
            "sandbox, pool with a store ready": ("pool", PAUSE_US)}
    raw, rows, heights = {}, [], {name: [] for name in ways}
    for size, page_list in lists.items():
        passes = bench.passes(page_list)
        found = bench.by_turns({
            name: bench.way(way, page_list, max(passes // (10 if way == "helper" else 1), 1),
                            pause_us=pause)
            for name, (way, pause) in ways.items()})
        raw |= {f"{size}: {name}": keys for name, keys in found.items()}
        native = median(found, "native, in process", "call_us.p50")
        for name in ways:
            p50 = median(found, name, "call_us.p50")
            heights[name].append(p50)
            rows.append([size, name, p50, median(found, name, "call_us.p99"), p50 / native])
    chart = plot.bars("One call", "us, p50", list(lists), heights, log_y=True)
    return Section("Calls", "One thread. Tiny is a page of 68 bytes; median and largest are of the "
                   f"pages given. {PAUSE_US} us pass between two calls of the pool and of helpers.",
                   ["page", "", "p50 us", "p99 us", "of native"], rows, {"calls": chart}, raw)


def modes(bench):
    """What each mechanism costs."""
    pages = bench.pages.all
    passes = bench.passes(pages)
    bases = {"a store for each call": None,
             "memory cleared by the kernel (RIPTIDE_WASM_ENABLE_REUSE=false)":
                 "a store for each call",
             "guest without SIMD (RIPTIDE_WASM_ENABLE_SIMD=false)": "a store for each call",
             "reference, epochs": None,
             "reference, no epochs": "reference, epochs"}
    names = list(bases)
    found = bench.by_turns({
        names[0]: bench.way("slot", pages, passes),
        names[1]: bench.way("slot", pages, passes, RIPTIDE_WASM_ENABLE_REUSE="false"),
        names[2]: bench.way("slot", pages, passes, RIPTIDE_WASM_ENABLE_SIMD="false"),
        names[3]: bench.reference("pooled", pages, passes),
        names[4]: bench.reference("pooled-no-epochs", pages, passes)})
    rows = []
    for name, base in bases.items():
        mean = median(found, name, "call_us.mean")
        rows.append([name, mean, mean / median(found, base, "call_us.mean") if base else 1.0])
    return Section("Reset, SIMD, epochs", "All given pages, one thread, mean of a call. The host has no "
                   "switch for epochs, so the reference tells what they cost.",
                   ["", "us", "of the line it varies"], rows, raw=found)


def reference(bench):
    """Wasmtime's own Rust interface with the same component."""
    rows, raw, heights = [], {}, {}
    lists = {"tiny": bench.pages.tiny, "all given pages": bench.pages.all}
    for size, page_list in lists.items():
        passes = bench.passes(page_list)
        found = bench.by_turns({
            "riptide, a store for each call": bench.way("slot", page_list, passes),
            "riptide, pool": bench.way("pool", page_list, passes),
            "Rust, best practice": bench.reference("pooled", page_list, passes),
            "Rust, naive": bench.reference("naive", page_list, passes)})
        raw |= {f"{size}: {name}": keys for name, keys in found.items()}
        best = median(found, "Rust, best practice", "call_us.mean")
        for name in found:
            mean = median(found, name, "call_us.mean")
            heights.setdefault(name, []).append(mean)
            rows.append([size, name, mean, median(found, name, "call_us.p99"), mean / best])
    chart = plot.bars("Against Wasmtime's Rust interface", "us, mean", list(lists), heights,
                      log_y=True)
    return Section("Reference", "The same component in Wasmtime's own Rust interface "
                   "(bench/reference), one thread; documents are checked to be the same.",
                   ["pages", "", "mean us", "p99 us", "of best practice"], rows,
                   {"reference": chart}, raw)


def _sweep(bench, made, ways):
    """{way: [(x, us)]}, rows and raw figures for pages that are made: {x: text}."""
    series, rows, raw = {way: [] for way in ways}, [], {}
    for x, text in made.items():
        page_list = bench.pages.made(f"made-{x}", text)
        passes = bench.passes(page_list)
        found = bench.by_turns({way: bench.way(way, page_list, passes, **_PATIENT)
                                for way in ways})
        raw |= {f"{x}: {way}": keys for way, keys in found.items()}
        for way in ways:
            series[way].append((x, median(found, way, "call_us.p50")))
        fallbacks = sum(median(found, way, "fallbacks") for way in ways)
        rows.append([x, *(median(found, way, "call_us.p50") for way in ways), fallbacks])
    return series, rows, raw


def page_size(bench):
    """From a kilobyte to what a server takes at most."""
    largest = bench.pick(24, 18)
    sizes = {len(text): text for text in (news(1 << power) for power in range(10, largest, 2))}
    sizes |= {len(text): text for text in [news((1 << largest) - 8192)]}
    ways = ("native", "slot", "pool")
    series, rows, raw = _sweep(bench, sizes, ways)
    chart = plot.lines("Cost over page size", "bytes", "us, p50", series, log_x=True, log_y=True)
    return Section("Page size", "News pages that are made, one thread, calls back to back; how many of "
                   "the pool's calls fell back to native code is told too.",
                   ["bytes", *(f"{way} us" for way in ways), "fallbacks"], rows,
                   {"page-size": chart}, raw)


def depth(bench):
    """The same text, more and more deeply nested."""
    depths = bench.pick((1, 10, 100, 500, 1000, 10_000, 100_000), (1, 100, 1000))
    ways = ("native", "slot", "pool")
    series, rows, raw = _sweep(bench, {depth: nested(depth) for depth in depths}, ways)
    chart = plot.lines("Cost over depth", "elements around the text", "us, p50", series,
                       log_x=True, log_y=True)
    return Section("Depth", "The same text in so many nested elements, one thread.",
                   ["depth", *(f"{way} us" for way in ways), "fallbacks"], rows,
                   {"depth": chart}, raw)
