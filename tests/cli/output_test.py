"""Results out: broken streams, files that appear whole or not at all, signals."""
import os
import pty
import resource
import signal
import stat
import subprocess
import time

from support import (CliTest, ENGINE, INTERRUPTED, IO, NO_CONTENT, OK, PAGE, SOME_FAILED, WORDS)


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
        # The sandbox cannot start under such a limit: its memory images are files too.
        limited = self.run_bin(
            "extract", "--engine", "native", "-o", "out", self.page,
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
