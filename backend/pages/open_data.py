"""Open data: what there is, its catalogue for machines, and the files. Open to all, kept by caches.

A file of figures never changes at its address, so its text is made once and kept; a page and a catalogue
carry the tag of what they tell, and answer 304 while that stands.
"""

import datetime as dt
from collections.abc import Callable
from email.utils import parseaddr
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from backend.core import clock, pages
from backend.pages import tags
from backend.reporting import catalogue, impact, open_data, programme_data, published
from backend.reporting.catalogue import Catalogue, Dataset, File
from campaigns.models import Programme
from campaigns.sources import READ_ON
from properties.models import Snapshot, YearNote

WRITTEN = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
IMPACT = {"cids.jsonld": "application/ld+json", "iris.csv": WRITTEN["csv"]}
NOTES = {"cids.jsonld": "Common Impact Data Standard", "iris.csv": "IRIS+ / SDG"}
SERIALISED = {"ttl": ("turtle", "text/turtle"), "jsonld": ("json-ld", "application/ld+json")}
PUBLISHER = "Mattone"


def _newest(request: HttpRequest, **_named: Any) -> str | None:
    """What is told changes when something is published, told or entered, and then only."""
    hashes = open_data.published().values_list("content_hash", flat=True)
    days = (
        f"{each.code}:{each.entered}:{each.withdrawn}"  # type: ignore[attr-defined]
        for each in programme_data.published()
    )
    words = published.versions(YearNote.objects.filter(told_at__isnull=False).only("version"))
    return tags.of("-".join([*hashes, *days, words]))


def _page_tag(request: HttpRequest) -> str | None:
    """The same, for one reader."""
    return tags.to_reader(request, f"{_newest(request)}")


@pages.page()
def overview(request: HttpRequest) -> HttpResponseBase:
    """What was published, by issuer and day, with its files."""
    answer = _listed(request)
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@condition(etag_func=_page_tag)
def _listed(request: HttpRequest) -> HttpResponse:
    context = {
        "rows": published.listed(),
        "programmes": Programme.objects.all(),
        "licence": open_data.LICENCE,
    }
    return render(request, "open_data.html", context)


@pages.page()
@condition(etag_func=_newest)
def described(request: HttpRequest, kind: str) -> HttpResponse:
    """The DCAT-AP_IT catalogue, as Turtle or JSON-LD, made once until what it tells of changes."""
    form, media_type = SERIALISED[kind]
    text = tags.once(f"catalogue:{kind}:{_newest(request)}", lambda: _catalogue(form))
    return tags.kept(HttpResponse(text, content_type=f"{media_type}; charset=utf-8"))


def _catalogue(form: str) -> bytes:
    rows = (
        open_data.published()
        .defer("data", "restates__data")
        .order_by("organisation", "-as_of", "-version")
    )
    groups = groupby(rows, key=lambda row: row.organisation)
    datasets = [_dataset(list(each)) for _issuer, each in groups]
    datasets += [_programme_dataset(each) for each in programme_data.published()]
    if not datasets:
        raise Http404
    _name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    whole = Catalogue(_at("open-data"), PUBLISHER, email, datasets)
    return catalogue.graph(whole).serialize(format=form, encoding="utf-8")


def _hash(request: HttpRequest, *, kind: str, **named: Any) -> str | None:
    found = open_data.named(**named).values_list("content_hash", flat=True).first()
    return f'"{kind}-{found}"' if found else None


@pages.page()
@condition(etag_func=_hash)
def file(
    request: HttpRequest, issuer: int, as_of: dt.date, version: int, kind: str
) -> HttpResponse:
    """One version of the figures of a day; it never changes."""
    write = open_data.as_csv if kind == "csv" else open_data.as_json
    text = _text(kind, write, issuer=issuer, as_of=as_of, version=version)
    return tags.kept(HttpResponse(text, content_type=WRITTEN[kind]))


