"""All that somebody outside can fetch of what was published, at its real address, as text.

Each address that the access table opens to all is filled with what there is; the pages, tables and
documents of an investor and of the city are fetched by who may read them.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.test import Client
from django.urls import resolve

from backend.core.models import User
from investors.models import InvestorReport
from properties.models import Dossier, Snapshot
from tests.house import urls
from tests.house.access_table import TABLE
from tests.pdfs import text_of

PART = re.compile(r"<(?:(\w+):)?(\w+)>")
KINDS = {
    "table": ("csv", "json"),
    "graph": ("ttl", "jsonld"),
    "impact": ("iris.csv", "cids.jsonld"),
    "period": ("quarterly", "yearly"),
}
SECRET = frozenset({"token", "pk", "number"})
"""Parts that only who was told them can fill, or that name papers an issuer handed in."""
UNASKED = frozenset({"api:schema", "api:docs", "metrics", "design"})
"""About the software itself: they tell of nobody's homes."""


def public(snapshots: Iterable[Snapshot], slug: str) -> dict[str, str]:
    """By address what everybody reads: pages, files, catalogues, documents, API."""
    told = list(snapshots)
    return dict(read(Client(), (path for path in _open_paths(told, slug))))


def investors(person: User) -> dict[str, str]:
    """By address what an investor reads: pages, documents, tables, API, statements."""
    client = Client()
    client.force_login(person)
    own = InvestorReport.objects.visible_to(person)
    reports = [
        path
        for pk in own.values_list("pk", flat=True)
        for path in (
            *(f"/reports/{pk}/{form}" for form in ("", "pdf/", "csv/")),
            *(f"/api/v1/investor-reports/{pk}/{form}" for form in ("", "pdf/", "csv/")),
        )
    ]
    return dict(read(client, ["/my-home/", *reports, *_statements(own)]))


def city(person: User) -> dict[str, str]:
    """By address what the city prints: its dossiers. At its desk it may read lots to the cent."""
    client = Client()
    client.force_login(person)
    filed = Dossier.objects.visible_to(person).values_list("pk", flat=True)
    paths = [
        f"{place}{pk}/{form}"
        for pk in filed
        for place in ("/city/dossiers/", "/api/v1/dossiers/")
        for form in ("", "pdf/")
    ]
    return dict(read(client, paths))


def read(client: Client, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each address that answers, with its text; of a document what a machine reads in it."""
    for path in paths:
        answer = client.get(path, headers={"Accept-Language": "en"})
        if answer.status_code == 200:
            yield path, _text(answer)


def _text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    is_paper = answer["Content-Type"] == "application/pdf"
    return text_of(content) if is_paper else content.decode(errors="ignore")


def _open_paths(told: list[Snapshot], slug: str) -> Iterator[str]:
    for each in urls.every_address():
        if TABLE[each.name][0] is None and each.name not in UNASKED:
            route = resolve(each.path).route
            names = {name for _kind, name in PART.findall(route)}
            if not names & SECRET:
                yield from _filled(route, told, slug)


def _filled(route: str, told: list[Snapshot], slug: str) -> Iterator[str]:
    """The paths of a route: for each set of figures and each kind of file that it may name."""
    parts = PART.findall(route)
    kinds = [KINDS[kind] for kind, _name in parts if kind in KINDS]
    sets = told if any(name == "as_of" for _kind, name in parts) else told[:1]
    for snapshot, chosen in product(sets, product(*kinds)):
        left = iter(chosen)
        values = {
            "issuer": str(snapshot.organisation_id),
            "as_of": str(snapshot.as_of),
            "version": str(snapshot.version),
            "slug": slug,
            "code": "torino-social-impact",
        }

        def fill(part: re.Match[str], left: Any = left, values: dict[str, str] = values) -> str:
            return next(left) if part[1] in KINDS else values[part[2]]

        yield "/" + PART.sub(fill, route)


def _statements(own: Any) -> Iterator[str]:
    days = "?first_day=2020-01-01&last_day=2030-12-31"
    for pk in set(own.values_list("investor", flat=True)):
        yield from (f"/profile/{pk}/statement/{days}{form}" for form in ("", "&format=csv"))
        yield f"/profile/{pk}/statement/{days}&format=pdf"
        yield from (f"/api/v1/investors/{pk}/statement/{days}", f"/api/v1/investors/{pk}/pledges/")
