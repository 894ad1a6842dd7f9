"""The results as JSON, and as Markdown with charts."""
import dataclasses
import json
import os
import platform
import re
import subprocess
from pathlib import Path


def machine():
    found = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {"cores": os.cpu_count(), "processor": found[1] if found else platform.machine(),
            "system": f"{platform.system()} {platform.release()}", "load": os.getloadavg()[0]}


def commit(root):
    """The commit, and whether there are changes."""
    def git(*arguments):
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True,
                              check=False).stdout.strip()
    return git("rev-parse", "--short", "HEAD") + (" and changes" if git("diff", "HEAD") else "")


def _cell(value):
    if isinstance(value, str):
        return value
    if value == round(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3g}"


def _table(columns, rows):
    lines = [columns, ["---" if at == 0 else "---:" for at in range(len(columns))],
             *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _markdown(told, sections):
    parts = ["# Benchmarks", f"{told['machine']['cores']} cores, {told['machine']['processor']}, "
             f"{told['machine']['system']}; load {told['machine']['load']:.1f} before; commit "
             f"{told['commit']}; {told['pages']['count']} pages, median {told['pages']['median']:,} "
             f"bytes; medians of {told['rounds']} rounds, in which what is compared takes turns."]
    if told["quick"]:
        parts.append("**A quick run, to try it: these are no figures.**")
    for section in sections:
        parts += [f"## {section.title}", section.how, _table(section.columns, section.rows)]
        parts += [f"![{section.title}]({name}.svg)" for name in section.charts]
    return "\n\n".join(parts) + "\n"


def write(directory, told, sections):
    """Writes results.json, report.md and the charts; `told` is about the run, `sections` in order."""
    directory.mkdir(parents=True, exist_ok=True)
    for section in sections:
        for name, chart in section.charts.items():
            (directory / f"{name}.svg").write_text(chart, encoding="utf-8")
    (directory / "report.md").write_text(_markdown(told, sections), encoding="utf-8")
    tables = []
    for section in sections:
        table = dataclasses.asdict(section)
        table["charts"] = [f"{name}.svg" for name in section.charts]
        tables.append(table)
    (directory / "results.json").write_text(
        json.dumps({**told, "sections": tables}, indent=1) + "\n", encoding="utf-8")
