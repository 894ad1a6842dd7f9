#!/usr/bin/env python3
"""riptide batch from outside: every kind of input, order, limits, interruptions of every kind.

RIPTIDE_BIN is the program.
"""
import gzip
import json
import os
import pty
import random
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

BIN = os.environ["RIPTIDE_BIN"]
OK, SOME_FAILED, USAGE, IO, ENGINE_START, INTERRUPTED = 0, 1, 2, 4, 5, 130
WORDS = "Tides rise and fall with the moon, and every harbour keeps a table of them"


def page(number, paragraphs=4):
    body = f"<p>{WORDS}, page {number}.</p>" * paragraphs
    return f"<!doctype html><title>Page {number}</title><article>{body}</article>"


def warc(kind, content_type, block, uri="https://a.example/"):
    block = block.encode() if isinstance(block, str) else block
    return (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{uri}>\r\nWARC-Target-URI: {uri}"
            f"\r\nContent-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
            ).encode() + block + b"\r\n\r\n"


def response(number):
    return warc("response", "application/http; msgtype=response",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(number),
                f"https://a.example/{number}")


def default_signals():
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class BatchTest(unittest.TestCase):
    ENGINE = "native"

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = Path(scratch.name)

    def write(self, name, content):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def command(self, *arguments):
        return [BIN, "batch", "--engine", self.ENGINE, *map(os.fspath, arguments)]

    def environment(self):
        return {k: v for k, v in os.environ.items() if not k.startswith("RIPTIDE_")}

    def batch(self, *arguments, code=OK, **options):
        if "input" not in options:
            options.setdefault("stdin", subprocess.DEVNULL)
        result = subprocess.run(self.command(*arguments), check=False, timeout=60, cwd=self.dir,
                                env=self.environment(), **{"stdout": subprocess.PIPE,
                                                           "stderr": subprocess.PIPE, **options})
        self.assertEqual(result.returncode, code, result.stderr)
        return result

    def start(self, *arguments, **options):
        process = subprocess.Popen(
            self.command(*arguments), cwd=self.dir, env=self.environment(),
            preexec_fn=default_signals,
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
               **options})
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()

    def lines(self, result):
        return [json.loads(line) for line in result.stdout.splitlines()]

    def jsonl(self, count, name="in.jsonl"):
        return self.write(name, "".join(json.dumps({"id": i, "html": page(i)}) + "\n"
                                        for i in range(count)))

    def wait_for(self, condition):
        for _ in range(3000):
            if condition():
                return
            time.sleep(0.01)
        self.fail("nothing came of it")


