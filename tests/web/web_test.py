#!/usr/bin/env python3
"""The pages of a running service, in a real browser.

RIPTIDE_BIN is the program, RIPTIDE_TEST_COMPONENTS a directory of guests that misbehave; the Python
path has playwright (third_party/requirements-web.txt), and Chromium is installed.
"""
import sys
import unittest
from pathlib import Path

if __name__ == "__main__":
    here = str(Path(__file__).resolve().parent)
    sys.path.insert(0, here)
    suite = unittest.defaultTestLoader.discover(here, pattern="*_test.py")
    sys.exit(not unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful())
