"""Sends HTTP requests over a few open connections as fast as they are answered, at little cost.

Whole requests are given as bytes, and of an answer no more is read than its status and its length.
"""

import socket
import threading
import time
from collections.abc import Sequence
from types import TracebackType

CONNECTIONS = 4


class Senders:
    """Connections to one port, each a thread's own while it sends."""

    def __init__(self, port: int) -> None:
        self._lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
        for line in self._lines:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Senders":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for line in self._lines:
            line.close()

    def send(self, requests: Sequence[bytes]) -> float:
        """Send them all and return the seconds until the last answer; raises on any that is not 200."""
        wrong: list[bytes] = []
        threads = [
            threading.Thread(target=_send, args=(line, requests[number::CONNECTIONS], wrong))
            for number, line in enumerate(self._lines)
        ]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - started
        if wrong:
            raise RuntimeError(f"{len(wrong)} answers were not 200, the first {wrong[0][:400]!r}")
        return seconds


def _send(line: socket.socket, requests: Sequence[bytes], wrong: list[bytes]) -> None:
    for request in requests:
        line.sendall(request)
        answer = _answer(line)
        if not answer.startswith(b"HTTP/1.1 200"):
            wrong.append(answer)
            return


def _answer(line: socket.socket) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read:
        more = line.recv(65_536)
        if not more:
            return read
        read += more
    head, _, body = read.partition(b"\r\n\r\n")
    lengths = [row for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")]
    left = int(lengths[0].split(b":")[1]) - len(body) if lengths else 0
    while left > 0:
        left -= len(line.recv(left))
    return read
