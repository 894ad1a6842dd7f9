"""A service with hardly any file descriptors. Not for a program with sanitizers, which need some themselves."""
import time
import unittest

from support import Service


class FewDescriptors(unittest.TestCase):
    def test_too_few_to_start_are_said_at_the_start(self):
        codes = set()
        for limit in range(8, 33, 2):
            with Service(under=["prlimit", f"--nofile={limit}:{limit}"]) as service:
                if service.port:
                    for _ in range(4):  # both threads get some
                        service.connect().close()
                    time.sleep(0.05)
                if limit == 32:
                    self.assertEqual(service.extract().status, 200)
                if service.port:
                    codes.add(service.stop())
                else:
                    codes.add(service.process.wait(timeout=20))
                    self.assertRegex(service.logged(), "Too many open files|file descriptors")
        self.assertEqual(codes, {0, 4})