class Inputs(BatchTest):
    def test_a_directory(self):
        self.write("in/b.html", page(2))
        self.write("in/a/x.htm.gz", gzip.compress(page(1).encode()))
        self.write("in/c.txt", "no page")
        lines = self.lines(self.batch("in"))
        self.assertEqual([line["id"] for line in lines], ["a/x.htm.gz", "b.html"])
        self.assertEqual([line["record"] for line in lines], [1, 2])
        self.assertIn("page 1", lines[0]["text"])
        self.assertEqual(lines[1]["source"], "in")

    def test_lines_of_json_from_a_pipe(self):
        self.write("x.html", page(7))
        given = [{"html": page(1), "id": "a", "url": "https://a.example/"}, {"path": "x.html"},
                 {"html": page(2), "mode": "metadata", "other": 1}]
        lines = self.lines(self.batch(input="\n".join(map(json.dumps, given)).encode()))
        self.assertEqual([line["id"] for line in lines], ["a", None, None])
        self.assertEqual(lines[0]["url"], "https://a.example/")
        self.assertIn("page 7", lines[1]["text"])
        self.assertIsNone(lines[2]["text"])
        self.assertEqual({line["source"] for line in lines}, {"-"})

    def test_web_archives(self):
        records = [warc("warcinfo", "application/warc-fields", "a: b\r\n"), response(1),
                   warc("revisit", "application/http", ""),
                   warc("resource", "text/html", page(2), "https://b.example/")]
        self.write("in.warc.gz", b"".join(map(gzip.compress, records)))
        self.write("in.warc", b"".join(records))
        for name in ("in.warc", "in.warc.gz"):
            result = self.batch(name)
            lines = self.lines(result)
            self.assertEqual([line["url"] for line in lines],
                             ["https://a.example/1", "https://b.example/"])
            self.assertEqual(lines[0]["id"], "<urn:https://a.example/1>")
            self.assertIn(b"2 records skipped", result.stderr)

    def test_zstandard_in_and_out(self):
        if not shutil.which("zstd"):
            self.fail("the zstd program is needed")
        self.jsonl(20)
        subprocess.run(["zstd", "-q", "in.jsonl"], cwd=self.dir, check=True)
        self.batch("in.jsonl.zst", "-o", "out.jsonl.zst")
        plain = subprocess.run(["zstd", "-dc", "out.jsonl.zst"], cwd=self.dir, check=True,
                               stdout=subprocess.PIPE).stdout
        self.assertEqual([json.loads(line)["id"] for line in plain.splitlines()], list(range(20)))

    def test_every_record_has_a_line_that_says_where_it_went_wrong(self):
        good = json.dumps({"id": 1, "html": page(1)})
        self.write("in.jsonl", good + "\n{\n" + '{"id": "x", "html": 7}\n\xff\n'
                   + '{"path": "gone.html", "id": 5}\n{"html": "", "url": "a.example"}\n')
        cut = gzip.compress((good + "\n").encode() * 3)[:-12]
        self.write("cut.jsonl.gz", cut)
        result = self.batch("in.jsonl", "none.warc", "cut.jsonl.gz", code=SOME_FAILED)
        lines = self.lines(result)
        self.assertEqual([(line["source"], line["record"]) for line in lines][:6],
                         [("in.jsonl", i) for i in range(1, 7)])
        self.assertEqual([line["status"] for line in lines][:6], ["ok"] + ["error"] * 5)
        error = lines[2]["error"]
        self.assertEqual((lines[2]["id"], error["class"], error["offset"]),
                         ("x", "usage", len(good) + 3))
        self.assertIn('"html" is a whole number', error["detail"])
        self.assertIn("No such file", lines[4]["error"]["detail"])
        self.assertEqual(lines[5]["error"]["class"], "usage")
        self.assertIn('"url" is not an absolute web address', lines[5]["error"]["detail"])
        self.assertEqual((lines[6]["source"], lines[6]["record"]), ("none.warc", 0))
        self.assertIn("cut off", lines[-1]["error"]["detail"])

    def test_nothing_in_is_nothing_out(self):
        (self.dir / "in").mkdir()
        self.assertEqual(self.batch("in").stdout, b"")
        self.assertEqual(self.batch(input=b"").stdout, b"")


