"""The front page for visitors, the accessibility statement, the way home by role, the outbox of mails."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import notices, pages


@pages.page()
def front(request: HttpRequest) -> HttpResponse:
    """What Mattone is, what is open now (filled by the apps), and the road of a euro."""
    return render(request, "front.html", {"sections": pages.front_sections(request)})


@pages.page()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What these pages promise to everyone, how it is tried, and where it ends."""
    return render(request, "accessibility.html")


@pages.page("")
def home(request: HttpRequest) -> HttpResponse:
    """Where this person's role starts its day."""
    return pages.redirect_home(request)


@pages.page()
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails written so far: for everyone in a demo, else for those who may see them."""
    if not settings.DEMO and not pages.is_open_to(pages.user_of(request), "outbox.view"):
        raise PermissionDenied
    found = notices.readable().order_by("-created_at", "-id")
    wanted = request.GET.get("to", "")
    if wanted:
        found = found.filter(to=wanted)
    context = {"page": pages.paged(request, found, 20), "to": wanted}
    return render(request, "outbox.html", context)
