"""The command line from outside: exit codes, formats, odd inputs, broken outputs, signals.

RIPTIDE_BIN is the program, RIPTIDE_ENGINE what --engine gets (native or wasm).
"""
import json
import os
import pty
import resource
import signal
import stat
import subprocess
import tempfile
import threading
import time
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


class Formats(CliTest):
    def test_text_of_a_file(self):
        result = self.extract("-f", "text", "-m", "full", self.page)
        self.assert_ends(result, OK)
        self.assertIn(WORDS, result.stdout.decode())
        self.assertTrue(result.stdout.endswith(b"\n"))

    def test_every_format_and_mode_works(self):
        for mode in ("article", "full", "metadata"):
            for form in ("text", "markdown", "html", "json", "jsonl"):
                if mode == "metadata" and not form.startswith("json"):
                    continue
                with self.subTest(mode=mode, form=form):
                    result = self.extract("-m", mode, "-f", form, self.page)
                    self.assert_ends(result, OK)
                    self.assertNotEqual(result.stdout, b"")

    def test_json_has_every_field(self):
        document = json.loads(self.extract("-f", "json", self.page).stdout)
        self.assertEqual(list(document), FIELDS)
        self.assertEqual(document["status"], "ok")
        self.assertEqual(document["engine"], ENGINE)
        self.assertEqual(document["encoding"], "utf-8")
        self.assertEqual(document["input"], str(self.page))
        self.assertIsNone(document["url"])
        self.assertIsInstance(document["links"], list)
        self.assertIsInstance(document["word_count"], int)

    def test_metadata_is_json_without_a_body(self):
        document = json.loads(self.extract("-m", "metadata", self.page).stdout)
        self.assertEqual(list(document), FIELDS)
        self.assertIsNone(document["text"])

    def test_several_texts_are_told_apart(self):
        other = self.write("other.html", PAGE)
        result = self.extract("-f", "text", "-m", "full", "page.html", other)
        self.assert_ends(result, OK)
        text = result.stdout.decode()
        self.assertTrue(text.startswith("==> page.html <==\n\n"), text)
        self.assertIn(f"\n==> {other} <==\n\n", text)

    def test_a_file_name_cannot_end_the_comment_that_names_it(self):
        evil = self.write("a--><b>.html", PAGE)
        for form in ("markdown", "html"):
            output = self.extract("-f", form, evil.name, "page.html").stdout.decode()
            self.assertTrue(output.startswith("<!-- a-%2D%3E<b%3E.html -->\n\n"), output)
            self.assertIn("\n<!-- page.html -->\n\n", output)

    def test_json_of_several_is_an_array_with_failures(self):
        result = self.extract("-f", "json", "page.html", "missing.html", "page.html")
        self.assert_ends(result, SOME_FAILED, "missing.html: cannot be read: no such file")
        first, failed, last = json.loads(result.stdout)
        self.assertEqual(first, last)
        self.assertEqual(failed, {"input": "missing.html", "status": "error", "error": {
            "class": "io", "detail": "cannot be read: no such file"}})

    def test_jsonl_is_a_line_for_each_input(self):
        self.write("empty.html", b"")
        result = self.extract("-f", "jsonl", "page.html", "missing.html", "empty.html", ".")
        self.assert_ends(result, SOME_FAILED)
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual([line["status"] for line in lines], ["ok", "error", "empty", "error"])
        self.assertEqual([line["input"] for line in lines],
                         ["page.html", "missing.html", "empty.html", "."])

    def test_jsonl_of_one_failure_is_a_line_and_json_is_nothing(self):
        lines = self.extract("-f", "jsonl", "missing.html")
        self.assert_ends(lines, IO)
        self.assertEqual(json.loads(lines.stdout)["error"]["class"], "io")
        one = self.extract("-f", "json", "missing.html")
        self.assert_ends(one, IO)
        self.assertEqual(one.stdout, b"")

    def test_the_url_is_told(self):
        document = json.loads(
            self.extract("-f", "json", "-u", "https://a.example/x", self.page).stdout)
        self.assertEqual(document["url"], "https://a.example/x")

    def test_selectors_take_what_they_match(self):
        result = self.extract("-f", "text", "-s", ".second", self.page)
        self.assert_ends(result, OK)
        self.assertEqual(result.stdout.decode().count("the second time"), 4)
        self.assertEqual(result.stdout.decode().count(WORDS), 4)

    def test_the_encoding_can_be_given(self):
        page = self.write("latin.html", "<p>Caf\u00e9 cr\u00e8me".encode("latin-1") + b"</p>")
        result = self.extract("-f", "text", "-m", "full", "--encoding", "latin1", page)
        self.assert_ends(result, OK)
        self.assertIn("Caf\u00e9 cr\u00e8me", result.stdout.decode())


