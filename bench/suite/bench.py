"""What all sections of the suite need: programs, pages, how often, and what a section is."""
import dataclasses
import re
from pathlib import Path

from .runs import Arm, Failure, by_turns

# Of calls in one round of an arm, about so long.
_SECONDS = {False: 1.0, True: 0.05}
_ROUNDS = {False: 5, True: 1}
_MOST_PASSES = 20_000
# A warm store is one that the pool had time to make.
PAUSE_US = 50


@dataclasses.dataclass
class Section:
    """A table of the report, with charts."""
    title: str
    how: str  # what was measured, for who reads the table
    columns: list
    rows: list
    charts: dict = dataclasses.field(default_factory=dict)  # {name of the file: SVG}
    raw: dict = dataclasses.field(default_factory=dict)  # {arm: {key: [a number of each round]}}


class Bench:
    """`root` is the checkout; `pages` a PageSet; `is_quick` for trying, not for figures."""

    def __init__(self, root, pages, is_quick):
        self.root = root
        self.bin = root / "build/release/bin"
        self.program = self.bin / "riptide"
        self.article = root / "examples/article.html"
        self.pages = pages
        self.is_quick = is_quick
        self.rounds = _ROUNDS[is_quick]

    def pick(self, usual, quick):
        """How much of something."""
        return quick if self.is_quick else usual

    def component(self, variant="simd"):
        return self.root / f"build/guest/extractor-{variant}.wasm"

    def passes(self, page_list):
        """Over the pages of a list, so that one arm takes about as long as another list's."""
        once = self.way("native", page_list, 3).figures()
        pages = once["calls"] / 3
        passes = _SECONDS[self.is_quick] * 1e6 / (once["call_us.mean"] * pages)
        return min(max(round(passes), 1), _MOST_PASSES)

    def way(self, name, page_list, passes, threads=1, pause_us=0, **environment):
        """One of the ways of arm_bench."""
        return Arm([self.bin / "arm_bench", name, page_list, passes, "--threads", threads,
                    "--pause-us", pause_us], **environment)

    def reference(self, name, page_list, passes, variant="simd"):
        """One of the arms of bench/reference."""
        deps = (self.root / "build/deps.cmake").read_text()
        found = re.search(r'set\(RIPTIDE_REFERENCE "(.*)"\)', deps)
        if not found or not Path(found[1]).exists():
            raise Failure("the reference is missing; `tools/deps.py --group build --group bench` "
                          "builds it")
        return Arm([found[1], name, self.component(variant), page_list, passes])

    def by_turns(self, arms, measure=Arm.figures):
        return by_turns(arms, self.rounds, measure)
