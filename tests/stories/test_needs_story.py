"""What users of such platforms ask for and rarely get, told as they would meet it (tests/stories/needs.py).

Each story begins with an open offer, in which one person pledged 500 euro.
"""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backend.core import audit, clock, jobs
from backend.core.users import SYSTEM
from backend.ledger.models import Account, Fund
from backend.ledger.posting import FundRule
from backend.simulators.bank.ledger import Transfer
from backend.treasury import lines
from backend.treasury.models import BankLine
from campaigns.models import Payment, Pledge
from campaigns.provider import inbox
from tests.stories.road import RESTRICTED, Road, euros

pytestmark = pytest.mark.money
FEBRUARY = dt.date(2026, 2, 2)


@pytest.fixture
def slug(road: Road) -> str:
    """An open offer, and own money that bears its fees."""
    road.receive(2_000, "Soci fondatori", "own")
    slug = road.write_campaign(target=45_000, minimum=20_000)
    road.leave_interest(slug, "wish@example.org", 20_000)
    road.go_to(FEBRUARY)
    road.open_campaign(slug)
    return slug


@pytest.fixture
def pledge(road: Road, slug: str) -> dict[str, Any]:
    investor = road.introduce(road.cast.investor, 1)
    return road.pledge(road.cast.investor, slug, {"investor": investor, "shares": 2})


def figures(road: Road, slug: str) -> dict[str, Any]:
    told: dict[str, Any] = road.get(None, f"campaigns/{slug}/")["figures"]
    return {name: told[name]["amount"] for name in ("promised", "paid", "settled")}


def as_seen(road: Road, pledge: dict[str, Any]) -> dict[str, Any]:
    """The pledge as its investor sees it."""
    told: dict[str, Any] = road.get(road.cast.investor, f"pledges/{pledge['id']}/")
    return told


def charge(pledge: dict[str, Any]) -> str:
    return Payment.objects.get(pledge=pledge["id"]).provider_id


class TestARefundInTheProvidersDashboard:
    def by_event(self, road: Road) -> None:
        road.settle()

    def by_pull(self, road: Road) -> None:
        inbox.sweep(at=clock.now())
        jobs.drain_all(at=clock.now())

    def by_both(self, road: Road) -> None:
        self.by_pull(road)
        road.settle()

    @pytest.mark.parametrize("way", ["by_event", "by_pull", "by_both"])
    def test_shows_up_once_with_the_same_totals(
        self, road: Road, slug: str, pledge: dict[str, Any], way: str
    ) -> None:
        road.pay_by_card(road.cast.investor, pledge)
        road.provider.refund(charge(pledge), 50_000)

        getattr(self, way)(road)

        assert figures(road, slug) == {"promised": "500.00", "paid": "0.00", "settled": "0.00"}
        assert as_seen(road, pledge)["received"] == euros(0)


class TestPartialRefunds:
    @pytest.mark.parametrize("first", [0, 1])
    def test_are_summed_whichever_is_told_first(
        self, road: Road, slug: str, pledge: dict[str, Any], first: int
    ) -> None:
        road.pay_by_card(road.cast.investor, pledge)
        for cents in (12_000, 8_000):
            road.provider.refund(charge(pledge), cents)
        told = [one for one in road.provider.events() if one["type"] == "refund.created"]
        road.provider.told |= {told[1 - first]["id"]}
        road.settle()
        road.provider.told -= {told[1 - first]["id"]}
        road.settle()

        assert as_seen(road, pledge)["received"] == euros(300)
        assert figures(road, slug)["paid"] == "300.00"


class TestAShortTransfer:
    def test_is_an_open_item_of_twenty_and_the_pledge_untouched(
        self, road: Road, slug: str, pledge: dict[str, Any]
    ) -> None:
        road.transfer(pledge, 480)
        road.evening()

        seen = as_seen(road, pledge)
        (item,) = road.get(road.cast.finance, "discrepancies/")["results"]
        assert (seen["amount"], seen["received"], seen["stage"]) == (
            euros(500), euros(480), "part_paid",
        )  # fmt: skip
        assert (item["kind"], item["amount"]) == ("short", euros(20))


class TestMoneyThatNeverCame:
    def test_is_promised_and_raised_by_nobody(
        self, road: Road, slug: str, pledge: dict[str, Any]
    ) -> None:
        road.post(road.cast.investor, f"pledges/{pledge['id']}/provider-payments/")
        road.settle()

        assert figures(road, slug) == {"promised": "500.00", "paid": "0.00", "settled": "0.00"}