class Inputs(CliTest):
    def test_standard_input_by_default_and_by_name(self):
        for arguments in ([], ["-"]):
            result = self.extract("-f", "text", "-m", "full", *arguments, input=PAGE)
            self.assert_ends(result, OK)
            self.assertIn(WORDS, result.stdout.decode())

    def test_a_terminal_is_not_read_unasked(self):
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        result = self.extract(stdin=slave)
        os.close(slave)
        self.assert_ends(result, USAGE, "no FILE was given")

    def test_a_fifo_is_read(self):
        fifo = self.dir / "fifo"
        os.mkfifo(fifo)
        writer = threading.Thread(target=fifo.write_bytes, args=(PAGE,))
        writer.start()
        result = self.extract("-f", "text", "-m", "full", fifo)
        writer.join()
        self.assert_ends(result, OK)
        self.assertIn(WORDS, result.stdout.decode())

    def test_what_cannot_be_read(self):
        self.assert_ends(self.extract("missing.html"), IO, "riptide: missing.html: ", "no such file")
        self.assert_ends(self.extract(self.dir), IO, "is a directory; name the files in it")
        self.assert_ends(self.extract("page.html/x"), IO, "not a directory")
        # Opens even for root, and fails when it is read.
        self.assert_ends(self.extract("/proc/self/mem"), IO, "/proc/self/mem: cannot be read")
        if os.geteuid() != 0:
            self.page.chmod(0)
            self.assert_ends(self.extract(self.page), IO, "permission denied")

    def test_a_closed_standard_input(self):
        result = self.extract("-", stdin=None, preexec_fn=lambda: os.close(0))
        self.assert_ends(result, IO, "stdin: cannot be read")

    def test_an_empty_file_has_no_content(self):
        empty = self.write("empty.html", b"")
        for mode in ("article", "full", "metadata"):
            result = self.extract("-m", mode, empty)
            self.assert_ends(result, NO_CONTENT, "it is empty (0 bytes)")
        self.assert_ends(self.extract(), NO_CONTENT, "stdin: it is empty")

    def test_no_content_is_told_with_a_way_out(self):
        self.assert_ends(self.extract("-s", ".missing", self.page), NO_CONTENT, "match nothing")
        result = self.extract("-f", "json", "-s", ".missing", self.page)
        self.assertEqual(result.returncode, NO_CONTENT)
        self.assertEqual(json.loads(result.stdout)["status"], "empty")

    def test_the_body_limit(self):
        page = PAGE + b" " * (MIB - len(PAGE))
        at_limit = self.write("at.html", page)
        self.assert_ends(self.extract("--body-limit", "1", at_limit), OK)
        over = self.write("over.html", page + b" ")
        result = self.extract("--body-limit", "1", over)
        self.assert_ends(result, LIMIT, "over.html: larger than the body limit of 1 MiB",
                         "--body-limit")
        self.assertEqual(result.stdout, b"")
        self.assert_ends(self.extract(over, env={"RIPTIDE_BODY_LIMIT_MB": "1"}), LIMIT)
        self.assert_ends(self.extract("--body-limit", "1", "/dev/zero"), LIMIT)

    def test_no_more_than_the_limit_and_a_byte_is_read(self):
        big = self.write("big.html", b"x" * (3 * MIB))
        with big.open("rb") as stdin:
            result = self.extract("--body-limit", "1", "-", stdin=stdin)
            self.assert_ends(result, LIMIT, "stdin: larger than the body limit")
            self.assertEqual(os.lseek(stdin.fileno(), 0, os.SEEK_CUR), MIB + 1)

    def test_odd_names(self):
        for name in ("extract", "config", "[a]", "@file", "-x", "--format", "a b", "caf\u00e9"):
            with self.subTest(name=name):
                self.write(name, PAGE)
                self.assert_ends(self.extract("-f", "text", "-m", "full", "--", name), OK)

    def test_a_name_that_is_not_utf8_gives_valid_json(self):
        name = b"caf\xe9.html"
        (self.dir / os.fsdecode(name)).write_bytes(PAGE)
        result = self.extract("-f", "jsonl", os.fsdecode(name))
        self.assert_ends(result, OK)
        self.assertEqual(json.loads(result.stdout.decode())["input"], "caf\ufffd.html")

    def test_messages_carry_no_control_characters(self):
        for arguments in (["\x1b[31m\n.html"], ["-s", "\x1b[[", self.page], ["--\x1b[31m"],
                          ["-u", "\x1b", self.page], ["--encoding", "\x1b", self.page]):
            result = self.extract(*arguments)
            self.assertNotEqual(result.returncode, OK)
            self.assertNotIn(b"\x1b", result.stderr)
            self.assertEqual(result.stdout, b"")

    def test_binary_is_no_crash(self):
        result = self.extract(self.write("noise.bin", bytes(range(256)) * 64))
        self.assertIn(result.returncode, (OK, SOME_FAILED, NO_CONTENT))


