#!/usr/bin/env python3
"""Fetches and builds what riptide is made of, and tells CMake where it lies.

    tools/deps.py [--group build|test|bench]... [--offline]

Five sources, pinned in third_party/: packages of the distribution (apt.txt), build tools
(requirements.txt), what the service is tested with (requirements-web.txt, in the group test),
sources (sources.txt), Rust crates (wasmtime-shim/ and componentize/, and bench/reference/ in the group
bench, each with its Cargo.lock). Whatever is built lies in a cache outside the checkout, in a directory
named by a hash of its pins, so it is built once and rebuilt only when a pin changes:
$RIPTIDE_CACHE, else $XDG_CACHE_HOME/riptide-build, else ~/.cache/riptide-build.
Writes build/deps.cmake. Safe to run again; does nothing when all is there.
"""
import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THIRD_PARTY = ROOT / "third_party"
CONTRACT = ROOT / "wit/extractor.wit"
# What CMakeLists.txt holds the sources to, in its order.
BUILT_OF = [CONTRACT, *(path for crate in (THIRD_PARTY / "componentize", THIRD_PARTY / "wasmtime-shim")
                        for path in (crate / "Cargo.lock", *sorted(crate.glob("src/*.rs"))))]
MINIMUM_RUST = (1, 95)


class Failure(Exception):
    """A sentence for the user: what is wrong and what would be right."""


def say(text):
    print(f"deps: {text}", flush=True)


def run(command, **options):
    """Runs a command whose output the user sees; a failure names the command."""
    result = subprocess.run([str(part) for part in command], check=False, **options)
    if result.returncode != 0:
        raise Failure(f"`{' '.join(map(str, command))}` failed with status {result.returncode}; "
                      "its output is above")


def cache_root():
    if os.environ.get("RIPTIDE_CACHE"):
        return Path(os.environ["RIPTIDE_CACHE"])
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "riptide-build"


def key(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else str(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def cached(name, key_parts, build):
    """The directory made by `build(directory)`, which runs only when it is not in the cache."""
    final = cache_root() / f"{name}-{key(*key_parts)}"
    if final.is_dir():
        return final
    final.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=final.parent))
    try:
        build(scratch)
        try:
            scratch.rename(final)
        except OSError:
            if not final.is_dir():  # else another run was faster
                raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return final


def refuse_offline(offline, what):
    if offline:
        raise Failure(f"{what} would have to be fetched, which --offline forbids")


def choose_package(names):
    """Of several names for the same thing, the first that this distribution has."""
    for name in names[:-1]:
        known = subprocess.run(["apt-cache", "show", name], capture_output=True, check=False)
        if known.returncode == 0:
            return name
    return names[-1]


def install_packages(groups, offline):
    rows = [line.split() for line in (THIRD_PARTY / "apt.txt").read_text().splitlines()
            if line.strip() and not line.startswith("#")]
    if not shutil.which("dpkg-query"):
        say("no dpkg here: make sure that the equivalents of these packages are installed: "
            + " ".join(row[1] for row in rows if row[0] in groups))
        return
    wanted = [choose_package(row[1].split("|")) for row in rows if row[0] in groups]
    query = subprocess.run(["dpkg-query", "-W", "-f=${Package} ${Status}\n", *wanted],
                           capture_output=True, text=True, check=False)
    present = {line.split()[0] for line in query.stdout.splitlines()
               if line.endswith("install ok installed")}
    missing = [package for package in wanted if package not in present]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if offline:
        raise Failure("these packages are missing, and --offline forbids installing them: "
                      + " ".join(missing))
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            raise Failure("these packages are missing; run as root:\n    apt-get update && "
                          + " ".join(command))
        command = ["sudo", *command]
    say("installing with apt: " + " ".join(missing))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run([*command[:command.index("apt-get")], "apt-get", "update", "-q"], env=environment)
    run(command, env=environment)


def python_packages(name, pins, what, offline):
    requirements = THIRD_PARTY / pins

    def build(directory):
        refuse_offline(offline, f"what {pins} names")
        say(f"installing with pip: {what}")
        packages = directory / "packages"
        run([sys.executable, "-m", "venv", directory / "venv"])
        run([directory / "venv/bin/python", "-m", "pip", "install", "--quiet",
             "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:",
             "--target", packages, "-r", requirements])

    return cached(name, [requirements, sys.version_info[:2]], build) / "packages"


def lexbor(tools, offline):
    sources = THIRD_PARTY / "sources.txt"
    compact = THIRD_PARTY / "lexbor/compact.py"

    def build(directory):
        refuse_offline(offline, "lexbor")
        say("fetching lexbor with pip (in the selectolax source distribution)")
        # A fresh environment: the cached one was moved into place after it was made.
        run([sys.executable, "-m", "venv", directory / "venv"])
        run([directory / "venv/bin/python", "-m", "pip", "download", "--quiet",
             "--disable-pip-version-check", "--no-build-isolation", "--no-deps", "--require-hashes",
             "--no-binary", ":all:", "-r", sources, "--dest", directory],
            env={**os.environ, "PYTHONPATH": str(tools)})
        shutil.rmtree(directory / "venv")
        (archive,) = directory.glob("*.tar.gz")
        with tarfile.open(archive) as tar:
            wanted = [m for m in tar.getmembers() if "/lexbor/" in m.name and m.isfile()
                      and ".." not in Path(m.name).parts and not m.name.startswith("/")]
            tar.extractall(directory, members=wanted)
        (top,) = directory.glob("selectolax-*/lexbor")
        top.rename(directory / "lexbor")
        shutil.rmtree(top.parent)
        archive.unlink()
        run([sys.executable, compact, directory / "lexbor"])

    return cached("lexbor", [sources, compact], build) / "lexbor"


