"""One line of log a request, by its route: an address may hold a token, and a question a name.

The request's id is in every line that is written on its way (also by the tasks that it wakes), and in
the answer's header X-Request-ID: what a person reads to us finds the line.
"""

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

HEADER = "X-Request-ID"


class RequestLog(RequestMiddleware):
    """django-structlog's middleware, telling the route in place of the address."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = getattr(request, "resolver_match", None)
        return f"{request.method} /{match.route}" if match else f"{request.method} (no page)"

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        response[HEADER] = structlog.contextvars.get_contextvars().get("request_id", "")
        super().handle_response(request, response)