class Usage(CliTest):
    def test_mistakes(self):
        for arguments, said in (
                ([], "no command was given"),
                (["extrat"], "did you mean extract?"),
                (["page.html"], "`riptide extract page.html` extracts a file"),
                (["extract", "--fromat", "json"], "did you mean --format?"),
                (["extract", "--format", "yaml", "page.html"], "text, markdown, html, json, jsonl"),
                (["extract", "--format"], "--format needs a value"),
                (["extract", "--timeout", "soon", "page.html"],
                 '--timeout: "soon" is not allowed; it takes a whole number from 1 to 3600 (s)'),
                (["extract", "--memory", "1", "page.html"], "from 16 to 4096 (MiB)"),
                (["extract", "-m", "custom", "page.html"], "--selector"),
                (["extract", "-m", "full", "-s", "p", "page.html"], "contradicts"),
                (["extract", "-u", "nowhere", "page.html"], "not an absolute web address"),
                (["extract", "-", "-"], "twice"),
                (["compile", "-o", "-"], "takes a file"),
                (["completions", "csh"], "bash, zsh, fish"),
                (["config", "extra"], "takes only flags")):
            with self.subTest(arguments=arguments):
                result = self.run_bin(*arguments)
                self.assert_ends(result, USAGE, said)
                self.assertEqual(result.stdout, b"")

    def test_what_the_core_refuses(self):
        self.assert_ends(self.extract("-s", "p[[", self.page), USAGE, "CSS selector")
        self.assert_ends(self.extract("--encoding", "klingon", self.page), USAGE, "klingon")

    def test_a_bad_environment(self):
        result = self.extract(self.page, env={"RIPTIDE_WASM_TIMEOUT_SECS": "0"})
        self.assert_ends(result, USAGE, 'RIPTIDE_WASM_TIMEOUT_SECS: "0" is not allowed', "1 to 3600")
        result = self.extract(self.page, env={"RIPTIDE_WASM_TIMEOUT_SEC": "5"})
        self.assert_ends(result, OK, "RIPTIDE_WASM_TIMEOUT_SEC is not an option",
                         "RIPTIDE_WASM_TIMEOUT_SECS")
        self.assertNotEqual(result.stdout, b"")

    def test_exit_codes_of_several_inputs(self):
        for inputs, code in ((["page.html", "page.html"], OK), (["page.html", "no"], SOME_FAILED),
                             (["no", "no"], IO), (["no", "/dev/null"], SOME_FAILED),
                             (["/dev/null", "/dev/null"], NO_CONTENT)):
            self.assertEqual(self.extract(*inputs).returncode, code, inputs)


