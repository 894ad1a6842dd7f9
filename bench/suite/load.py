"""Sections about many calls at once."""
import json
import os

from . import plot
from .bench import Section
from .runs import Arm, median, server


def _pool(bench, page_list, passes, threads, size):
    return bench.way("pool", page_list, passes, threads,
                     RIPTIDE_WASM_INSTANCES_PER_WORKER=str(size),
                     RIPTIDE_WASM_INITIAL_POOL_SIZE=str(size))


def threads(bench):
    """A pool under more and more threads."""
    cores = os.cpu_count()
    counts = sorted({1, 2, cores, 2 * cores, *range(4, cores, 4)})
    pages = bench.pages.all
    passes = bench.passes(pages)
    found = bench.by_turns({count: _pool(bench, pages, passes, count, max(count, 8))
                            for count in counts})
    rows = []
    for count in counts:
        rate = median(found, count, "per_s")
        rows.append([count, rate, rate / median(found, 1, "per_s"),
                     median(found, count, "call_us.p99"), median(found, count, "cpu_us")])
    one = rows[0][1]
    chart = plot.lines("A pool under threads", "threads", "pages per second",
                       {"measured": [(row[0], row[1]) for row in rows],
                        f"one thread's, on {cores} cores":
                            [(count, one * min(count, cores)) for count in counts]})
    return Section("Threads", f"All given pages, a pool on {cores} cores; processor time is of the "
                   "whole process.", ["threads", "pages/s", "of one thread", "p99 us",
                                      "processor us"], rows, {"threads": chart}, found)


def capacity(bench):
    """What a pool of some size takes and gives."""
    pages = bench.pages.all
    passes = bench.passes(pages)
    sizes = bench.pick((4, 8, 16), (4, 8))
    found = bench.by_turns({size: _pool(bench, pages, passes, size, size) for size in sizes})
    rows = [[size, median(found, size, "resident_kib") / 1024, median(found, size, "per_s"),
             median(found, size, "call_us.p99")] for size in sizes]
    return Section("Capacity", "All given pages, as many threads as instances; memory that is resident "
                   "in the whole process afterwards, the pages themselves included.",
                   ["instances", "resident MiB", "pages/s", "p99 us"], rows, raw=found)


def pool_size(bench):
    """What instances cost that are not used."""
    passes = bench.passes(bench.pages.tiny)
    sizes = bench.pick((1, 2, 4, 8, 16, 32, 64, 128), (1, 8))
    found = bench.by_turns({size: _pool(bench, bench.pages.tiny, passes, 1, size)
                            for size in sizes})
    rows = [[size, median(found, size, "call_us.p50"), median(found, size, "start_ms"),
             median(found, size, "resident_kib") / 1024] for size in sizes]
    chart = plot.lines("Cost over pool size", "instances, all ready", "us, p50",
                       {"tiny page": [(row[0], row[1]) for row in rows]}, log_x=True)
    return Section("Pool size", "Tiny page, one thread, all instances made beforehand.",
                   ["instances", "p50 us", "start ms", "resident MiB"], rows,
                   {"pool-size": chart}, found)


def http(bench):
    """The service, loaded from the same machine."""
    seconds = str(bench.pick(10, 1))
    rows, raw = [], {}
    tiny = [page for page in bench.pages.tiny.read_text().split()]
    given = [str(page) for page in bench.pages.files]
    inside = bench.way("answer", bench.pages.all, bench.passes(bench.pages.all), os.cpu_count())
    with server(bench.program) as (address, process):
        def load(pages, *options):
            posted = [part for page in pages for part in ("--page", page)]
            return Arm([bench.bin / "riptide-load", address, "--json", "--duration", seconds, "--pid",
                        process, *options, *posted])

        def measure(arm):
            if arm is inside:
                found = arm.figures()
                return {"per_s": found["per_s"], "p50_ms": found["call_us.p50"] / 1000,
                        "p99_ms": found["call_us.p99"] / 1000, "cpu_ms": found["cpu_us"] / 1000,
                        "load_ms": 0, "not_200": 0}
            told = json.loads(arm.run())
            return {"per_s": told["answers_per_second"], "p50_ms": told["latency_ms"]["p50"],
                    "p99_ms": told["latency_ms"]["p99"],
                    "cpu_ms": told["server_cpu_ms_per_answer"],
                    "load_ms": told["generator_cpu_ms_per_answer"],
                    "not_200": told["answers"] - told["statuses"].get("200", 0)}

        closed = {"tiny, 16 connections": load(tiny, "--connections", "16"),
                  "given, 4 connections": load(given, "--connections", "4"),
                  "given, in process": inside}
        raw |= bench.by_turns(closed, measure)
        # At half of what it can do, counted from when a request was due.
        half = {f"{name}, at {rate:.0f}/s": load(pages, "--connections", "16", "--rate",
                                                 f"{rate:.0f}")
                for name, pages, rate in (
                    ("tiny", tiny, median(raw, "tiny, 16 connections", "per_s") / 2),
                    ("given", given, median(raw, "given, 4 connections", "per_s") / 2))}
        raw |= bench.by_turns(half, measure)
    for name in raw:
        rows.append([name, *(median(raw, name, key)
                             for key in ("per_s", "p50_ms", "p99_ms", "cpu_ms", "load_ms",
                                         "not_200"))])
    rate, cpu = (median(raw, "given, 4 connections", key) / median(raw, "given, in process", key)
                 for key in ("per_s", "cpu_ms"))
    return Section("HTTP", "`riptide serve` with its defaults but for the log (warning), `riptide-load` on "
                   "the same machine. In process: a pool called by as many threads as there are cores, "
                   "which decodes the same bytes and makes the same JSON. The service had "
                   f"{rate:.2f} of its answers per second beside the load generator, whose processor "
                   f"time is told, and took {cpu:.2f} of its processor time for an answer.",
                   ["", "answers/s", "p50 ms", "p99 ms", "processor ms", "load generator's", "not 200"],
                   rows, raw=raw)


def batch(bench):
    """`riptide batch` against the library."""
    found = bench.by_turns({"batch": Arm([bench.bin / "batch_bench", bench.program,
                                          bench.pages.all, 1])})
    return Section("Batch", "WARC.gz of the given pages to JSON lines (batch_bench).", ["", ""],
                   [[key, median(found, "batch", key)] for key in found["batch"]], raw=found)


def programs(bench):
    """What the programs tell that measure one thing each."""
    pages = bench.pages.all
    found = bench.by_turns({
        "call_bench": Arm([bench.bin / "call_bench", pages, bench.pick(5, 1)]),
        "pool_bench": Arm([bench.bin / "pool_bench", bench.pick(1_000_000, 10_000), pages]),
        "breaker_bench": Arm([bench.bin / "breaker_bench"]),
        "helper_bench": Arm([bench.bin / "helper_bench", pages, bench.pick(1000, 50)]),
        "stop_bench": Arm([bench.bin / "stop_bench"])})
    rows = [[name, key, median(found, name, key)] for name, keys in found.items() for key in keys]
    return Section("Programs", "Medians of what the programs of `bench/` print.",
                   ["program", "figure", ""], rows, raw=found)
