"""A server of our own for the tests of its operation."""
import os
import re
import subprocess

LISTENING = re.compile(r"listening on http://(\S+:\d+)(?:, admin on http://(\S+:\d+))?")


def clean_environment(**options):
    """Ours without options, but for the given ones."""
    return {**{k: v for k, v in os.environ.items() if not k.startswith("RIPTIDE_")}, **options}


def riptide(*arguments, **options):
    return subprocess.run([os.environ["RIPTIDE_BIN"], *arguments], capture_output=True, text=True,
                          timeout=60, check=False, env=clean_environment(**options))


class Server:
    """`riptide serve` on a free port of loopback; a context manager."""

    def __init__(self, **options):
        self.options = {"RIPTIDE_LISTEN": "127.0.0.1:0", **options}

    def __enter__(self):
        self.process = subprocess.Popen(
            [os.environ["RIPTIDE_BIN"], "serve"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=clean_environment(**self.options))
        found = LISTENING.search(self.process.stdout.readline())
        if not found:
            raise AssertionError(self.process.stderr.read())
        self.address, self.admin = found.groups()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=60)

    def stop(self):
        """Its exit code and its log."""
        self.process.terminate()
        _, log = self.process.communicate(timeout=60)
        return self.process.returncode, log
