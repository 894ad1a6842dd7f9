"""A server on loopback that misbehaves as a test wants."""
import socket
import threading
import time


class FakeServer:
    """Answers each request after `delay(number)` seconds; a context manager."""

    def __init__(self, delay=lambda number: 0, answer=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                 keep_alive=True):
        self.delay, self.answer, self.keep_alive = delay, answer, keep_alive
        self.requests = 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.address = "127.0.0.1:%d" % self.listener.getsockname()[1]
        self.heads = []

    def __enter__(self):
        self.accepting = threading.Thread(target=self.accept, daemon=True)
        self.accepting.start()
        return self

    def __exit__(self, *_):
        # Closed under the thread, the descriptor's number could be that of the next server's
        # listener by the time the thread asks it for a connection.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.accepting.join()
        self.listener.close()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection, connection.makefile("rb") as stream:
            try:
                while head := self.read_head(stream):
                    with self.lock:
                        self.requests += 1
                        number = self.requests
                        self.heads.append(head)
                    time.sleep(self.delay(number))
                    connection.sendall(self.answer)
                    if not self.keep_alive:
                        return
            except OSError:
                return

    @staticmethod
    def read_head(stream):
        head = b""
        length = 0
        while line := stream.readline():
            head += line
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            if line == b"\r\n":
                return head + stream.read(length)
        return b""
