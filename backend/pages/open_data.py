"""Open data: what there is, its catalogue for machines, and the files. Open to all, kept by caches."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from backend.core import pages
from backend.reporting import catalogue, open_data
from backend.reporting.catalogue import Catalogue, Dataset, File
from properties.models import Snapshot

WRITTEN = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
SERIALISED = {"ttl": ("turtle", "text/turtle"), "jsonld": ("json-ld", "application/ld+json")}
KEPT_SECONDS = 3600
PUBLISHER = "Mattone"


@pages.page()
def overview(request: HttpRequest) -> HttpResponse:
    """What was published, by issuer and day, with its files."""
    rows = list(open_data.published().defer("data", "restates__data"))
    return render(request, "open_data.html", {"rows": rows, "licence": open_data.LICENCE})


def _newest(request: HttpRequest, **_named: Any) -> str | None:
    """The catalogue changes when something is published, and then only."""
    known = open_data.published().values_list("content_hash", flat=True)
    return f'"{"-".join(each[:12] for each in known)}"' if known else None


@pages.page()
@condition(etag_func=_newest)
def described(request: HttpRequest, kind: str) -> HttpResponse:
    """The DCAT-AP_IT catalogue, as Turtle or JSON-LD."""
    rows = (
        open_data.published()
        .defer("data", "restates__data")
        .order_by("organisation", "-as_of", "-version")
    )
    groups = groupby(rows, key=lambda row: row.organisation)
    datasets = [_dataset(list(each)) for _issuer, each in groups]
    if not datasets:
        raise Http404
    whole = Catalogue(_at("open-data"), PUBLISHER, datasets)
    form, media_type = SERIALISED[kind]
    text = catalogue.graph(whole).serialize(format=form, encoding="utf-8")
    return _kept(HttpResponse(text, content_type=f"{media_type}; charset=utf-8"))


def _hash(request: HttpRequest, *, kind: str, **named: Any) -> str | None:
    found = open_data.named(**named).values_list("content_hash", flat=True).first()
    return f'"{kind}-{found}"' if found else None


@pages.page()
@condition(etag_func=_hash)
def file(
    request: HttpRequest, issuer: int, as_of: dt.date, version: int, kind: str
) -> HttpResponse:
    """One version of the figures of a day; it never changes."""
    found = get_object_or_404(open_data.named(issuer=issuer, as_of=as_of, version=version))
    write = open_data.as_csv if kind == "csv" else open_data.as_json
    return _kept(HttpResponse(write(found), content_type=WRITTEN[kind]))


def _dataset(rows: list[Snapshot]) -> Dataset:
    issuer = rows[0].organisation
    files = [_file(row, kind) for row in rows for kind in WRITTEN]
    url = f"{_at('open-data')}#{issuer.pk}"
    return Dataset(str(issuer.pk), issuer.name, issuer.is_synthetic, url, files)


def _file(row: Snapshot, kind: str) -> File:
    assert row.published_at is not None, "published() gives what was published"
    url = _at("open-data-file", row.organisation_id, row.as_of, row.version, kind)
    return File(url, kind, row.as_of, row.version, row.published_at, open_data.LICENCE)


def _at(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def _kept(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, public=True, max_age=KEPT_SECONDS)
    return answer
