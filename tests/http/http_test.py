#!/usr/bin/env python3
"""The service from outside: routes, framing, limits, disconnects, drains. RIPTIDE_BIN is the program."""
import sys
import unittest
from pathlib import Path

if __name__ == "__main__":
    here = str(Path(__file__).resolve().parent)
    sys.path.insert(0, here)
    pattern = sys.argv[1] if len(sys.argv) > 1 else "*_test.py"
    suite = unittest.defaultTestLoader.discover(here, pattern=pattern)
    sys.exit(not unittest.TextTestRunner().run(suite).wasSuccessful())
