"""Mistakes, engines that do not start, and what the program tells of itself."""
import json
import subprocess

from support import (CliTest, ENGINE_START, IO, NO_CONTENT, OK, SOME_FAILED, USAGE)


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
                (["extract", "--memory", "1", "page.html"], "from 64 to 4096 (MiB)"),
                (["extract", "-m", "custom", "page.html"], "--selector"),
                (["extract", "-m", "full", "-s", "p", "page.html"], "contradicts"),
                (["extract", "-u", "nowhere", "page.html"], "not an absolute web address"),
                (["extract", "-", "-"], "twice"),
                (["explain", "page.html", "b.html"], 'explain: "b.html" is one too many'),
                (["explain", "-f", "markdown"], "one of text, html, json"),
                (["explain", "-u", "nowhere", "page.html"], "explain: --url"),
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
        # Also where no page can be read, which would be the error of its own.
        self.assert_ends(self.extract("-s", "p[[", "gone.html"), USAGE, "extract: --selector: ")
        self.assert_ends(self.extract("--encoding", "klingon", "gone.html"), USAGE, "--encoding: ")

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
        self.assertEqual(len(rows), 38)
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
