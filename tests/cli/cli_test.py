#!/usr/bin/env python3
"""The command line from outside: exit codes, formats, odd inputs, broken outputs, signals.

RIPTIDE_BIN is the program, RIPTIDE_ENGINE what --engine gets (native or wasm).
"""
import sys
import unittest
from pathlib import Path

if __name__ == "__main__":
    here = str(Path(__file__).resolve().parent)
    sys.path.insert(0, here)
    suite = unittest.defaultTestLoader.discover(here, pattern="*_test.py")
    sys.exit(not unittest.TextTestRunner().run(suite).wasSuccessful())