class TestMissingItems:
    def test_are_listed_on_both_sides_with_age_and_value_date(
        self, road: Road, slug: str, pledge: dict[str, Any]
    ) -> None:
        road.go_to(FEBRUARY + dt.timedelta(days=20))
        road.bank.book(_transfer("77.00"))
        road.evening()
        told = {"dry_run": True}

        totals = road.post(road.cast.finance, "reconciliation-runs/", told)["totals"]

        (there,), (here,) = totals["there_not_here"], totals["here_not_there"]
        assert (there["left"], there["age_days"] >= 0, bool(there["value_on"])) == (
            "77.00", True, True,
        )  # fmt: skip
        assert (here["left"], here["age_days"] > 0) == ("500.00", True)


class TestThePurposeOfMoney:
    """A running cost against raised capital: refused at every door."""

    @pytest.fixture
    def cost(self, road: Road, slug: str, pledge: dict[str, Any]) -> BankLine:
        """Money that left the restricted account for electricity."""
        road.transfer(pledge, 500)
        road.evening()
        told = {"iban": RESTRICTED, "amount": euros(40), "reference": "bolletta luce"}
        road.order(told, "Luce (sintetica)")
        road.evening()
        return BankLine.objects.select_related("account").latest("id")

    def test_is_refused_by_the_rule(self, road: Road, slug: str, cost: BankLine) -> None:
        fund = Fund.objects.get(code=f"raised:{slug}")

        with pytest.raises(FundRule):
            lines.classify(
                line=cost, fund=fund, purpose="running", by=SYSTEM, at=clock.now(), reason="Luce"
            )

    def test_is_refused_by_the_api(self, road: Road, slug: str, cost: BankLine) -> None:
        told = {"fund": f"raised:{slug}", "purpose": "running", "reason": "Luce"}

        refusal = road.refused(road.cast.finance, f"bank-lines/{cost.pk}/classify/", told)

        assert refusal["code"] == "ledger.fund_rule"

    def test_is_not_offered_by_the_admin(self, road: Road, cost: BankLine, client: Any) -> None:
        client.force_login(road.cast.administrator)

        assert client.get("/admin/ledger/transfer/add/").status_code in (403, 404)

    def test_is_refused_by_plain_sql_and_so_by_any_job(
        self, road: Road, slug: str, cost: BankLine
    ) -> None:
        fund = Fund.objects.get(code=f"raised:{slug}")
        held = Account.objects.get(fund=fund, kind="held")
        use = Account.objects.create(
            code="x:running", kind="use", fund=fund, purpose="running",
            organisation=road.cast.issuer,
        )  # fmt: skip

        with pytest.raises(DatabaseError, match="no money may move"), transaction.atomic():
            _by_hand(held, use)


class TestWhoRefunded:
    def test_is_written_with_actor_reason_and_time(
        self, road: Road, slug: str, pledge: dict[str, Any]
    ) -> None:
        road.transfer(pledge, 500)
        road.evening()
        road.post(road.cast.investor, f"pledges/{pledge['id']}/revoke/")
        road.settle()
        road.send_back()

        row = Pledge.objects.get(pk=pledge["id"])
        refund = Payment.objects.get(pledge=row).refunds.get()
        assert (refund.requested_by, bool(refund.reason)) == ("investor@example.org", True)
        assert refund.requested_at <= (refund.returned_at or refund.requested_at)
        assert "revoked" in audit.history(row).values_list("state_after", flat=True)
        assert as_seen(road, pledge)["stage"] == "refunded"


def _transfer(amount: str) -> Transfer:
    return Transfer(RESTRICTED, amount, "Luce (sintetica)", text="bolletta")


def _by_hand(source: Account, target: Account) -> None:
    """An entry written past every rule, as a raw job or a person at the database would."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO ledger_entry (key, kind, "on", at, by_label, memo, subject, posted_in)'
            " VALUES ('by-hand', 'x', now(), now(), 'x', '', '', 0) RETURNING id"
        )
        (entry,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO ledger_transfer (entry_id, source_id, target_id, amount, amount_currency,"
            " pair, content_hash) VALUES (%s, %s, %s, 1, 'EUR', '', '')",
            [entry, source.pk, target.pk],
        )
