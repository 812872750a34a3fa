"""An issuer beside its offers: investors tied to it."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backend.core.money import euro
from campaigns import certificates, stakes, ties
from campaigns.models import Allotment, Certificate, IssuerTie
from tests.campaigns.scene import Scene
from tests.campaigns.test_certificates import issue, start_up
from tests.campaigns.test_members import pass_on, succeeded
from tests.campaigns.test_orders_api import browse

pytestmark = pytest.mark.ahead.with_args(succeeded)


def tie(scene: Scene, allotment: Allotment, **told: Any) -> IssuerTie:
    return ties.record(
        issuer=allotment.campaign.issuer,
        investor=allotment.pledge.investor,
        told=ties.Tie("statement", **told),
        by=scene.cast.owner,
        at=scene.at,
    )


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
