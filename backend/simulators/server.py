"""A very small HTTP server for the stand-ins: routes, one request at a time, one answer.

What a request means stands in the modules of each stand-in. Requests are handled one after another
under a lock, so a stand-in's state needs no locking of its own.
"""

import json
import re
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

HOST = "127.0.0.1"
LARGEST_BODY_BYTES = 4_000_000


@dataclass(frozen=True)
class Request:
    """What came in, with the path's own parts (`/v1/charges/{id}` gives `parts["id"]`)."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    parts: Mapping[str, str] = field(default_factory=dict)

    def pairs(self) -> list[tuple[str, str]]:
        """The fields of the query and of a form-encoded body, in the order they came."""
        sent = self.body.decode() if self.method == "POST" else ""
        both = "&".join(text for text in (self.query, sent) if text)
        return parse_qsl(both, keep_blank_values=True)

    def json(self) -> Any:
        """The JSON body; an empty body is an empty object."""
        return json.loads(self.body or b"{}")


@dataclass(frozen=True)
class Answer:
    """What goes out."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Answer]


def as_json(value: object, *, status: int = 200) -> Answer:
    """An answer that carries the value as JSON."""
    return Answer(json.dumps(value).encode(), status=status)


class Routes:
    """A table of method, path pattern and handler, tried in the order they were added."""

    def __init__(self) -> None:
        self._table: list[tuple[str, re.Pattern[str], Handler]] = []

    def add(self, method: str, pattern: str, handler: Handler) -> None:
        """Add a row; `{name}` in the pattern stands for one part of the path."""
        expression = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
        self._table.append((method, re.compile(expression + "/?"), handler))

    def answer(self, request: Request) -> Answer:
        """The answer of the first row that fits, or a 404 that says what was asked."""
        for method, pattern, handler in self._table:
            match = pattern.fullmatch(request.path)
            if match and method == request.method:
                return handler(replace(request, parts=match.groupdict()))
        message = f"Unrecognized request URL ({request.method}: {request.path})."
        return as_json({"error": {"type": "invalid_request_error", "message": message}}, status=404)


def serve(answer: Handler, *, port: int = 0) -> ThreadingHTTPServer:
    """Open the port and return the server; the caller runs `serve_forever`. Port 0 takes a free one."""
    lock = threading.Lock()

    class OneAtATime(_Exchange):
        """Hands each request to the stand-in while no other is in hand."""

        def respond(self, request: Request) -> Answer:
            with lock:
                return _answer_of(answer, request)

    server = ThreadingHTTPServer((HOST, port), OneAtATime)
    server.daemon_threads = True
    return server


def _answer_of(answer: Handler, request: Request) -> Answer:
    try:
        return answer(request)
    except Exception as mistake:  # a mistake of ours must not look like a cut line
        traceback.print_exc()
        told = f"{type(mistake).__name__}: {mistake}"
        return as_json({"error": {"type": "api_error", "message": told}}, status=500)


class _Exchange(BaseHTTPRequestHandler):
    """Reads a whole request and writes a whole answer; connections are kept open between them."""

    protocol_version = "HTTP/1.1"
    # The answer leaves in one piece: head and body in two pieces wait 40 ms for each other.
    disable_nagle_algorithm = True
    wbufsize = -1

    def respond(self, request: Request) -> Answer:
        raise NotImplementedError

    def _exchange(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY_BYTES:
            self.send_error(413)
            return
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(length)
        self._send(self.respond(Request(self.command, parts.path, parts.query, headers, body)))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    # The names http.server looks up.
    do_GET = do_POST = do_DELETE = _exchange

    def log_message(self, *_: object) -> None:
        """Stay quiet: the stand-ins are not what one reads the log for."""