def check_rust():
    if not shutil.which("cargo"):
        raise Failure("cargo is missing; install Rust {}.{} or newer (with rustup), then run "
                      "this again".format(*MINIMUM_RUST))
    version = subprocess.run(["rustc", "--version"], capture_output=True, text=True,
                             check=False).stdout
    found = re.match(r"rustc (\d+)\.(\d+)", version)
    if not found or (int(found[1]), int(found[2])) < MINIMUM_RUST:
        raise Failure(f"Rust {MINIMUM_RUST[0]}.{MINIMUM_RUST[1]} or newer is needed, this is "
                      f"\"{version.strip()}\"; `rustup update stable` installs it")
    return version.strip()


def crate_key(crate, rust):
    return [crate / "Cargo.toml", crate / "Cargo.lock", *sorted((crate / "src").iterdir()), rust]


def cargo_build(crate, target, offline):
    flags = ["--offline"] if offline else []
    run(["cargo", "build", "--release", "--locked", *flags, "--manifest-path", crate / "Cargo.toml",
         "--target-dir", target])


def wasmtime(rust, offline):
    crate = THIRD_PARTY / "wasmtime-shim"

    def build(directory):
        say("building Wasmtime with cargo: about 6 minutes on 2 cores, once")
        target = directory / "target"
        cargo_build(crate, target, offline)
        (directory / "lib").mkdir()
        shutil.copy(target / "release/libwasmtime_shim.a", directory / "lib")
        (include,) = target.glob("release/build/wasmtime-c-api-impl-*/out/include")
        shutil.copytree(include, directory / "include")
        shutil.rmtree(target)

    return cached("wasmtime", [*crate_key(crate, rust), CONTRACT], build)


def componentize(rust, offline):
    crate = THIRD_PARTY / "componentize"

    def build(directory):
        say("building the component tool with cargo: about a minute, once")
        target = directory / "target"
        cargo_build(crate, target, offline)
        shutil.copy(target / "release/componentize", directory)
        shutil.rmtree(target)

    return cached("componentize", crate_key(crate, rust), build) / "componentize"


def reference(rust, offline):
    crate = ROOT / "bench/reference"
    pins = [crate / "Cargo.toml", crate / "Cargo.lock", rust]

    def build(directory):
        say("building the reference of the benchmarks with cargo: about 5 minutes on 2 cores, once")
        # Kept: what is measured changes more often than the crates that it needs.
        target = cache_root() / f"reference-crates-{key(*pins)}"
        cargo_build(crate, target, offline)
        shutil.copy(target / "release/reference", directory)

    return cached("reference", [*crate_key(crate, rust), CONTRACT], build) / "reference"


def write_cmake(values):
    text = "# Written by tools/deps.py.\n" + "".join(
        f'set({name} "{value}")\n' for name, value in values.items())
    path = ROOT / "build/deps.cmake"
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--group", action="append", choices=["build", "test", "bench"],
                        help="for whom: packages of apt.txt, and what else a group needs "
                             "(default: build)")
    parser.add_argument("--offline", action="store_true",
                        help="install and fetch nothing; fail when something is missing")
    args = parser.parse_args()
    try:
        install_packages(args.group or ["build"], args.offline)
        rust = check_rust()
        tools = python_packages("tools", "requirements.txt",
                                "ziglang (guest compiler), clang-format, clang-tidy", args.offline)
        web_tools = {}
        if "test" in (args.group or []):
            web_tools["RIPTIDE_WEB_TOOLS_DIR"] = python_packages(
                "web-tools", "requirements-web.txt", "playwright, schemathesis", args.offline)
        bench_tools = {}
        if "bench" in (args.group or []):
            bench_tools["RIPTIDE_REFERENCE"] = reference(rust, args.offline)
        write_cmake({
            **web_tools,
            **bench_tools,
            "RIPTIDE_TOOLS_DIR": tools,
            "RIPTIDE_LEXBOR_DIR": lexbor(tools, args.offline),
            "RIPTIDE_WASMTIME_DIR": wasmtime(rust, args.offline),
            "RIPTIDE_COMPONENTIZE": componentize(rust, args.offline),
            "RIPTIDE_BUILT_OF": ";".join(hashlib.sha256(path.read_bytes()).hexdigest()
                                         for path in BUILT_OF),
        })
    except Failure as failure:
        sys.exit(f"deps: {failure}")
    except OSError as error:
        sys.exit(f"deps: {error.strerror or error}: {error.filename or ''}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