class EngineStart(CliTest):
    def test_a_sandbox_that_cannot_start(self):
        for engine in ("auto", "wasm"):
            result = self.run_bin("extract", "--engine", engine, "--component", "missing.wasm",
                                  self.page, self.page)
            self.assert_ends(result, ENGINE_START, "the sandbox cannot start", "--engine native",
                             "trusted")
            self.assertEqual(result.stderr.count(b"cannot start"), 1)
            self.assertEqual(result.stdout, b"")

    def test_jsonl_tells_it_for_each_input(self):
        result = self.run_bin("extract", "--engine", "wasm", "--component", "missing.wasm", "-f",
                              "jsonl", self.page, self.page)
        self.assert_ends(result, ENGINE_START)
        self.assertEqual([json.loads(line)["error"]["class"]
                          for line in result.stdout.splitlines()], ["engine-start"] * 2)

    def test_inputs_are_read_first(self):
        self.assert_ends(self.run_bin("extract", "--component", "missing.wasm", "missing.html"), IO)

    def test_compile_and_doctor_tell_it(self):
        self.assert_ends(self.run_bin("compile", "--component", "missing.wasm"), ENGINE_START,
                         "riptide: ")
        result = self.run_bin("doctor", "--component", "missing.wasm", "-f", "json")
        self.assert_ends(result, ENGINE_START)
        report = json.loads(result.stdout)
        self.assertFalse(report["works"])
        works = {row["name"]: row["works"] for row in report["findings"]}
        self.assertTrue(works["canary without sandbox"])
        self.assertFalse(works["canary in the sandbox"])
        text = self.run_bin("doctor", "--component", "missing.wasm")
        self.assert_ends(text, ENGINE_START)
        self.assertIn(b"NO  canary in the sandbox", text.stdout)


class Outputs(CliTest):
    ALL = (["extract", "--engine", ENGINE, "page.html"], ["config"], ["config", "-f", "json"],
           ["man"], ["completions", "bash"], ["--version"], ["--help"], ["extract", "--help"])

    def test_a_full_disk(self):
        for arguments in self.ALL:
            with open("/dev/full", "wb") as full:
                self.assert_ends(self.run_bin(*arguments, stdout=full), IO,
                                 "cannot write to standard output: no space left")

    def test_a_closed_standard_output(self):
        for arguments in self.ALL:
            result = self.run_bin(*arguments, stdout=None, preexec_fn=lambda: os.close(1))
            self.assert_ends(result, IO, "cannot write to standard output")

    def test_a_reader_that_left(self):
        for arguments in self.ALL:
            reader, writer = os.pipe()
            os.close(reader)
            result = self.run_bin(*arguments, stdout=writer)
            os.close(writer)
            self.assertEqual((result.returncode, result.stderr), (IO, b""), arguments)

    def test_closed_standard_streams_are_not_mistaken_for_files(self):
        result = self.extract("-f", "text", "-m", "full", "-o", "out", self.page, stdin=None,
                              stdout=None, stderr=None,
                              preexec_fn=lambda: [os.close(fd) for fd in (0, 1, 2)])
        self.assertEqual(result.returncode, OK)
        self.assertIn(WORDS, (self.dir / "out").read_text())

    def test_a_closed_standard_error_changes_nothing(self):
        result = self.extract("missing.html", stderr=None, preexec_fn=lambda: os.close(2))
        self.assertEqual(result.returncode, IO)

    def test_a_terminal_gets_no_control_characters_from_a_page(self):
        page = self.write("evil.html", PAGE.replace(b"Tides rise", b"\x1b[31m&#27;]0;x&#7; rise"))
        for form in ("text", "json"):
            master, slave = pty.openpty()
            result = self.extract("-f", form, "-m", "full", page, stdout=slave)
            os.close(slave)
            shown = b""
            try:
                while chunk := os.read(master, 65536):
                    shown += chunk
            except OSError:  # the other end is closed
                pass
            os.close(master)
            self.assert_ends(result, OK)
            self.assertIn(b"and fall with the moon", shown)
            self.assertNotIn(b"\x1b", shown)
            self.assertNotIn(b"\x07", shown)


