#!/usr/bin/env python3
"""A supervisor is told what the server does, as Type=notify and WatchdogSec need it."""
import os
import signal
import socket
import tempfile
import unittest

from support import Server


class Supervision(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        path = os.path.join(self.directory.name, "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.socket.close)
        self.socket.bind(path)
        self.socket.settimeout(20)
        self.environment = {"NOTIFY_SOCKET": path}

    def told(self):
        return self.socket.recv(4096).decode()

    def test_is_told_of_readiness_reloads_and_the_end(self):
        with Server(**self.environment) as server:
            self.assertEqual(self.told(), "READY=1")
            server.process.send_signal(signal.SIGHUP)
            self.assertRegex(self.told(), r"^RELOADING=1\nMONOTONIC_USEC=\d+$")
            self.assertEqual(self.told(), "READY=1")
            code, _ = server.stop()
        self.assertEqual(self.told(), "STOPPING=1")
        self.assertEqual(code, 0)

    def test_hears_of_a_server_that_is_well_twice_in_each_interval(self):
        with Server(WATCHDOG_USEC="200000", **self.environment):
            self.assertEqual(self.told(), "READY=1")
            for _ in range(5):
                self.assertEqual(self.told(), "WATCHDOG=1")

    def test_hears_nothing_that_it_did_not_ask_for(self):
        with Server(**self.environment) as server:
            self.assertEqual(self.told(), "READY=1")
            server.stop()
        self.assertEqual(self.told(), "STOPPING=1")


if __name__ == "__main__":
    unittest.main()