class Outputs(BatchTest):
    def test_order_is_that_of_the_input_unless_unordered(self):
        self.write("in.jsonl", "".join(
            json.dumps({"id": i, "html": page(i, 3000 if i % 16 == 0 else 1)}) + "\n"
            for i in range(200)))
        ids = [line["id"] for line in self.lines(self.batch("in.jsonl", "-j", "4"))]
        self.assertEqual(ids, list(range(200)))
        loose = [line["id"] for line in self.lines(self.batch("in.jsonl", "-j4", "--unordered"))]
        self.assertEqual(sorted(loose), ids)

    def test_fields_and_formats(self):
        self.jsonl(1)
        line = self.lines(self.batch("in.jsonl", "--fields", "title,text"))[0]
        self.assertEqual(list(line), ["id", "source", "record", "status", "title", "text"])
        line = self.lines(self.batch("in.jsonl", "-f", "markdown"))[0]
        self.assertIn("markdown", line)
        self.assertNotIn("html", line)

    def test_statistics(self):
        self.write("in.jsonl", json.dumps({"html": page(1)}) + '\n{"html": ""}\nx\n')
        result = self.batch("in.jsonl", "--stats", "stats.json", code=SOME_FAILED)
        stats = json.loads((self.dir / "stats.json").read_text())
        self.assertEqual((stats["pages"], stats["ok"], stats["empty"], stats["failed"]),
                         (3, 1, 1, 1))
        self.assertEqual(stats["errors"], {"usage": 1})
        self.assertGreater(stats["pages_per_second"], 0)
        self.assertGreater(stats["extraction_seconds"]["p99"], 0)
        self.assertIn(b"3 pages in", result.stderr)
        self.assertIn(b"1 ok, 1 empty, 1 failed (1 usage)", result.stderr)

    def test_a_place_that_takes_no_statistics_is_told_before_the_first_page(self):
        self.jsonl(1)
        for place, code, words in (("none/s", IO, "its directory does not exist"),
                                   (".", IO, "it is a directory"), ("-", USAGE, "name a file")):
            with self.subTest(place=place):
                result = self.batch("in.jsonl", "-o", "out.jsonl", "--stats", place, code=code)
                self.assertIn(words, result.stderr.decode())
                self.assertEqual([path.name for path in self.dir.iterdir()], ["in.jsonl"])

    def test_an_output_is_done_when_its_statistics_fail(self):
        self.jsonl(1)
        result = self.batch("in.jsonl", "-o", "out.jsonl", "--stats", "/dev/full", code=IO)
        self.assertIn(b"cannot write to /dev/full", result.stderr)
        self.assertEqual(sorted(path.name for path in self.dir.iterdir()),
                         ["in.jsonl", "out.jsonl"])
        self.assertIn(b"page 0", (self.dir / "out.jsonl").read_bytes())

    def test_statistics_may_go_to_a_pipe(self):
        self.jsonl(1)
        os.mkfifo(self.dir / "fifo")
        process = self.start("in.jsonl", "--stats", "fifo")
        self.assertEqual(json.loads((self.dir / "fifo").read_text())["pages"], 1)
        self.assertEqual(process.wait(timeout=10), OK)

    def test_quiet_says_nothing(self):
        self.jsonl(3)
        self.assertEqual(self.batch("in.jsonl", "--quiet").stderr, b"")

    def test_a_terminal_has_a_bar_with_its_rate(self):
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        process = self.start("-", stdin=subprocess.PIPE, stderr=slave)
        os.close(slave)
        process.stdin.write(json.dumps({"html": page(1)}).encode() + b"\n")
        process.stdin.flush()
        shown = b""
        while b"1 pages, " not in shown:
            shown += os.read(master, 4096)
        self.assertIn(b"\r\x1b[K", shown)
        process.stdin.close()
        self.assertEqual(process.wait(timeout=10), OK)

    def test_the_bar_knows_how_much_a_directory_holds(self):
        for i in range(200):
            self.write(f"in/{i}.html", page(i, 200))
        # The reader of the lines lets the run go on only when the bar was seen.
        reader, writer = os.pipe()
        master, slave = pty.openpty()
        process = self.start("in", stdout=writer, stderr=slave)
        os.close(writer)
        os.close(slave)
        shown = b""
        while not re.search(rb"\[[= ]{20}\] [0-9]+ %, [0-9]+ pages, ", shown):
            shown += os.read(master, 4096)
        with open(reader, "rb") as lines:
            self.assertEqual(len(lines.read().splitlines()), 200)
        self.assertEqual(process.wait(timeout=10), OK)
        os.close(master)

    def test_a_full_disk_and_a_reader_that_left(self):
        self.jsonl(10)
        with open("/dev/full", "wb") as full:
            result = self.batch("in.jsonl", stdout=full, code=IO)
        self.assertIn(b"cannot write to standard output: no space left", result.stderr)
        reader, writer = os.pipe()
        os.close(reader)
        result = self.batch("in.jsonl", stdout=writer, code=IO)
        os.close(writer)
        self.assertEqual(result.stderr, b"")

    def test_wrong_usage(self):
        self.jsonl(1)
        for arguments, words in (
                (["--jobs", "0"], "a whole number from 1"), (["--max-errors", "x"], "--max-errors"),
                (["--fields", "titel"], "is not a field"), (["--resume"], "needs --output"),
                (["--resume", "-o", "o", "-"], "standard input"),
                (["-o", "none/o"], "directory does not exist"), (["-o", "."], "is a directory")):
            code = IO if "-o" in arguments[:1] else USAGE
            with self.subTest(arguments=arguments):
                result = self.batch(*arguments, "in.jsonl", code=code)
                self.assertIn(words, result.stderr.decode())

    def test_flags_that_no_page_could_do_with_are_wrong_usage(self):
        self.jsonl(1)
        output = self.write("out.jsonl", "what an earlier run wrote\n")
        for flag, value, words in (("--encoding", "utf8x", "use a WHATWG label"),
                                   ("--selector", "h1[", "one looks like article h2")):
            result = self.batch("in.jsonl", flag, value, "-o", "out.jsonl", code=USAGE)
            self.assertIn(f'batch: {flag}: "{value}" is not a', result.stderr.decode())
            self.assertIn(words, result.stderr.decode())
            self.assertEqual(output.read_text(), "what an earlier run wrote\n")
        self.batch("in.jsonl", "--encoding", " UTF8 ", "-s", "h1, p > a[href]")

    def test_max_errors_stops_the_run(self):
        self.write("in.jsonl", "x\n" * 5000)
        result = self.batch("in.jsonl", "--max-errors", "3", code=SOME_FAILED)
        self.assertLess(len(self.lines(result)), 1000)
        self.assertGreater(len(self.lines(result)), 3)
        self.assertIn(b"more pages failed than --max-errors allows (3)", result.stderr)