class OutputFile(CliTest):
    def extract_to(self, out, *arguments, **options):
        return self.extract("-f", "text", "-m", "full", "-o", out, *arguments, **options)

    def test_is_written_whole(self):
        result = self.extract_to("out.txt", self.page)
        self.assert_ends(result, OK)
        self.assertEqual(result.stdout, b"")
        self.assertIn(WORDS, (self.dir / "out.txt").read_text())
        self.assertEqual(self.names(), ["out.txt", "page.html"])

    def test_mode_is_that_of_a_new_file_or_kept(self):
        self.extract_to("new", self.page, preexec_fn=lambda: os.umask(0o027))
        self.assertEqual(stat.S_IMODE((self.dir / "new").stat().st_mode), 0o640)
        old = self.write("old", b"old")
        old.chmod(0o604)
        self.assert_ends(self.extract_to("old", self.page), OK)
        self.assertEqual(stat.S_IMODE(old.stat().st_mode), 0o604)

    def test_a_symbolic_link_stays_one(self):
        target = self.write("target", b"old")
        (self.dir / "link").symlink_to("target")
        self.assert_ends(self.extract_to("link", self.page), OK)
        self.assertTrue((self.dir / "link").is_symlink())
        self.assertIn(WORDS, target.read_text())

    def test_may_be_the_input(self):
        self.assert_ends(self.extract_to(self.page, self.page), OK)
        self.assertIn(WORDS, self.page.read_text())

    def test_a_failure_leaves_the_old_file(self):
        old = self.write("out", b"old")
        self.assert_ends(self.extract_to("out", "missing.html"), IO)
        self.assert_ends(self.extract_to("out", "/dev/null"), NO_CONTENT)
        limited = self.extract_to(
            "out", self.page,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))
        self.assert_ends(limited, IO, "cannot write to out: ")
        self.assertEqual(old.read_bytes(), b"old")
        self.assertEqual(self.names(), ["out", "page.html"])

    def test_some_failures_leave_what_succeeded(self):
        self.assert_ends(self.extract_to("out", self.page, "missing.html"), SOME_FAILED)
        self.assertIn(WORDS, (self.dir / "out").read_text())

    def test_places_that_cannot_be_written(self):
        self.assert_ends(self.extract_to(self.dir, self.page), IO, "it is a directory")
        self.assert_ends(self.extract_to("no/out", self.page), IO, "its directory does not exist")
        self.assert_ends(self.extract_to("/proc/out", self.page), IO, "cannot write to /proc/out")
        self.assert_ends(self.extract_to("/dev/full", self.page), IO, "no space left")

    def test_devices_and_a_dash_are_written_to_directly(self):
        self.assert_ends(self.extract_to("/dev/null", self.page), OK)
        self.assertIn(WORDS, self.extract_to("-", self.page).stdout.decode())

    def test_signals_leave_nothing_behind(self):
        old = self.write("out", b"old")
        for number, code in ((signal.SIGINT, INTERRUPTED), (signal.SIGTERM, -signal.SIGTERM)):
            process = self.start("-o", "out", "-", stdin=subprocess.PIPE)
            for _ in range(1000):
                if len(self.names()) == 3:
                    break
                time.sleep(0.01)
            self.assertEqual(len(self.names()), 3, "no temporary file appeared")
            process.send_signal(number)
            self.assertEqual(process.wait(timeout=10), code)
            self.assertEqual(self.names(), ["out", "page.html"])
            self.assertEqual(old.read_bytes(), b"old")


class Interrupts(CliTest):
    def test_control_c_ends_it_at_once_and_quietly(self):
        fifo = self.dir / "fifo"
        os.mkfifo(fifo)
        process = self.start(fifo)
        with fifo.open("wb"):  # returns when the program has opened its end
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(timeout=10), INTERRUPTED)
        self.assertEqual(process.stdout.read() + process.stderr.read(), b"")


