#!/usr/bin/env python3
"""Checks the directions of includes between the rooms of src/ (docs/architecture.md).

A room may include itself, the public headers, and the rooms listed for it. Libraries with an owner
(lexbor, Wasmtime, ...) may be included by their owners only.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ROOMS = {
    "base": set(),
    "core": {"base"},
    "guest": {"base", "core"},
    "sys": {"base"},
    "text": {"base"},
    "wasm": {"base", "sys"},
    "pool": {"base", "sys", "core", "text", "wasm"},
    "config": {"base", "sys"},
    "io": {"base", "sys"},
    "http": {"base", "sys", "pool", "config", "io"},
    "app": {"base", "sys", "text", "wasm", "pool", "config", "io", "http"},
}
OWNERS = {
    "lexbor/": {"core", "text"},
    "wasm.h": {"wasm"},
    "wasmtime": {"wasm"},
    "uchardet/": {"text"},
    "CLI/": {"app"},
    "boost/asio": {"http"},
    "boost/beast": {"http"},
    "zlib.h": {"http", "io"},
    "libdeflate.h": {"io"},
    "zstd.h": {"io"},
    "boost/json": {"app", "io", "config", "http"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)


def problems():
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in {".h", ".cpp", ".c"}:
            continue
        room = path.relative_to(ROOT / "src").parts[0]
        if room not in ROOMS:
            yield f"{path.relative_to(ROOT)}: the room {room} is not in {Path(__file__).name}"
            continue
        for include in INCLUDE.findall(path.read_text()):
            target = include.split("/")[0]
            if "/" in include and target in ROOMS and target != room:
                if target not in ROOMS[room]:
                    yield f"{path.relative_to(ROOT)}: {room} must not know {target} ({include})"
            for prefix, owners in OWNERS.items():
                if include.startswith(prefix) and room not in owners:
                    yield f"{path.relative_to(ROOT)}: only {sorted(owners)} may include {include}"
    for path in sorted((ROOT / "include").rglob("*.h")):
        for include in INCLUDE.findall(path.read_text()):
            if "/" in include and not include.startswith(("riptide/", "tl/")):
                yield f"{path.relative_to(ROOT)}: a public header must not include {include}"


def main():
    found = list(problems())
    for problem in found:
        print(problem)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
