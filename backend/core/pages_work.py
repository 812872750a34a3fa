"""The page of one long work, and the part of it that is asked for again while it runs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from backend.core import pages, works

ASKED_BY = "X-Requested-With"
SCRIPT = "fetch"


@pages.page("")
def work(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """How far it is: a page for who opens it, its figures alone for a page that follows it."""
    found = works.find(kind, key, pages.person_of(request))
    if found is None:
        raise Http404
    is_part = request.headers.get(ASKED_BY) == SCRIPT
    template = "components/work_now.html" if is_part else "work.html"
    answer = render(request, template, {"work": found, "address": request.path})
    patch_vary_headers(answer, [ASKED_BY])
    return answer
