"""Another system that listens: it takes messages by HTTP, checks who signed them, answers as told."""

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from backend.simulators.server import Answer, Request, serve


@dataclass
class Receiver:
    """Answers with the next of `statuses`, then 200; `heard` are the messages that it said 200 to."""

    statuses: list[int] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    def answer(self, request: Request) -> Answer:
        self.asked.append(request)
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.heard.append(request.json())
        moved = {"Location": "http://127.0.0.1:9/elsewhere"} if status == 302 else {}
        return Answer(b"as told", status=status, content_type="text/plain", headers=moved)


def signs(secret: str, headers: Mapping[str, str], body: bytes) -> list[bool]:
    """For each signature of a message, whether it is this secret's; written apart from our own code."""
    named = {name.lower(): value for name, value in headers.items()}
    signed = b".".join([named["webhook-id"].encode(), named["webhook-timestamp"].encode(), body])
    key = base64.b64decode(secret.split("_", 1)[1])
    right = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return [one == f"v1,{right}" for one in named["webhook-signature"].split()]


@contextmanager
def listening(certificate: tuple[str, str] | None = None) -> Iterator[Receiver]:
    """A receiver behind a free port; with a certificate and its key it speaks TLS."""
    receiver = Receiver()
    server = serve(receiver.answer)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    receiver.port = server.server_address[1]
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def body_of(request: Request) -> dict[str, Any]:
    """What a message says."""
    told: dict[str, Any] = json.loads(request.body)
    return told
