"""An issuer beside its offers: impact reports of a benefit company, and investors tied to it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from backend.core.models import AuditEvent
from backend.core.money import euro
from campaigns import cases, certificates, impact_reports, issuer_statuses, stakes, ties
from campaigns.cases import Case
from campaigns.issuer_statuses import Status
from campaigns.models import Allotment, Certificate, ImpactReport, IssuerTie
from campaigns.rules.impact import Impact
from tests.campaigns.scene import Scene
from tests.campaigns.test_certificates import issue, start_up
from tests.campaigns.test_members import pass_on, succeeded
from tests.campaigns.test_orders_api import browse

WHOLE = Impact("Case a chi resta.", "Otto case.", "B Impact Assessment", "Altre otto.")
WORDS = {"goals": "Case.", "measures": "Otto.", "standard": "B Impact", "plan": "Altre."}


def benefit(scene: Scene, since: dt.date, until: dt.date | None = None) -> None:
    told = Status("benefit_company", since, "visura", until)
    issuer = scene.cast.issuer
    issuer_statuses.record(issuer=issuer, told=told, by=scene.cast.owner, at=scene.at)


def publish(scene: Scene, year: int, parts: Impact = WHOLE, **changes: Any) -> ImpactReport:
    told = impact_reports.Told(year, parts, changes.get("added_on", dt.date(year + 1, 4, 20)))
    return impact_reports.publish(
        issuer=scene.cast.issuer, told=told, by=scene.cast.owner, at=scene.at
    )


def tie(scene: Scene, allotment: Allotment, **told: Any) -> IssuerTie:
    return ties.record(
        issuer=allotment.campaign.issuer,
        investor=allotment.pledge.investor,
        told=ties.Tie("statement", **told),
        by=scene.cast.owner,
        at=scene.at,
    )


@pytest.fixture
def then(scene: Scene) -> Scene:
    """A day of November 2026, so that years are what they are here."""
    scene.day = dt.date(2026, 11, 2)
    return scene


class TestImpactReports:
    def test_a_correction_is_a_further_version_of_its_year(self, then: Scene) -> None:
        benefit(then, dt.date(2024, 3, 1))
        publish(then, 2024)
        publish(then, 2025)

        again = publish(then, 2024)

        found = impact_reports.in_force(then.cast.issuer)
        assert again.version == 2
        assert [(each.year, each.version) for each in found] == [(2025, 1), (2024, 2)]
        assert AuditEvent.objects.filter(action="issuer.impact_reported").count() == 3

    @pytest.mark.rule("I13", "I13.years", "I13.day")
    def test_the_law_says_which_are_missing(self, then: Scene) -> None:
        case = Case(then.draft(), then.at)
        assert cases.find("I13", case) is None
        benefit(then, dt.date(2024, 3, 1))

        publish(then, 2024)

        found = cases.find("I13", case)
        assert found is not None
        assert (found.holds, found.values) == (False, {"years": [2025]})
        publish(then, 2025)
        after = cases.find("I13", case)
        assert after is not None
        assert after.holds is True

    @pytest.mark.parametrize(
        ("year", "parts", "added_on", "problem"),
        [
            (2025, Impact("goals"), dt.date(2026, 4, 20), impact_reports.Incomplete),
            (2023, WHOLE, dt.date(2024, 4, 20), impact_reports.NotDue),
            (2026, WHOLE, dt.date(2026, 11, 1), impact_reports.NotDue),
            (2025, WHOLE, dt.date(2025, 12, 31), impact_reports.BadDay),
            (2025, WHOLE, dt.date(2030, 1, 1), impact_reports.BadDay),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, then: Scene, year: int, parts: Impact, added_on: dt.date, problem: type[Exception]
    ) -> None:
        benefit(then, dt.date(2024, 3, 1))

        with pytest.raises(problem):
            publish(then, year, parts, added_on=added_on)

    def test_none_is_rewritten(self, then: Scene) -> None:
        benefit(then, dt.date(2024, 3, 1))
        publish(then, 2025)

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            ImpactReport.objects.update(goals="Altro.")


class TestImpactReportsOverHttp:
    def test_staff_publish_and_everybody_reads(self, scene: Scene) -> None:
        last = scene.day.year - 1
        benefit(scene, dt.date(last - 1, 3, 1))
        campaign, page = scene.open_campaign(), "/desk/campaigns/case-1/issuer/"
        api, added = f"/api/v1/campaigns/{campaign.slug}/impact-reports/", f"{last}-04-20"
        once: dict[str, Any] = {
            "content_type": "application/json",
            "headers": {"Idempotency-Key": "i-1"},
        }
        client = browse(scene.cast.owner)

        made = client.post(api, WORDS | {"year": last - 1, "added_on": added}, **once)
        typed = {"step": "impact", "year": f"{last}", "added_on": f"{last + 1}-01-01"}
        lacking = client.post(page, typed | {"goals": "Case."}).content.decode()
        whole = client.post(page, typed | WORDS)

        assert (made.status_code, whole.status_code) == (201, 302)
        assert "The report lacks" in lacking
        read = Client().get(api).json()["results"]
        assert [each["year"] for each in read] == [last, last - 1]
        assert "B Impact" in Client().get(f"/campaigns/{campaign.slug}/").content.decode()


@pytest.mark.money
@pytest.mark.rule("I10")
class TestTies:
    """The scene: 30 shares of 10 euro on a capital of 10,000, for 3,000 euro."""

    @pytest.mark.parametrize(
        ("told", "is_open"),
        [
            ({"invoiced": euro("750.00")}, True),
            ({"invoiced": euro("750.01")}, False),
            ({"other_capital": euro("2275.00")}, True),
            ({"other_capital": euro("2275.01")}, False),
            ({"votes_percent": 25}, True),
            ({"votes_percent": 25.01}, False),
        ],
    )
    def test_up_to_a_quarter_of_capital_votes_or_supply(
        self, scene: Scene, told: dict[str, Any], is_open: bool
    ) -> None:
        allotment = succeeded(scene)
        start_up(scene, allotment)
        issue(scene, allotment, "tax_relief")

        tie(scene, allotment, **told)

        standing = Certificate.objects.standing().filter(kind="tax_relief")
        assert standing.exists() is is_open
        if not is_open:
            with pytest.raises(certificates.NotEligible):
                issue(scene, allotment, "tax_relief")

    def test_shares_of_every_offer_count_and_those_that_passed_on_do_not(
        self, scene: Scene
    ) -> None:
        allotment = succeeded(scene)
        investor, issuer = allotment.pledge.investor, scene.cast.issuer
        before = stakes.capital_percent(issuer, investor, on=scene.day)

        pass_on(scene, allotment, scene.investor(), 10)

        after = stakes.capital_percent(issuer, investor, on=scene.day)
        assert before == Decimal(300 * 100) / 10_300
        assert after == Decimal(200 * 100) / 10_300

    def test_a_statement_is_never_rewritten_and_strange_ones_are_refused(
        self, scene: Scene
    ) -> None:
        allotment = succeeded(scene)
        tie(scene, allotment, invoiced=euro("1.00"))

        for wrong in ({"invoiced": euro("-1.00")}, {"votes_percent": 101}):
            with pytest.raises(ties.BadTie):
                tie(scene, allotment, **wrong)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            IssuerTie.objects.all().delete()

    def test_api_and_page_take_one(self, scene: Scene) -> None:
        allotment = succeeded(scene)
        investor, slug = allotment.pledge.investor, allotment.campaign.slug
        client, page = browse(scene.cast.owner), f"/desk/campaigns/{slug}/issuer/"
        api = f"/api/v1/campaigns/{slug}/issuer-ties/"
        once: dict[str, Any] = {
            "content_type": "application/json",
            "headers": {"Idempotency-Key": "t-1"},
        }

        made = client.post(api, {"investor": investor.pk, "evidence": "fatture"}, **once)
        told = {"step": "tie", "tax_code": investor.tax_code, "invoiced": "800", "evidence": "x"}
        typed = client.post(page, told)

        assert (made.status_code, typed.status_code) == (201, 302)
        listed = client.get(api).json()["results"]
        assert [each["invoiced"]["amount"] for each in listed] == ["800.00", "0.00"]
        assert investor.name in client.get(page).content.decode()
