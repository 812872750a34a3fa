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
from properties.models import Household, Tenancy, Unit
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
    def test_ask_the_same_of_five_homes_and_of_five_hundred(self, scene: Scene) -> None:
        grow(scene, 0, 5)
        few = asked(scene)
        grow(scene, 5, 500)

        many = asked(scene)

        for name, _who, most in PAGES:
            assert many[name][0] <= max(few[name][0] + 1, most), (name, few[name], many[name])
            assert many[name][1] < 400_000, name
