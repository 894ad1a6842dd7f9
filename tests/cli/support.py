"""What the tests of the command line share."""
import os
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

BIN = os.environ["RIPTIDE_BIN"]
ENGINE = os.environ.get("RIPTIDE_ENGINE", "native")
WORDS = "Tides rise and fall with the moon, and every harbour keeps a table of them"
PAGE = ("<!doctype html><html lang=en><head><title>Tides</title></head><body><article><h1>Tides</h1>"
        + f"<p>{WORDS}.</p><p class=second>{WORDS}, the second time.</p>" * 4
        + "</article></body></html>").encode()
FIELDS = ["input", "status", "url", "canonical_url", "title", "byline", "published", "modified",
          "language", "dir", "site_name", "description", "text", "markdown", "html", "links",
          "media", "categories", "tags", "word_count", "reading_time_minutes", "quality_score",
          "page_type", "truncated", "engine", "fallback_reason", "encoding"]
# Exit codes.
OK, SOME_FAILED, USAGE, NO_CONTENT, IO, ENGINE_START, LIMIT, INTERRUPTED = 0, 1, 2, 3, 4, 5, 6, 130
MIB = 1 << 20


def clean_environment(**extra):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RIPTIDE_")}
    return {**kept, **extra}


def default_signals():
    """What a shell gives its commands, whatever started the tests ignores."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class CliTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = Path(scratch.name)
        self.page = self.write("page.html", PAGE)

    def write(self, name, content):
        path = self.dir / name
        path.write_bytes(content)
        return path

    def run_bin(self, *arguments, env=None, **options):
        options.setdefault("stdin", subprocess.DEVNULL) if "input" not in options else None
        return subprocess.run([BIN, *map(os.fspath, arguments)], check=False, timeout=60,
                              cwd=self.dir, env=clean_environment(**(env or {})),
                              **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options})

    def extract(self, *arguments, **options):
        return self.run_bin("extract", "--engine", ENGINE, *arguments, **options)

    def start(self, *arguments, **options):
        process = subprocess.Popen(
            [BIN, "extract", "--engine", ENGINE, *map(os.fspath, arguments)], cwd=self.dir,
            env=clean_environment(), preexec_fn=default_signals,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options})
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def assert_ends(self, result, code, *said):
        self.assertEqual(result.returncode, code, result.stderr)
        for words in said:
            self.assertIn(words, result.stderr.decode())
        for line in result.stderr.decode().splitlines():
            self.assertTrue(line.startswith("riptide: "), line)
        if code == OK and not said:
            self.assertEqual(result.stderr, b"")

    def names(self):
        return sorted(entry.name for entry in self.dir.iterdir())