@pages.page()
@condition(etag_func=_hash)
def impact_file(
    request: HttpRequest, issuer: int, as_of: dt.date, version: int, kind: str
) -> HttpResponse:
    """The same figures for impact readers: CIDS as JSON-LD, IRIS+ and SDG as a table."""
    url = _at("open-data-impact", issuer, as_of, version, kind)

    def write(found: Snapshot) -> str:
        return impact.as_cids(found, url=url) if kind != "iris.csv" else impact.as_iris_csv(found)

    text = _text(kind, write, issuer=issuer, as_of=as_of, version=version)
    return tags.kept(HttpResponse(text, content_type=IMPACT[kind]))


def _programme_known(code: str, kind: str) -> str:
    """What a file of a programme is known by: what was entered, and the day the sources were read."""
    return f"programme:{code}:{kind}:{programme_data.entries()}:{READ_ON}"


def _programme_tag(request: HttpRequest, **named: str) -> str | None:
    is_there = Programme.objects.filter(code=named["code"]).exists()
    return tags.of(_programme_known(**named)) if is_there else None


@pages.page()
@condition(etag_func=_programme_tag)
def programme(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A programme as it stands: funnel, money, figures; made once until something is entered."""
    found = get_object_or_404(Programme, code=code)
    write = programme_data.as_csv if kind == "csv" else programme_data.as_json
    text = tags.once(_programme_known(code, kind), lambda: write(found, on=clock.today()))
    return tags.kept(HttpResponse(text, content_type=WRITTEN[kind]))


def _text(kind: str, write: Callable[[Snapshot], str], **named: Any) -> str:
    """The text of a file, made once: the hash of its figures is part of the key."""
    known = get_object_or_404(open_data.named(**named).defer("data", "restates__data"))
    key = f"open-data:{known.pk}:{known.content_hash}:{known.accepted_at is not None}:{kind}"
    return tags.once(key, lambda: write(open_data.named(**named).get()))


def _dataset(rows: list[Snapshot]) -> Dataset:
    issuer = rows[0].organisation
    files = [_file(row, kind) for row in rows for kind in (*WRITTEN, *IMPACT)]
    return Dataset(
        key=str(issuer.pk),
        holder=issuer.name,
        is_synthetic=issuer.is_synthetic,
        url=f"{_at('open-data')}#{issuer.pk}",
        files=files,
        title={"it": f"Case e persone: {issuer.name}", "en": f"Homes and people: {issuer.name}"},
        description={
            "it": "Case, denaro e persone alla fine di ogni trimestre; i conteggi piccoli non sono detti.",
            "en": "Homes, money and people at the end of each quarter; small counts are not told.",
        },
    )


def _file(row: Snapshot, kind: str) -> File:
    assert row.published_at is not None, "published() gives what was published"
    name = "open-data-impact" if kind in IMPACT else "open-data-file"
    url = _at(name, row.organisation_id, row.as_of, row.version, kind)
    form = kind.rsplit(".", 1)[-1]
    licence, note = open_data.LICENCE, NOTES.get(kind, "")
    return File(url, form, row.as_of, row.version, row.published_at, licence, note)


def _programme_dataset(row: Programme) -> Dataset:
    """What public sources say is gathered here: the real bodies are named in it, never as its holder."""
    day = programme_data.changed_on(row)
    at = dt.datetime.combine(day, dt.time(12), tzinfo=clock.ROME)
    files = [
        File(_at("open-data-programme", row.code, kind), kind, day, 1, at, open_data.LICENCE)
        for kind in WRITTEN
    ]
    office = row.organisation.name if row.organisation else PUBLISHER
    return Dataset(
        key=f"programme.{row.code}",
        holder=office,
        is_synthetic=row.is_synthetic,
        url=f"{_at('open-data')}#programme-{row.code}",
        files=files,
        title={"it": f"Programma: {row.name}", "en": f"Programme: {row.name}"},
        description={
            "it": "Bandi, progetti, contributi e dati di prodotto, ciascuno con le sue fonti.",
            "en": "Calls, projects, grants and output figures, each with its sources.",
        },
        periodicity=catalogue.IRREGULAR,
    )


def _at(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