class Resume(BatchTest):
    COUNT = 3000

    def setUp(self):
        super().setUp()
        self.jsonl(self.COUNT)
        self.expected = self.batch("in.jsonl").stdout
        self.output = self.dir / "out.jsonl"
        self.checkpoint = self.dir / "out.jsonl.checkpoint"

    def content(self, name):
        data = (self.dir / name).read_bytes()
        if name.endswith(".gz"):
            return gzip.decompress(data)
        if name.endswith(".zst"):
            return subprocess.run(["zstd", "-dc"], input=data, check=True,
                                  stdout=subprocess.PIPE).stdout
        return data

    def test_after_kills_at_random_places_the_output_is_the_same(self):
        chance = random.Random(7)
        for name, flags in (("a.jsonl", []), ("b.jsonl.gz", []), ("c.jsonl.zst", []),
                            ("d.jsonl", ["--unordered"])):
            with self.subTest(name=name):
                kills = 0
                for attempt in range(40):
                    process = self.start("in.jsonl", "-j4", "-o", name, "--resume", *flags,
                                         "--checkpoint-interval", "20")
                    try:
                        # Soon at first, and late enough for a busy machine in the end.
                        process.wait(timeout=chance.uniform(0.02, 0.05 + 0.05 * attempt))
                    except subprocess.TimeoutExpired:
                        process.kill()
                        process.communicate()
                        kills += 1
                        continue
                    said = process.stderr.read()
                    # The last kill may have come after the run was done.
                    if b"there is nothing to resume" not in said:
                        self.assertEqual(process.returncode, OK, said)
                    break
                else:
                    self.fail("it makes no headway")
                self.assertGreater(kills, 0)
                got = self.content(name)
                if flags:
                    got = b"".join(sorted(got.splitlines(True)))
                    self.assertEqual(got, b"".join(sorted(self.expected.splitlines(True))))
                else:
                    self.assertEqual(got, self.expected)
                self.assertFalse((self.dir / (name + ".checkpoint")).exists())

    def test_fewer_inputs_are_another_run(self):
        (self.dir / "more.jsonl").write_text('{"html": "<p>more</p>"}\n')
        process = self.start("in.jsonl", "more.jsonl", "-o", "out.jsonl")
        self.wait_for(lambda: self.output.exists() and self.output.stat().st_size > 0)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        other = self.batch("in.jsonl", "-o", "out.jsonl", "--resume", code=USAGE)
        self.assertIn(b'"inputs" is not what it was', other.stderr)

    def test_an_output_that_is_an_input_is_refused(self):
        before = (self.dir / "in.jsonl").read_bytes()
        refused = self.batch("in.jsonl", "-o", "in.jsonl", code=USAGE)
        self.assertIn(b"is one of the inputs", refused.stderr)
        self.assertEqual((self.dir / "in.jsonl").read_bytes(), before)

    def refuse(self, words, *arguments, **options):
        """Exit 2 with the words, and no file is other than before."""
        def files():
            return {path.name: path.read_bytes() for path in self.dir.iterdir()}
        before = files()
        self.assertIn(words, self.batch(*arguments, code=USAGE, **options).stderr.decode())
        self.assertEqual(files(), before)

    def test_no_file_that_is_written_is_one_that_is_read(self):
        os.link(self.dir / "in.jsonl", self.dir / "same.jsonl")
        (self.dir / "link").symlink_to("in.jsonl")
        inputs = self.dir / "in.jsonl"
        for output in ("same.jsonl", "link", "./in.jsonl"):
            self.refuse("the output", "in.jsonl", "-o", output)
        self.refuse("is one of the inputs", "./gone.jsonl", "-o", "gone.jsonl")
        self.refuse("name another --stats", "in.jsonl", "-o", "out.jsonl", "--stats", "in.jsonl")
        for name in ("o.checkpoint", "o.checkpoint.new"):
            os.link(inputs, self.dir / name)
            self.refuse("checkpoint", name, "-o", "o")
            (self.dir / name).unlink()
        with open(inputs, "rb") as given:
            self.refuse("is one of the inputs", "-", "-o", "in.jsonl", stdin=given)
        with open(inputs, "ab") as appended:
            self.refuse("standard output is one of the inputs", "in.jsonl", stdout=appended)

    def test_no_two_files_are_written_at_one_place(self):
        for name in ("st", "./st", "st.checkpoint", "st.checkpoint.new"):
            self.refuse("as well; name another --stats", "in.jsonl", "-o", "st", "--stats", name)
        with open(self.dir / "lines", "wb") as lines:
            self.refuse("is standard output as well", "in.jsonl", "--stats", "lines", stdout=lines)

    def test_one_device_may_be_read_and_written(self):
        with open("/dev/null", "r+b") as null:
            self.batch("-", stdin=null, stdout=null)
            self.batch("-", "-o", "/dev/null", "--stats", "/dev/null", stdin=null)

    def test_what_a_run_writes_is_no_page_of_a_directory(self):
        self.write("tree/a.html", page(1))
        for _ in range(2):  # the output does not exist the first time
            self.batch("tree", "-o", "tree/z.html", "--stats", "tree/st.html")
            lines = self.content("tree/z.html").splitlines()
            self.assertEqual([json.loads(line)["id"] for line in lines], ["a.html"])
        with open(self.dir / "tree/y.html", "wb") as lines:
            self.batch("tree", "-o", "-", stdout=lines)
        ids = [json.loads(line)["id"] for line in self.content("tree/y.html").splitlines()]
        self.assertEqual(ids, ["a.html", "st.html", "z.html"])

    def test_what_a_run_writes_is_no_page_of_a_record(self):
        self.write("page.html", page(1))
        (self.dir / "link.html").symlink_to("out.jsonl")
        paths = ("page.html", "out.jsonl", "link.html", "stats.json", "out.jsonl.checkpoint")
        self.write("paths.jsonl", b"".join(b'{"path":"%b"}\n' % path.encode() for path in paths))
        self.batch("paths.jsonl", "-o", "out.jsonl", "--stats", "stats.json", code=SOME_FAILED)
        lines = [json.loads(line) for line in self.output.read_bytes().splitlines()]
        self.assertEqual(lines[0]["status"], "ok")
        for path, line in zip(paths[1:], lines[1:]):
            with self.subTest(path=path):
                self.assertEqual(line["error"]["class"], "usage")
                self.assertIn("is one that the run writes", line["error"]["detail"])

    def interrupt(self, *flags):
        """Stopped by ^C after its first lines."""
        process = self.start("in.jsonl", "-o", "out.jsonl", *flags)
        self.wait_for(lambda: self.output.exists() and self.output.stat().st_size > 0)
        process.send_signal(signal.SIGINT)
        return process.wait(timeout=20), process.stderr.read().decode()

    def test_control_c_finishes_what_is_at_hand(self):
        code, said = self.interrupt()
        self.assertEqual(code, INTERRUPTED, said)
        self.assertIn("--resume goes on from here", said)
        part = self.output.read_bytes()
        self.assertTrue(self.expected.startswith(part) and part.endswith(b"\n"))
        self.assertEqual(json.loads(self.checkpoint.read_text())["output_bytes"], len(part))
        self.batch("in.jsonl", "-o", "out.jsonl", "--resume")
        self.assertEqual(self.output.read_bytes(), self.expected)

    def test_control_c_while_a_pipe_is_waited_for(self):
        process = self.start("-", stdin=subprocess.PIPE)
        process.stdin.write(json.dumps({"html": page(1)}).encode() + b"\n{")
        process.stdin.flush()
        self.assertIn(b"page 1", process.stdout.readline())
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=10), INTERRUPTED)
        self.assertEqual(process.stdout.read(), b"")

    def test_control_c_while_a_named_pipe_has_no_writer(self):
        fifo = self.dir / "fifo"
        os.mkfifo(fifo)
        process = self.start("fifo", "in.jsonl")
        descriptors = Path(f"/proc/{process.pid}/fd")
        self.wait_for(lambda: any(os.path.realpath(fd) == os.fspath(fifo.resolve())
                                  for fd in descriptors.iterdir()))
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=10), INTERRUPTED)
        self.assertEqual(process.stdout.read(), b"")  # the next input is left alone

    def test_an_interrupted_run_is_not_overwritten(self):
        self.interrupt()
        result = self.batch("in.jsonl", "-o", "out.jsonl", code=USAGE)
        self.assertIn(b"--resume goes on", result.stderr)

    def test_a_finished_run_is_not_resumed_but_written_anew(self):
        self.batch("in.jsonl", "-o", "out.jsonl", "--resume")  # starts it
        result = self.batch("in.jsonl", "-o", "out.jsonl", "--resume", code=USAGE)
        self.assertIn(b"there is nothing to resume", result.stderr)
        self.batch("in.jsonl", "-o", "out.jsonl")
        self.assertEqual(self.output.read_bytes(), self.expected)

    def test_another_input_or_other_flags_are_refused(self):
        self.interrupt()
        other = self.batch("in.jsonl", "-o", "out.jsonl", "--resume", "-f", "text", code=USAGE)
        self.assertIn(b'"--format" is not what it was', other.stderr)
        with (self.dir / "in.jsonl").open("ab") as more:
            more.write(b"{}\n")
        other = self.batch("in.jsonl", "-o", "out.jsonl", "--resume", code=USAGE)
        self.assertIn(b'"inputs" is not what it was', other.stderr)

    def test_a_torn_last_line_is_cut(self):
        self.interrupt()
        with self.output.open("ab") as torn:
            torn.write(b'{"id": "torn')
        self.batch("in.jsonl", "-o", "out.jsonl", "--resume")
        self.assertEqual(self.output.read_bytes(), self.expected)

    def test_a_directory_that_changed_is_refused(self):
        for i in range(self.COUNT):
            self.write(f"tree/{i:05}.html", page(i))
        process = self.start("tree", "-o", "out.jsonl", "--checkpoint-interval", "20")
        self.wait_for(lambda: self.checkpoint.exists()
                      and json.loads(self.checkpoint.read_text())["records"] > 0)
        process.kill()
        process.communicate()
        self.assertTrue(self.checkpoint.exists(), "it was too fast")
        (self.dir / "tree/00000.html").rename(self.dir / "tree/.00000.html")
        (self.dir / "tree/.00000.html").unlink()
        result = self.batch("tree", "-o", "out.jsonl", "--resume", code=USAGE)
        self.assertIn(b"records", result.stderr)

    def test_a_full_disk_can_be_resumed_from(self):
        limit = len(self.expected) // 2
        result = self.batch(
            "in.jsonl", "-o", "out.jsonl", code=IO,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        self.assertIn(b"cannot write to out.jsonl: ", result.stderr)
        self.batch("in.jsonl", "-o", "out.jsonl", "--resume")
        self.assertEqual(self.output.read_bytes(), self.expected)

    def test_an_output_that_is_removed_meanwhile_is_an_error(self):
        process = self.start("-", "-o", "out.jsonl", stdin=subprocess.PIPE)
        self.wait_for(self.checkpoint.exists)
        self.output.unlink()
        _, said = process.communicate(json.dumps({"html": page(1)}).encode(), timeout=10)
        self.assertEqual(process.returncode, IO)
        self.assertIn(b"the output out.jsonl was removed or replaced", said)

    def test_two_runs_do_not_write_to_one_file(self):
        first = self.start("-", "-o", "out.jsonl", stdin=subprocess.PIPE)
        self.wait_for(self.checkpoint.exists)
        result = self.batch("in.jsonl", "-o", "out.jsonl", code=USAGE)
        self.assertIn(b"process %d writes to out.jsonl" % first.pid, result.stderr)
        first.stdin.close()
        self.assertEqual(first.wait(timeout=10), OK)


class Sandboxed(BatchTest):
    ENGINE = "auto"

    def test_a_sandbox_that_cannot_start_leaves_the_output_alone(self):
        self.jsonl(1)
        output = self.write("out.jsonl", "what an earlier run wrote\n")
        for name in ("out.jsonl", "new.jsonl"):
            result = self.batch("in.jsonl", "--component", "missing.wasm", "-o", name,
                                code=ENGINE_START)
            self.assertIn(b"the sandbox cannot start", result.stderr)
        self.assertEqual(output.read_text(), "what an earlier run wrote\n")
        self.assertEqual(sorted(path.name for path in self.dir.iterdir()),
                         ["in.jsonl", "out.jsonl"])

    def test_pages_run_in_the_sandbox(self):
        self.jsonl(50)
        lines = self.lines(self.batch("in.jsonl"))
        self.assertEqual({line["engine"] for line in lines}, {"wasm"})
        self.assertEqual(len(lines), 50)


if __name__ == "__main__":
    unittest.main()
