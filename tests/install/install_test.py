"""riptide as it is installed: the program, and the examples built against the library, by CMake and by pkg-config.

The build is BUILD, the checkout SOURCE; what is made lies in a directory that goes with the test.
"""
import os
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

BUILD = Path(os.environ["RIPTIDE_BUILD_DIR"])
SOURCE = Path(os.environ["RIPTIDE_SOURCE_DIR"])
ARTICLE = SOURCE / "examples/article.html"
FORUM = SOURCE / "examples/forum.html"


def run(*command, **options):
    options = {"capture_output": True, "text": True, "timeout": 120, **options}
    result = subprocess.run([str(part) for part in command], check=False, **options)
    if result.returncode != 0:
        raise AssertionError(f"{command} ended with {result.returncode}: {result.stdout}{result.stderr}")
    return result


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.work = Path(cls.scratch.name)
        # Moved once it is installed: nothing in it may name the place.
        run("cmake", "--install", BUILD, "--prefix", cls.work / "first")
        cls.prefix = cls.work / "moved"
        (cls.work / "first").rename(cls.prefix)
        run("cmake", "-G", "Ninja", "-S", SOURCE / "examples", "-B", cls.work / "examples",
            "-DCMAKE_BUILD_TYPE=Release", f"-DCMAKE_PREFIX_PATH={cls.prefix}")
        run("cmake", "--build", cls.work / "examples")

    def example(self, name):
        return self.work / "examples" / name

    def file(self, pattern):
        found = list(self.prefix.glob(pattern))
        self.assertEqual(len(found), 1, pattern)
        return found[0]

    def test_the_program_runs(self):
        self.assertIn("clocks of Wick Abbas", run(self.prefix / "bin/riptide", "extract", ARTICLE).stdout)

    def test_manual_page_and_completions_are_what_the_program_prints(self):
        program = self.prefix / "bin/riptide"
        for place, command in (("share/man/man1/riptide.1", ("man",)),
                               ("share/bash-completion/completions/riptide", ("completions", "bash")),
                               ("share/zsh/site-functions/_riptide", ("completions", "zsh")),
                               ("share/fish/vendor_completions.d/riptide.fish", ("completions", "fish"))):
            self.assertEqual((self.prefix / place).read_text(), run(program, *command).stdout, place)

    def test_licences_are_there(self):
        for name in ("LICENSE", "NOTICE", "THIRD_PARTY.md"):
            self.assertEqual((self.prefix / "share/doc/riptide" / name).read_text(), (SOURCE / name).read_text())

    def test_public_headers_are_all_there(self):
        headers = {path.name: path.read_text() for path in (SOURCE / "include/riptide").iterdir()}
        installed = {path.name: path.read_text() for path in (self.prefix / "include/riptide").iterdir()}
        self.assertEqual(installed, headers)

    def test_basic(self):
        # How healthy depends on what else the machine does: both instances may be in use all the time.
        self.assertRegex(run(self.example("basic"), ARTICLE, FORUM).stdout, "2 pages, 2 from the sandbox, health [a-z]+")

    def test_health(self):
        lines = run(self.example("health"), ARTICLE, 2).stdout.splitlines()
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.assertRegex(line, r"level healthy  breaker closed .* served 100 %  natively 0 %  p50 [0-9.]+ ms")

    def test_production_answers_each_page(self):
        names = f"{ARTICLE}\nmissing.html\n{FORUM}\n"
        result = run(self.example("production"), input=names)
        answers = dict(line.split("\t")[:2] for line in result.stdout.splitlines())
        self.assertEqual(answers, {str(ARTICLE): "ok", "missing.html": "empty", str(FORUM): "ok"})
        self.assertIn("3 pages, 3 by the sandbox, 0 natively, 0 failed", result.stderr)

    def test_production_ends_in_order_and_reloads(self):
        with subprocess.Popen([self.example("production")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as process:
            for _ in range(2):
                print(ARTICLE, file=process.stdin, flush=True)
                self.assertIn("\tok\t", process.stdout.readline())
                process.send_signal(signal.SIGHUP)
            process.send_signal(signal.SIGTERM)
            # Its input is still open.
            self.assertEqual(process.wait(timeout=60), 0)
            self.assertIn("2 pages, 2 by the sandbox, 0 natively, 0 failed", process.stderr.read())

    def test_pkg_config_tells_how_to_compile(self):
        pc = self.file("lib*/**/riptide.pc")
        flags = run("pkg-config", "--cflags", "--libs", "riptide",
                    env={**os.environ, "PKG_CONFIG_PATH": str(pc.parent)}).stdout.split()
        program = self.work / "by_pkg_config"
        run(os.environ.get("CXX", "c++"), SOURCE / "examples/basic.cpp", "-o", program, *flags)
        self.assertIn("1 pages, 1 from the sandbox", run(program, ARTICLE).stdout)


if __name__ == "__main__":
    unittest.main()
