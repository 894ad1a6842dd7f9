"""The pages that are measured, as files and lists for the programs."""
import shutil
from pathlib import Path

from . import pages
from .runs import Failure


class PageSet:
    """Pages as they are given, but in UTF-8 (what was not becomes replacement characters), so that
    programs that decode and those that do not see the same."""

    def __init__(self, source, directory):
        """`source` is a directory, or a file with a path on each line (or id, path and URL)."""
        self._directory = directory
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        if source.is_dir():
            paths = sorted(path for path in source.rglob("*") if path.suffix in (".html", ".htm"))
        else:
            lines = [line.split("\t") for line in source.read_text().splitlines() if line]
            paths = [Path(line[1] if len(line) > 1 else line[0]) for line in lines]
        if not paths:
            raise Failure(f"there are no pages in {source}")
        texts = [path.read_bytes().decode("utf-8-sig", errors="replace") for path in paths]
        texts.sort(key=len)
        self.files = [self._write(f"given-{at:05}", text) for at, text in enumerate(texts)]
        self.all = self._list("all", self.files)
        self.sizes = [path.stat().st_size for path in self.files]
        self.median = self._list("median", [self.files[len(self.files) // 2]])
        self.largest = self._list("largest", [self.files[-1]])
        self.tiny = self.made("tiny", pages.TINY)

    def _write(self, name, text):
        path = self._directory / f"{name}.html"
        path.write_text(text, encoding="utf-8")
        return path

    def _list(self, name, paths):
        path = self._directory / f"{name}.list"
        path.write_text("".join(f"{page}\n" for page in paths))
        return path

    def made(self, name, text):
        """A list of one page that is made."""
        return self._list(name, [self._write(name, text)])
