"""All that somebody outside can fetch of what was published, at its real address, as text.

Each address that the access table opens to all, or to an investor, is filled with what there is; what the
city prints, and what it reads at its desk, is fetched by who may read it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.test import Client
from django.urls import resolve

from backend.core.models import User
from backend.core.roles import PERMISSIONS, Role
from campaigns.models import Certificate, Pledge
from investors.models import Investor, InvestorReport
from properties.models import Dossier, Snapshot
from tests.house import urls
from tests.house.access_table import TABLE
from tests.pdfs import text_of

API = "/api/v1/"
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
    """By address what an investor reads: every page, document, table and API that one may open."""
    client = Client()
    client.force_login(person)
    return dict(read(client, _paths_of(person)))


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


def desk(person: User, snapshots: Iterable[Snapshot]) -> dict[str, str]:
    """By address what the city reads at its desk of homes and people: dashboard, figures, referrals."""
    client = Client()
    client.force_login(person)
    figures = [
        f"{place}{each.pk}/" for each in snapshots for place in ("/figures/", f"{API}snapshots/")
    ]
    paths = [
        "/city/",
        "/referrals/",
        "/figures/",
        f"{API}city/",
        f"{API}referrals/",
        f"{API}snapshots/",
    ]
    return dict(read(client, [*paths, *figures]))


def name_of(path: str) -> str:
    """The name of the address that a text was fetched from."""
    found = resolve(path.partition("?")[0].partition(" on ")[0])
    return found.view_name


def open_to(role: str) -> list[str]:
    """The names of the addresses that a role may GET, those that are open to all among them."""
    mine = {permission for permission, who in PERMISSIONS.items() if role in who}
    found = ((each.name, TABLE[each.name][0]) for each in urls.every_address())
    return [name for name, permission in found if permission in {None, "", *mine}]


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


def _paths_of(person: User) -> Iterator[str]:
    """Each address that an investor may open and everybody may not, filled with what is theirs."""
    own = Investor.objects.acted_for_by(person)
    pledges = Pledge.objects.filter(investor__in=own)
    reports = InvestorReport.objects.visible_to(person)
    investors = own.values_list("pk", flat=True)
    rows: dict[str, Iterable[Any]] = {
        "reports": reports.values_list("pk", flat=True),
        "investor-reports": reports.values_list("pk", flat=True),
        "profile": investors,
        "investors": investors,
        "pledges": pledges.values_list("pk", flat=True),
        "certificates": Certificate.objects.visible_to(person).values_list("pk", flat=True),
        "complaints": (),
        "work": (),  # of the staff alone
        "campaigns": pledges.values_list("campaign__slug", flat=True).distinct(),
    }
    for name in open_to(Role.INVESTOR):
        if TABLE[name][0] is not None:
            address = next(each for each in urls.every_address() if each.name == name)
            yield from _own_paths(address, rows)


def _own_paths(address: urls.Address, rows: dict[str, Iterable[Any]]) -> Iterator[str]:
    if not address.names_a_row:
        yield address.path
        return
    route = resolve(address.path).route
    for one in rows[address.stem.partition("/")[0]]:
        path = "/" + PART.sub(str(one), route)
        yield from (f"{path}{days}" for days in (STATEMENT if "statement" in path else ("",)))


DAYS = "?first_day=2020-01-01&last_day=2030-12-31"
STATEMENT = (DAYS, f"{DAYS}&format=csv", f"{DAYS}&format=pdf")
