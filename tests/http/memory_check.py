"""What large pages cost. Not for a program with sanitizers, whose memory is mostly theirs."""
import gzip
import unittest

from support import Service, eventually

HEAD = b"POST /extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/html\r\n"
MIB = 1 << 20


class Memory(unittest.TestCase):
    def test_memory_of_large_pages_is_bounded_and_goes_back(self):
        with Service(RIPTIDE_WASM_INSTANCES_PER_WORKER="1") as service:
            def resident():
                return service.metric("process_resident_memory_bytes") / MIB
            before = resident()
            page = gzip.compress(b"\0" * 9 * MIB)
            # All but the end; 16 MiB is set aside for each, and 25 times that is there.
            held = [service.connect() for _ in range(60)]
            for connection in held:
                connection.sendall(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                                   % len(page) + page[:-8])
            eventually(lambda: service.metric('riptide_http_refused_total{reason="overloaded"}') >= 60 - 25, 60)
            self.assertLess(resident() - before, 25 * 16 + 100)
            for connection in held:
                connection.close()
            eventually(lambda: resident() - before < 100, 60)


if __name__ == "__main__":
    unittest.main()
