"""A provider that is up and no use: answers every request with one status. A process of its own.

`python -m tests.faults.answers PORT STATUS`
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATUS = int(sys.argv[2]) if len(sys.argv) > 2 else 500


class Answer(BaseHTTPRequestHandler):
    """The same answer to whatever is asked."""

    def do_GET(self) -> None:
        self.send_response(STATUS)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"error": {"type": "api_error", "message": "no"}}')

    do_POST = do_GET

    def log_message(self, format: str, *told: object) -> None:  # noqa: A002 - the base class's word
        """Silence."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