class Information(CliTest):
    def test_version(self):
        lines = self.run_bin("--version").stdout.decode().splitlines()
        self.assertEqual(len(lines), 3)
        for line, name in zip(lines, ("riptide", "Wasmtime", "lexbor")):
            self.assertRegex(line, rf"^{name} \d+\.\d+\.\d+$")

    def test_help(self):
        for command in ("extract", "compile", "doctor", "config", "man", "completions"):
            result = self.run_bin(command, "--help")
            self.assert_ends(result, OK)
            for part in (f"Usage: riptide {command}", "Flags:", "Examples:", "Exit codes:"):
                self.assertIn(part, result.stdout.decode())
            self.assertIn(f"\n  {command}", self.run_bin("-h").stdout.decode())

    def test_config_tells_value_and_source(self):
        result = self.run_bin("config", "-f", "json", "--memory", "64",
                              env={"RIPTIDE_WASM_TIMEOUT_SECS": "5",
                                   "RIPTIDE_WASM_ENABLE_SIMD": "off"})
        self.assert_ends(result, OK)
        rows = {row["environment"]: row for row in json.loads(result.stdout)}
        self.assertEqual(len(rows), 12)
        found = {name: (rows[f"RIPTIDE_{name}"]["value"], rows[f"RIPTIDE_{name}"]["source"])
                 for name in ("WASM_TIMEOUT_SECS", "WASM_ENABLE_SIMD", "WASM_MEMORY_LIMIT_MB",
                              "BODY_LIMIT_MB")}
        self.assertEqual(found, {"WASM_TIMEOUT_SECS": (5, "environment"),
                                 "WASM_ENABLE_SIMD": (False, "environment"),
                                 "WASM_MEMORY_LIMIT_MB": (64, "flag"),
                                 "BODY_LIMIT_MB": (16, "default")})
        text = self.run_bin("config", env={"RIPTIDE_WASM_COMPONENT": "\x1b[31m"}).stdout.decode()
        self.assertIn("RIPTIDE_WASM_COMPONENT=\\x1b[31m  (environment)", text)
        for name in rows:
            self.assertIn(f"{name}=", text)

    def test_the_manual_page_is_well_formed(self):
        page = self.run_bin("man").stdout.decode()
        self.assertTrue(page.startswith(".TH RIPTIDE 1 "))
        macros = {line.split()[0] for line in page.splitlines() if line[:1] in (".", "'")}
        self.assertEqual(macros, {".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".br", ".RS", ".RE",
                                  ".nf", ".fi"})
        self.assertEqual(page.count(".nf\n"), page.count(".fi\n"))
        self.assertEqual(page.count(".RS"), page.count(".RE"))
        for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "ENVIRONMENT",
                        "EXIT STATUS", "EXAMPLES"):
            self.assertIn(f'\n.SH "{section}"\n', page)

    def complete(self, *words):
        script = ('source /dev/stdin; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                  '_riptide 2>/dev/null; printf "%s\\n" "${COMPREPLY[@]}"')
        result = subprocess.run(["bash", "-c", script, "bash", "riptide", *words], check=True,
                                input=self.run_bin("completions", "bash").stdout,
                                stdout=subprocess.PIPE, timeout=60)
        return result.stdout.decode().split()

    def test_bash_completes(self):
        script = self.run_bin("completions", "bash")
        subprocess.run(["bash", "-n"], input=script.stdout, check=True, timeout=60)
        self.assertIn("extract", self.complete(""))
        self.assertEqual(self.complete("comp"), ["compile", "completions"])
        self.assertEqual(self.complete("extract", "--form"), ["--format"])
        self.assertEqual(self.complete("extract", "--format", "j"), ["json", "jsonl"])
        self.assertEqual(self.complete("extract", "a.html", "-m", ""),
                         ["article", "full", "metadata", "custom"])
        self.assertEqual(self.complete("completions", ""), ["bash", "zsh", "fish"])
        self.assertEqual(self.complete("extract", "a"), [])  # files are left to readline

    def test_the_other_shells_get_a_script(self):
        self.assertTrue(self.run_bin("completions", "zsh").stdout.startswith(b"#compdef riptide\n"))
        self.assertIn(b"complete -c riptide", self.run_bin("completions", "fish").stdout)


if __name__ == "__main__":
    unittest.main()
