"""Runs programs that print `key value` lines, by turns, so that a busy spell of the machine hits all."""
import contextlib
import os
import re
import statistics
import subprocess
import time

_LISTENING = re.compile(r"listening on http://(\S+:\d+)")


class Failure(Exception):
    """A sentence for the user: what is wrong and what would be right."""


def _environment(more):
    """Whoever measures may have configured riptide for something else."""
    return {name: value for name, value in os.environ.items()
            if not name.startswith("RIPTIDE_")} | more


class Arm:
    """One of the ways that are compared: a command, and variables of its environment."""

    def __init__(self, command, **environment):
        self.command = [str(part) for part in command]
        self.environment = environment

    def run(self):
        """What the program prints."""
        try:
            result = subprocess.run(self.command, capture_output=True, text=True, check=False,
                                    env=_environment(self.environment))
        except FileNotFoundError as error:
            raise Failure(f"{self.command[0]} is missing; `make bench` builds it") from error
        if result.returncode != 0:
            raise Failure(f"`{' '.join(self.command)}` failed with status {result.returncode}: "
                          f"{result.stderr[-2000:]}")
        return result.stdout

    def figures(self):
        """What it prints as {key: number}, but the hash as it is."""
        found = {}
        for line in self.run().splitlines():
            key, _, value = line.partition(" ")
            found[key] = value if key == "hash" else float(value)
        return found

    def wall_ms(self):
        """How long it takes from start to end."""
        start = time.perf_counter()
        self.run()
        return {"wall_ms": (time.perf_counter() - start) * 1000}


def by_turns(arms, rounds, measure=Arm.figures):
    """{arm: {key: [a number of each round]}}; all documents must be the same."""
    found = {name: {} for name in arms}
    for _ in range(rounds):
        for name, arm in arms.items():
            for key, value in measure(arm).items():
                found[name].setdefault(key, []).append(value)
    hashes = {value: name for name, keys in found.items() for value in keys.get("hash", [])}
    if len(hashes) > 1:
        raise Failure("documents differ: " + ", ".join(f"{v} by {k}" for v, k in hashes.items()))
    return found


def median(found, arm, key):
    return statistics.median(found[arm][key])


@contextlib.contextmanager
def server(program, **environment):
    """A `riptide serve` on a free port of this machine: its address and process id."""
    command = [str(program), "serve", "--listen", "127.0.0.1:0", "--log-level", "warning"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                          env=_environment(environment)) as process:
        try:
            found = _LISTENING.search(process.stdout.readline())
            if not found:
                raise Failure(f"`{' '.join(command)}` does not listen")
            yield found[1], process.pid
        finally:
            process.terminate()
            process.wait()
