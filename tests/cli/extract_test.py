"""Pages in: formats, inputs."""
import json
import os
import pty
import threading
import xml.etree.ElementTree
from pathlib import Path

from support import (CliTest, ENGINE, FIELDS, IO, LIMIT, MIB, NO_CONTENT, OK, PAGE, SOME_FAILED,
                     USAGE, WORDS)

FAULTY = Path(os.environ["RIPTIDE_TEST_COMPONENTS"]) / "faulty.wasm"
TEI = "{http://www.tei-c.org/ns/1.0}"
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


class Fallback(CliTest):
    def test_pages_that_break_the_guest_are_extracted_natively(self):
        self.write("harmless.html", b"a page that does no harm")
        self.write("first.html", b"trap 1")
        self.write("second.html", b"trap 2")
        result = self.run_bin("extract", "--component", FAULTY, "-m", "full", "-f", "jsonl",
                              "harmless.html", "first.html", "second.html")
        self.assertEqual(result.returncode, OK, result.stderr)
        documents = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual([(one["engine"], one["fallback_reason"]) for one in documents],
                         [("wasm", None), ("native", "trap"), ("native", "trap")])
        self.assertEqual(documents[2]["text"].strip(), "trap 2")
        self.assertEqual(result.stderr.decode().count("in an isolated process"), 2, result.stderr)
        explained = self.run_bin("explain", "--component", FAULTY, "first.html")
        self.assert_ends(explained, OK, "first.html: the sandbox could not serve it (trap)")


class Formats(CliTest):
    def test_text_of_a_file(self):
        result = self.extract("-f", "text", "-m", "full", self.page)
        self.assert_ends(result, OK)
        self.assertIn(WORDS, result.stdout.decode())
        self.assertTrue(result.stdout.endswith(b"\n"))

    def test_every_format_and_mode_works(self):
        for mode in ("article", "full", "metadata"):
            for form in ("text", "markdown", "html", "json", "jsonl", "tei"):
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

    def test_several_tei_documents_are_one_corpus(self):
        self.write("a--><b>&.html", PAGE)
        result = self.extract("-f", "tei", "a--><b>&.html", "missing.html", "page.html")
        self.assert_ends(result, SOME_FAILED)
        corpus = xml.etree.ElementTree.fromstring(result.stdout)
        self.assertEqual([child.tag for child in corpus],
                         [TEI + "teiHeader", TEI + "TEI", TEI + "TEI"])

    def test_tei_of_every_test_page_is_well_formed(self):
        pages = sorted(FIXTURES.rglob("*.html"))
        self.assertGreater(len(pages), 40)
        for page in pages:
            result = self.extract("-f", "tei", "-m", "full", page)
            if result.returncode == NO_CONTENT:
                continue
            self.assertEqual(result.returncode, OK, page)
            root = xml.etree.ElementTree.fromstring(result.stdout)
            self.assertEqual(root.tag, TEI + "TEI")
            plain = self.extract("-f", "text", "-m", "full", page).stdout.decode().split()
            # What images show is said in TEI only.
            for desc in root.iter(TEI + "desc"):
                desc.text = ""
            text = "".join(root.find(f"{TEI}text/{TEI}body").itertext())
            self.assertEqual("".join(text.split()), "".join(plain), page)

    def test_characters_that_xml_has_no_place_for_are_left_out(self):
        page = self.write("controls.html", "<title>a\x01b\ufffe</title><p>c\x0bd\uffff e&#1;".encode())
        result = self.extract("-f", "tei", "-m", "full", page)
        root = xml.etree.ElementTree.fromstring(result.stdout)
        self.assertEqual(root.find(f".//{TEI}title").text, "a b")
        self.assertIn("c d e", "".join(root.itertext()))

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
