"""The page behind the last line of news: no more of them, without a login, with one click."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from backend.core import clock, pages, unwanted


@csrf_exempt  # a mail program posts here by itself (RFC 8058); the signed link says for whom
@pages.page(methods=["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more; on the yes, write no more news to this address."""
    is_done = request.method == "POST"
    at = clock.now()
    address = unwanted.stop(token, at=at) if is_done else unwanted.address_of(token)
    return render(request, "mail_stop.html", {"address": address, "is_done": is_done})
