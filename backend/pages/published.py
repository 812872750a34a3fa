"""Published reports, open to all: a quarter's or a year's as page and PDF. Who has one is answered 304.

What a report says changes at its address only where words of its year were corrected, so it is put
together once a language, with the versions of its words, and kept.
"""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from backend.core import languages, pages
from backend.pages import tags, told
from backend.reporting import document, published
from backend.reporting.published import Report


def _known(kind: str, as_of: dt.date, issuer: int, version: int) -> str:
    """The hash of a report, its words, and the version that holds; empty where there is none."""
    found = published.find(issuer=issuer, as_of=as_of, version=version, kind=kind)
    if found is None:
        return ""
    return published.known(found)


def _page_tag(request: HttpRequest, **named: Any) -> str | None:
    known = _known(**named)
    return tags.to_reader(request, known) if known else None


def _file_tag(request: HttpRequest, **named: Any) -> str | None:
    known = _known(**named)
    return tags.of(f"{known}:{languages.active()}") if known else None


@pages.page()
def report(request: HttpRequest, **named: Any) -> HttpResponseBase:
    """A report of a quarter or of a year, for everybody."""
    answer = _read(request, **named)
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@condition(etag_func=_page_tag)
def _read(request: HttpRequest, **named: Any) -> HttpResponse:
    found = _found(**named)
    newer = published.newer(found.snapshot)
    context = {
        "report": found,
        "snapshot": found.snapshot,
        "newer": Report(newer, found.kind) if newer else None,
        **told.of(_contents(found)),
    }
    return render(request, "reports/published.html", context)


@pages.page()
@condition(etag_func=_file_tag)
def report_pdf(request: HttpRequest, **named: Any) -> HttpResponse:
    """The same as a document (PDF/A-2a, PDF/UA-1)."""
    found = _found(**named)
    made = tags.once(
        f"{published.key(found, language=languages.active())}:pdf", lambda: _rendered(found)
    )
    answer = HttpResponse(made, content_type="application/pdf")
    name = f"mattone-{found.snapshot.as_of}-{found.kind}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Vary"] = "Accept-Language, Cookie"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _found(**named: Any) -> Report:
    found = published.find(**named)
    if found is None:
        raise Http404
    return found


def _contents(found: Report) -> dict[str, Any]:
    return published.contents_of(found, language=languages.active())


def _rendered(found: Report) -> bytes:
    with translation.override(languages.active()):
        return document.render(_contents(found))
