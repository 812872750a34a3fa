"""Pages for five homes and for five hundred: the same few queries, and a page's worth of rows."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from properties import units
from properties.models import Acquisition, Household, Tenancy, Unit, Works
from tests.properties.scene import Scene

pytestmark = pytest.mark.django_db

PAGES = (
    ("homes", "owner", 24),
    ("home-dates", "owner", 14),
    ("households", "caseworker", 24),
    ("arrears", "finance", 12),
    ("indicators", "owner", 50),
)
"""Each page, whose it is, and the most queries it may make, however many homes there are."""
LISTS = (
    *(("units", "owner"), ("acquisitions", "owner"), ("works", "owner"), ("tenancies", "owner")),
    *(("households", "caseworker"), ("worktray", "caseworker"), ("arrears", "finance")),
    *(("repayment-plans", "caseworker"), ("snapshots", "owner")),
)
"""Lists of the API and whose they are."""


def grow(scene: Scene, first: int, last: int) -> None:
    """Homes with their households and leases, written in a few statements."""
    told = [
        units.NewUnit(
            organisation=scene.cast.issuer,
            code=f"N{number:03}",
            address=f"Via Inventata {number}",
            district=1 + number % 8,
            rooms=3,
            area_m2=Decimal(60),
            source="mandate",
            energy_class="F",
        )
        for number in range(first, last)
    ]
    homes = units.register_many(new=told, by=scene.cast.owner, at=scene.at)
    Unit.objects.filter(pk__in=[home.pk for home in homes]).update(ownership="managed")
    people = Household.objects.bulk_create(
        Household(
            organisation=scene.cast.issuer,
            code=home.code,
            caseworker=scene.cast.caseworker,
            referred_by="Servizi sociali",
            referred_on=scene.day,
            people_35_54=2,
        )
        for home in homes
    )
    Tenancy.objects.bulk_create(_leases(scene, homes, people))
    Acquisition.objects.bulk_create(_tries(scene, homes))
    Works.objects.bulk_create(_works(scene, homes))


def _leases(scene: Scene, homes: list[Unit], people: list[Household]) -> Iterator[Tenancy]:
    for home, household in zip(homes, people, strict=True):
        yield Tenancy(
            unit=home,
            household=household,
            contract_no=f"C-{home.code}",
            track="FREE",
            kind="3+2",
            rent=Decimal(260),
            starts_on=scene.day - dt.timedelta(days=200),
            created_at=scene.at,
        )


def _tries(scene: Scene, homes: list[Unit]) -> Iterator[Acquisition]:
    for home in homes:
        yield Acquisition(
            organisation=scene.cast.issuer,
            unit=home,
            route="market",
            state="LEAD",
            created_at=scene.at,
        )


def _works(scene: Scene, homes: list[Unit]) -> Iterator[Works]:
    for home in homes:
        yield Works(
            unit=home,
            description="Boiler",
            budget=Decimal(900),
            fund=scene.own_fund,
            state="READY",
            started_on=scene.day,
            ready_on=scene.day,
        )


def asked(scene: Scene) -> dict[str, tuple[int, int]]:
    """By page, how many queries it made and how large it is."""
    found = {}
    for name, who, _most in PAGES:
        client = Client()
        client.force_login(getattr(scene.cast, who))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(reverse(name))
        assert answer.status_code == 200
        found[name] = (len(queries), len(answer.content))
    return found


class TestPages:
    @pytest.mark.parametrize("most_homes", [60, pytest.param(500, marks=pytest.mark.thorough)])
    def test_ask_the_same_of_five_homes_and_of_five_hundred(
        self, scene: Scene, most_homes: int
    ) -> None:
        grow(scene, 0, 5)
        few = asked(scene)
        grow(scene, 5, most_homes)

        many = asked(scene)

        for name, _who, most in PAGES:
            assert many[name][0] <= max(few[name][0] + 1, most), (name, few[name], many[name])
            assert many[name][1] < 400_000, name


def read(scene: Scene) -> dict[str, tuple[int, int]]:
    """By list, how many rows of it came and how many queries that took."""
    found = {}
    for path, who in LISTS:
        client = Client()
        client.force_login(getattr(scene.cast, who))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/api/v1/{path}/")
        assert answer.status_code == 200, path
        found[path] = (len(answer.json()["results"]), len(queries))
    return found


class TestLists:
    def test_ask_the_same_of_two_rows_and_of_thirty(self, scene: Scene) -> None:
        grow(scene, 0, 2)
        few = read(scene)
        grow(scene, 2, 30)

        many = read(scene)

        assert {path: asked for path, (_rows, asked) in many.items()} == {
            path: asked for path, (_rows, asked) in few.items()
        }
        assert many["acquisitions"][0] == many["works"][0] == 30
