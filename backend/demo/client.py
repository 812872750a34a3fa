"""A person at the API: HTTP with a token, one connection per thread, patient while something restarts.

Every POST carries an Idempotency-Key of its own, so asking again after a cut line changes nothing.
"""

import http.client
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

Item = TypeVar("Item")
Result = TypeVar("Result")

SIDE_BY_SIDE = 4
PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.3
LOOK_AGAIN_SECONDS = 0.015


class Refusal(Exception):
    """The application said no; `status` and `code` are its own."""

    def __init__(self, status: int, body: Any, asked: str) -> None:
        told = body if isinstance(body, dict) else {}
        self.status = status
        self.code = str(told.get("code", ""))
        self.facts: dict[str, Any] = told.get("facts", {})
        details = json.dumps(told.get("errors", told.get("facts", "")), ensure_ascii=False)
        super().__init__(f"{asked}: {status} {self.code} {told.get('detail', body)} {details}")


@dataclass(frozen=True)
class Body:
    """What is sent: bytes of a content type, or JSON."""

    content: bytes
    content_type: str = "application/json"


@dataclass(frozen=True)
class Client:
    """Somebody (or nobody, without a token) at one server."""

    base: str
    token: str = ""

    def get(self, path: str) -> Any:
        """The JSON at an address."""
        return self._ask("GET", path, None, "")

    def post(self, path: str, value: Any = None, *, key: str = "") -> Any:
        """Send JSON; with a `key` given again the first answer comes back."""
        return self._ask("POST", path, _json(value), key or str(uuid.uuid4()))

    def put(self, path: str, value: Any) -> Any:
        return self._ask("PUT", path, _json(value), "")

    def patch(self, path: str, value: Any) -> Any:
        return self._ask("PATCH", path, _json(value), "")

    def upload(self, path: str, file_name: str, content: bytes) -> Any:
        """Send a file as a form would."""
        return self._ask("POST", path, _form(file_name, content), str(uuid.uuid4()))

    def form(self, path: str, fields: dict[str, str], paper: bytes) -> Any:
        """Send fields with a paper (PDF) as a form would."""
        return self._ask("POST", path, _fields(fields, paper), str(uuid.uuid4()))

    def send(self, path: str, content: bytes) -> Any:
        """Send XML as it is."""
        return self._ask("POST", path, Body(content, "application/xml"), str(uuid.uuid4()))

    def fetch(self, path: str) -> bytes:
        """The content at an address, as it is."""
        return self._answer("GET", path, None, "")

    def all(self, path: str) -> list[Any]:
        """Every row of a list, whether it comes in pages or whole."""
        found = self.get(path)
        if isinstance(found, list):
            return found
        rows = list(found["results"])
        while found.get("next"):
            parts = urlsplit(found["next"])
            found = self.get(f"{parts.path}?{parts.query}")
            rows += found["results"]
        return rows

    def _ask(self, method: str, path: str, body: Body | None, key: str) -> Any:
        return _read(self._answer(method, path, body, key))

    def _answer(self, method: str, path: str, body: Body | None, key: str) -> bytes:
        limit = time.monotonic() + PATIENCE_SECONDS
        while True:
            status, content = self._try(method, path, body, key)
            if status < 500 or time.monotonic() > limit:
                break
            time.sleep(PAUSE_SECONDS)
        if status >= 400:
            raise Refusal(status, _read(content), f"{method} {path}")
        return content

    def _try(self, method: str, path: str, body: Body | None, key: str) -> tuple[int, bytes]:
        """Status and content; a line that is cut counts as 503: it may be there again soon."""
        line = _line(self.base)
        try:
            line.request(method, path, body.content if body else None, self._headers(body, key))
            answer = line.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            line.close()
            return 503, b'{"detail": "no answer"}'

    def _headers(self, body: Body | None, key: str) -> dict[str, str]:
        headers = {"Accept": "application/json", "Accept-Language": "it"}
        if self.token:
            headers["Authorization"] = f"Token {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        if body:
            headers["Content-Type"] = body.content_type
        return headers


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Do the same for all items, some at a time, in their order; the first failure is raised."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as hands:
        return list(hands.map(work, items))


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Look again and again until the condition holds; raises TimeoutError."""
    limit = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > limit:
            raise TimeoutError(f"{what} did not happen within {PATIENCE_SECONDS} seconds.")
        time.sleep(LOOK_AGAIN_SECONDS)


def close_lines() -> None:
    """Close the connections that this thread kept open."""
    while _lines.__dict__:
        _lines.__dict__.popitem()[1].close()


_lines = threading.local()


def _line(base: str) -> http.client.HTTPConnection:
    kept: dict[str, http.client.HTTPConnection] = _lines.__dict__
    if base not in kept:
        kept[base] = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    return kept[base]


def _json(value: Any) -> Body:
    return Body(json.dumps({} if value is None else value).encode())


def _form(file_name: str, content: bytes) -> Body:
    edge = uuid.uuid4().hex
    head = f'Content-Disposition: form-data; name="file"; filename="{file_name}"'
    parts: Sequence[bytes] = [
        f"--{edge}\r\n{head}\r\nContent-Type: application/xml\r\n\r\n".encode(),
        content,
        f"\r\n--{edge}--\r\n".encode(),
    ]
    return Body(b"".join(parts), f"multipart/form-data; boundary={edge}")


def _fields(fields: dict[str, str], paper: bytes) -> Body:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = 'Content-Disposition: form-data; name="paper"; filename="paper.pdf"'
    parts += [
        f"--{edge}\r\n{head}\r\nContent-Type: application/pdf\r\n\r\n".encode(),
        paper,
        f"\r\n--{edge}--\r\n".encode(),
    ]
    return Body(b"".join(parts), f"multipart/form-data; boundary={edge}")


def _read(content: bytes) -> Any:
    try:
        return json.loads(content) if content else None
    except ValueError:
        return content.decode(errors="replace")[:300]
