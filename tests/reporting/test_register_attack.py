"""The attack of P27 on everything that was ever published: pages, open data, reports, over time.

The attacker fetches what anybody can fetch (`everything`): every public page, file, graph and document,
every investor's report of every quarter, what the city prints; knows who pledged how much, and
holds the register of court auctions: address, price, day and occupancy of every lot. No home that people
were living in may come out of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

import pytest
from django.test import Client

from backend.core import approvals, jobs
from backend.core.money import cents, euro
from backend.reporting import issue, report_table
from campaigns.models import Pledge
from investors.models import InvestorReport
from properties import disclosure, freezing, releases, sales
from properties.city import dossiers
from properties.models import Acquisition, Building, CostLine, Dossier, Sale, Snapshot, Unit
from tests import kept
from tests.cast import Cast
from tests.pdfs import text_of
from tests.properties import scene as scenes
from tests.properties.scene import Scene
from tests.properties.test_disclosure import can_isolate
from tests.reporting import everything
from tests.reporting.conftest import publish

pytestmark = pytest.mark.money

QUARTERS = (
    (("DEBTOR_FAMILY", "31250.17"), ("FREE", "36402.10")),
    (("TENANT_OPPOSABLE", "29480.93"),),
    (("FREE", "38900.40"), ("DEBTOR_FAMILY", "33755.55"), ("NO_TITLE", "27310.81")),
    (("DEBTOR_FAMILY", "30115.29"),),
)
"""What is bought in each quarter: one home that was lived in, now and then, and never three at once."""
SALES = (
    (("Q0-0", "33000.50"),),
    (("Q1-0", "21000.07"), ("Q2-2", "29871.43"), ("Q0-1", "40000.11")),
    (("Q2-1", "34012.19"),),
)
"""What is sold in the quarters after: one of a group, with a gain; others, one at a loss; the last."""
AMOUNT = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[.,]\d{3})*[.,]\d{2}(?![\w])|(?<![\w.,])\d{5,9}(?![\w.,])"
)


@dataclass
class World:
    """All that was published, and the register that tells of the homes people were living in."""

    scene: Scene
    texts: dict[str, str]
    snapshots: list[Snapshot]
    reports: list[InvestorReport]

    @property
    def secrets(self) -> dict[int, Acquisition]:
        """By home, the purchases that the register would lead to people."""
        bought = Acquisition.objects.select_related("unit__building")
        return {each.unit_id: each for each in bought.exclude(unit__occupancy=Unit.Occupancy.FREE)}


@pytest.fixture(scope="module")
def kept_world(kept_cast: Cast) -> World:
    """Four quarters and three of sales, the first two restated after the last: written once, for no
    test changes them."""
    scene = scenes.make(kept_cast)
    made = World(scene, {}, [], [])
    for number, homes in enumerate(QUARTERS):
        for place, (occupancy, price) in enumerate(homes):
            scene.wait(7)
            code, where = f"Q{number}-{place}", 1 + (number + place) % 8
            unit = scene.unit(code, occupancy=occupancy, district=where)
            Building.objects.filter(units=unit).update(quarter=f"Borgo {code}")
            scene.buy(unit, price=price)
        scene.end_quarter()
        _tell(made, publish(scene))
    for homes_sold in SALES:
        for code, price in homes_sold:
            _sell(scene, Unit.objects.get(code=code), price)
        scene.end_quarter()
        _tell(made, publish(scene))
    for early in made.snapshots[:2]:
        scene.wait(1)
        _tell(made, publish(scene, as_of=early.as_of, reason="Counted anew."))
    made.reports = list(InvestorReport.objects.order_by("pk"))
    made.texts |= _everything(made)
    return kept.checked(made)


@pytest.fixture
def world(kept_world: World, db: None) -> World:
    return kept_world


def _sell(scene: Scene, unit: Unit, price: str) -> None:
    """Agreed, approved, paid, signed: as it is done."""
    scene.wait(5)
    owner = scene.cast.owner
    if unit.was_occupied:
        told = releases.NewRelease(on=scene.day, how="AGREED")
        releases.record(unit=unit, new=told, by=scene.cast.caseworker, at=scene.at)
    new = sales.NewSale(unit=unit, price=euro(price), due_on=scene.day)
    sale = sales.agree(new=new, by=owner, at=scene.at)
    waiting = approvals.waiting(action=sales.ACTION, subject=sale)
    assert waiting is not None
    approvals.approve(approval=waiting, by=scene.cast.colleague, at=scene.at)
    sale.refresh_from_db()
    scene.bank(*((part.expectation, part.amount) for part in sale.parts.all()))
    sales.close(sale=sale, deed_on=scene.day, by=owner, at=scene.at)


def _tell(made: World, snapshot: Snapshot) -> None:
    """Reports to everybody, and what pages that change said on that day."""
    issue.request(snapshot=snapshot, by=made.scene.cast.owner, at=made.scene.at)
    jobs.drain_all(at=made.scene.at)
    made.snapshots.append(snapshot)
    for path, text in everything.read(Client(), ["/", "/campaigns/casa/", "/open-data/"]):
        made.texts[f"{path} on {made.scene.day}, v{snapshot.version}"] = text


def _everything(made: World) -> dict[str, str]:
    """What stands at every address at the end, and the papers of those who do not log in."""
    cast = made.scene.cast
    for number, snapshot in enumerate(made.snapshots):
        dossiers.file(
            snapshot=snapshot, protocol=f"{number}/2026", protocol_on=made.scene.day,
            by=cast.city_reviewer, at=made.scene.at,
        )  # fmt: skip
    papers = {f"report {each.pk}": text_of(bytes(each.pdf)) for each in made.reports}
    tables = {f"table {each.pk}": report_table.as_csv(each.data) for each in made.reports}
    return {
        **everything.public(made.snapshots, "casa"),
        **everything.investors(cast.investor),
        **everything.city(cast.city_reviewer),
        **papers,
        **tables,
    }


def _amounts(texts: list[str]) -> set[int]:
    """Every sum in what was published, in cents, however it is written."""
    found = set()
    for one in chain.from_iterable(AMOUNT.findall(text) for text in texts):
        digits = re.sub(r"[.,]", "", one)
        found |= {int(digits), int(digits) * 100}
    return found


class TestWorld:
    def test_holds_every_kind_of_page_file_and_paper_of_every_version(self, world: World) -> None:
        for snapshot in world.snapshots:
            issuer, day, version = snapshot.organisation_id, snapshot.as_of, snapshot.version
            file = f"/open-data/{issuer}/{day}/v{version}"
            page = f"/published/{issuer}/{day}/v{version}/quarterly"
            api = f"/api/v1/published-reports/{issuer}/{day}/v{version}/quarterly/"
            ends = (".csv", ".json", "-iris.csv", "-cids.jsonld")
            assert {*(file + end for end in ends), f"{page}/", f"{page}.pdf", api} <= set(
                world.texts
            )
        assert {f"/city/dossiers/{each.pk}/pdf/" for each in Dossier.objects.all()} <= set(
            world.texts
        )
        assert len([place for place in world.texts if place.startswith("/reports/")]) >= 3 * 9


class TestRegister:
    def test_no_address_day_price_or_deposit_of_an_occupied_lot_was_ever_told(
        self, world: World
    ) -> None:
        said = _amounts(list(world.texts.values()))
        differences = {abs(a - b) for a, b in combinations(sorted(said), 2)}

        for unit, purchase in world.secrets.items():
            line = CostLine.objects.get(acquisition=purchase)
            assert cents(line.amount) not in said | differences, unit
            # The price at which a home was sold is in a register too: a gain would tell the cost.
            for sale in Sale.objects.filter(unit=unit):
                gain = abs(cents(sale.price) - cents(line.amount))
                assert not {cents(sale.price), gain} & (said | differences), unit
            assert purchase.title_on is not None
            for place, text in world.texts.items():
                assert purchase.unit.building.address not in text, place
                assert f"Borgo {purchase.unit.code}" not in text, place
                assert purchase.title_on.isoformat() not in text, place

    def test_no_report_divides_back_into_one_home(self, world: World) -> None:
        """My cents in a group, times the raise, by my pledge: the price of a home within a cent each."""
        raised = sum(cents(pledge.amount) for pledge in Pledge.objects.all())
        secrets = [
            cents(CostLine.objects.get(acquisition=each).amount) for each in world.secrets.values()
        ]
        guesses = [
            Fraction(told["own_cents"] * raised, holding["put_in_cents"])
            for report in world.reports
            for holding in report.data["holdings"]
            for told in holding["groups"]
        ]

        assert guesses
        for secret in secrets:
            assert all(abs(guess - secret) > 10_000 for guess in guesses)

    def test_no_sum_or_difference_of_groups_speaks_of_fewer_than_three(self, world: World) -> None:
        rows = list(_told_sets(world.snapshots))
        homes = sorted(frozenset().union(*rows) | world.secrets.keys())
        matrix = [[Fraction(home in row) for home in homes] for row in rows]
        places = [homes.index(home) for home in world.secrets]

        for few in chain(combinations(places, 1), combinations(places, 2)):
            assert not can_isolate(matrix, few)

    def test_no_count_tells_that_one_more_home_with_people_was_bought(self, world: World) -> None:
        """Counts and lists of homes hold only homes told of in groups and not sold, each quarter."""
        for snapshot in world.snapshots:
            view = freezing.view(snapshot.data, disclosure.PUBLIC)
            told = sum(
                group["count"]
                for each in view["raises"]
                for group in each["groups"]
                if not group.get("sold")
            )
            shown = {each["code"]: each["shown"] for each in view["indicators"]}

            assert shown["units_acquired"]["value"] == told
            assert sum(count for _rooms, count in shown["housing_type"]["parts"]) == told
            assert sum(count for _place, count in shown["homes_by_district"]["parts"]) == told
            assert shown["units_available"]["value"] <= told


def _told_sets(snapshots: list[Snapshot]) -> Iterator[frozenset[int]]:
    """Which homes each published sum is of: each group, and all of them together, each quarter."""
    for snapshot in snapshots:
        every: set[int] = set()
        for group in snapshot.data["raises"][0]["groups"]:
            yield frozenset(group["homes"])
            every |= set(group["homes"])
        yield frozenset(every)


class TestSales:
    """A group of which one home is sold says nothing more, until all its homes are sold (P27)."""

    def told(self, world: World) -> list[list[tuple[int, bool]]]:
        return [
            [
                (group["count"], group.get("sold", False))
                for group in each.data["raises"][0]["groups"]
            ]
            for each in world.snapshots
        ]

    def test_break_their_group_and_bring_it_back_whole(self, world: World) -> None:
        whole = (4, False)
        before, one_sold, three_sold, all_sold = self.told(world)[3:7]

        assert whole in before
        assert whole not in one_sold + three_sold
        assert (4, True) in all_sold

    def test_leave_no_cent_untold_once_all_are_sold(self, world: World) -> None:
        for report in world.reports:
            for each in report.data["holdings"]:
                placed = sum(group["own_cents"] for group in each["groups"])
                assert each["put_in_cents"] == placed + each["waiting_cents"]


class TestAttacker:
    def test_finds_the_price_where_groups_are_left_out(self, world: World) -> None:
        """The same attack on what is inside: it must see what it is there to see."""
        inside: dict[str, Any] = world.snapshots[0].data
        spent = inside["raises"][0]["spent_cents"]
        told = sum(group["cents"] for group in inside["raises"][0]["groups"])

        assert spent - told == cents_of(QUARTERS[0][0][1])


def cents_of(amount: str) -> int:
    return int(Decimal(amount) * 100)
