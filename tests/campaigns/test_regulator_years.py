"""The file of a past year stays what it was: who waits, what comes later, and the versions kept."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from stdnum.iso7064 import mod_97_10

from backend.core import approvals
from backend.core.clock import start_of
from backend.core.money import ZERO, euro
from backend.core.users import SYSTEM
from backend.ledger import balances
from campaigns import (
    allotments,
    amendments,
    extensions,
    figures,
    lifecycle,
    pledges,
    purses,
    refunds,
    refusals,
    regulator,
)
from campaigns.models import Campaign, Pledge, RegulatorFile
from campaigns.regulator import Kind
from investors import identification
from investors.models import Investor
from tests.campaigns.scene import Scene

BODY = "8156009A0B1C2D3E4F"
LEI = BODY + mod_97_10.calc_check_digits(BODY)
AUTUMN = dt.date(2025, 11, 3)
pytestmark = pytest.mark.money


@pytest.fixture
def autumn(scene: Scene) -> Scene:
    """A world whose next offer closes in the last year."""
    scene.day, scene.hour = AUTUMN - dt.timedelta(days=61), 12
    return scene


def unidentified(scene: Scene, investor: Investor) -> None:
    finding = identification.Finding("x", scene.day - dt.timedelta(days=9), scene.day)
    identification.record(investor=investor, finding=finding, by=SYSTEM, at=scene.at)


def closed(scene: Scene) -> tuple[Campaign, Pledge]:
    """An offer in which one of two who paid waits for the shares: 500 and 600 euro."""
    campaign = scene.open_campaign()
    waiting, member = scene.investor(), scene.investor()
    pledges = [scene.pledge(campaign, 6, waiting), scene.pledge(campaign, 5, member)]
    for pledge in pledges:
        scene.transfer(pledge)
    unidentified(scene, waiting)
    scene.wait(61)
    lifecycle.stop_taking_pledges(campaign=campaign, by=scene.cast.owner, at=scene.at)
    lifecycle.close(campaign=scene.fresh(campaign), by=scene.cast.owner, at=scene.at)
    Campaign.objects.filter(pk=campaign.pk).update(offer_identifier=f"{LEI}00000001")
    return scene.fresh(campaign), Pledge.objects.get(pk=pledges[0].pk)


def made(
    scene: Scene, year: int = AUTUMN.year, reason: str = "", kind: Kind = Kind.PROJECTS
) -> RegulatorFile:
    by = scene.cast.owner
    return regulator.make(kind=kind, year=year, reason=reason, by=by, at=scene.at)


def rows(file: RegulatorFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.text)))


def allot_waiting(scene: Scene, campaign: Campaign, pledge: Pledge) -> None:
    until = scene.day + dt.timedelta(days=900)
    finding = identification.Finding("x", scene.day, until)
    identification.record(investor=pledge.investor, finding=finding, by=SYSTEM, at=scene.at)
    allotments.allot_waiting(campaign=campaign, by=scene.cast.owner, at=scene.at)


@pytest.mark.rule("R52")
class TestProjects:
    def test_counts_who_paid_and_waits_for_shares(self, autumn: Scene) -> None:
        campaign, _waiting = closed(autumn)

        file = made(autumn)

        assert file.total == balances.balance(purses.held(campaign)) == euro("1100.00")
        assert sum((euro(row["amount"]) for row in rows(file)), ZERO) == file.total

    def test_shares_of_a_later_year_do_not_list_the_offer_again(self, autumn: Scene) -> None:
        campaign, waiting = closed(autumn)
        autumn.wait(120)
        allot_waiting(autumn, campaign, waiting)

        assert rows(made(autumn, AUTUMN.year + 1)) == []
        assert made(autumn).total == euro("1100.00")

    def test_what_went_back_later_changes_no_year_that_is_over(self, autumn: Scene) -> None:
        _campaign, waiting = closed(autumn)
        before = made(autumn)
        autumn.wait(120)
        refusals.refuse(pledge=waiting, reason="x", by=autumn.cast.owner, at=autumn.at)
        [refund] = refunds.under_way(waiting)
        autumn.bank(autumn.restricted, (-refund.amount, refund.reference))

        assert figures.of_pledge(Pledge.objects.get(pk=waiting.pk)).paid == ZERO
        assert made(autumn) == before


@pytest.mark.rule("I8")
class TestOffers:
    def test_what_went_back_later_changes_no_year_that_is_over(self, autumn: Scene) -> None:
        _campaign, waiting = closed(autumn)
        before = made(autumn, kind=Kind.OFFERS)
        autumn.wait(120)
        refusals.refuse(pledge=waiting, reason="x", by=autumn.cast.owner, at=autumn.at)

        assert made(autumn, kind=Kind.OFFERS) == before

    def test_an_open_offer_is_told_as_it_stood_at_the_years_end(self, scene: Scene) -> None:
        scene.day, scene.hour = dt.date(2025, 12, 30), 12
        campaign = scene.open_campaign()
        kept, gone, smaller = (scene.pledge(campaign, shares) for shares in (5, 6, 10))
        body = Investor.objects.filter(pk=gone.investor_id)
        body.update(kind=Investor.Kind.ENTITY)
        Campaign.objects.filter(pk=campaign.pk).update(offer_identifier=f"{LEI}00000002")
        scene.wait(2)
        by = scene.cast.owner
        pledges.revoke(pledge=gone, by=by, at=scene.at)
        amendments.amend(pledge=smaller, wanted=amendments.Wanted(shares=7), by=by, at=scene.at)
        late = scene.pledge(campaign, 8)
        lifecycle.cancel(campaign=scene.fresh(campaign), reason="x", by=by, at=scene.at)

        [then] = rows(made(scene, 2025, kind=Kind.OFFERS))
        [now] = rows(made(scene, 2026, kind=Kind.OFFERS))

        names = (
            "outcome",
            "promised",
            "pledges",
            "revocations",
            "natural_persons",
            "legal_persons",
        )
        assert [then[name] for name in names] == ["open", "2100.00", "3", "0", "2", "1"]
        assert now["outcome"] == "cancelled"
        assert (kept.shares, late.shares) == (5, 8)

    def test_a_later_deadline_is_one_of_a_later_year(self, scene: Scene) -> None:
        scene.day, scene.hour = dt.date(2025, 12, 30), 12
        campaign = scene.open_campaign()
        Campaign.objects.filter(pk=campaign.pk).update(offer_identifier=f"{LEI}00000002")
        first = campaign.deadline_on
        assert first is not None
        scene.wait(2)
        wish = extensions.Later(first + dt.timedelta(days=20), "Two notaries are late.")
        by = scene.cast
        asked = extensions.ask(campaign=scene.fresh(campaign), wish=wish, by=by.owner, at=scene.at)
        approvals.approve(approval=asked, by=by.colleague, at=scene.at)

        [then] = rows(made(scene, 2025, kind=Kind.OFFERS))
        [now] = rows(made(scene, 2026, kind=Kind.OFFERS))

        assert then["deadline_on"] == first.isoformat()
        assert now["deadline_on"] == wish.to_on.isoformat()


class TestKeep:
    def test_the_same_content_is_the_same_version(self, autumn: Scene) -> None:
        closed(autumn)

        assert made(autumn) == made(autumn)
        assert RegulatorFile.objects.get().version == 1

    def test_another_content_of_a_past_year_says_why(self, autumn: Scene) -> None:
        _campaign, waiting = closed(autumn)
        autumn.wait(120)
        first = made(autumn)
        Investor.objects.filter(pk=waiting.investor_id).update(tax_country="FR")

        with pytest.raises(regulator.kept.ReasonMissing):
            made(autumn)
        second = made(autumn, reason="The residence was wrong.")

        assert (first.version, second.version) == (1, 2)
        assert first.sha256 != second.sha256
        assert RegulatorFile.objects.get(pk=first.pk).text == first.text

    def test_a_running_year_needs_no_reason(self, autumn: Scene) -> None:
        _campaign, waiting = closed(autumn)
        made(autumn)
        Investor.objects.filter(pk=waiting.investor_id).update(tax_country="FR")

        assert made(autumn).version == 2

    def test_the_database_rewrites_none(self, autumn: Scene) -> None:
        closed(autumn)
        file = made(autumn)

        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE campaigns_regulatorfile SET text = '' WHERE id = %s", [file.pk])


class TestPages:
    def test_a_version_is_handed_over_again_to_the_byte(self, autumn: Scene) -> None:
        closed(autumn)
        file = made(autumn)
        client = Client()
        client.force_login(autumn.cast.owner)

        page = client.get(f"/desk/regulator/made/{file.pk}/")
        listed = client.get("/api/v1/regulator-files/made/").json()["results"]
        api = client.get(f"/api/v1/regulator-files/made/{file.pk}/")

        assert page.content == api.content == file.text.encode()
        assert [each["sha256"] for each in listed] == [file.sha256]
        assert start_of(AUTUMN) < file.made_at


class TestOwed:
    SPRING = dt.date(AUTUMN.year + 1, 1, 20)

    def owed(self, scene: Scene) -> set[Kind]:
        return set(regulator.owed(year=AUTUMN.year, by=scene.cast.owner))

    def test_names_the_files_that_would_hold_an_offer_until_each_is_made(
        self, autumn: Scene
    ) -> None:
        before = self.owed(autumn)
        closed(autumn)
        autumn.day = self.SPRING
        ended = self.owed(autumn)
        made(autumn)

        assert before == set()
        assert ended == {Kind.PROJECTS, Kind.PROJECTS_ESMA, Kind.OFFERS}
        assert self.owed(autumn) == ended - {Kind.PROJECTS}
        assert regulator.owed(year=AUTUMN.year, by=autumn.cast.stranger) == {}

    def test_reads_no_pledge_and_needs_no_clean_books(
        self, autumn: Scene, django_assert_num_queries: Any
    ) -> None:
        """The manager's day asks it: neither ten thousand investors nor a fault may close that page."""
        closed(autumn)

        with django_assert_num_queries(3) as seen:
            assert self.owed(autumn)

        assert not [each for each in seen if "campaigns_pledge" in each["sql"]]
