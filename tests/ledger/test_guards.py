"""What the database refuses by itself, whoever asks and however."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from backend.ledger import funds
from backend.ledger.models import FundPolicy, Transfer
from backend.ledger.posting import FundRule
from tests.ledger import raw
from tests.ledger.chart import Chart

pytestmark = pytest.mark.django_db

TABLES = [
    "ledger_entry",
    "ledger_transfer",
    "ledger_account",
    "ledger_seal",
    "ledger_balance",
]


class TestAppendOnly:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_transfer SET amount = 1",
            "UPDATE ledger_entry SET memo = 'x'",
            "UPDATE ledger_account SET kind = 'holding'",
            "UPDATE ledger_balance SET amount = 0",
            "DELETE FROM ledger_transfer",
            "DELETE FROM ledger_balance",
            "DELETE FROM ledger_fund",
            "UPDATE ledger_fund SET is_restricted = false",
            "UPDATE ledger_fundpolicy SET purpose = 'works'",
            "DELETE FROM ledger_fundpolicy",
            *(f"TRUNCATE {table} CASCADE" for table in TABLES),
        ],
    )
    def test_refuses_a_hand_made_change(self, books: Chart, sql: str) -> None:
        books.move("payer", "held", "500.00")

        assert raw.is_refused(sql)

    def test_refuses_to_add_to_a_complete_entry(self, books: Chart) -> None:
        entry = books.move("payer", "held", "500.00")
        raw.force(f"UPDATE ledger_entry SET posted_in = 1 WHERE id = {entry.pk}")

        with pytest.raises(IntegrityError), transaction.atomic():
            Transfer.objects.create(
                entry=entry, source=books["payer"], target=books["held"], amount=1
            )

    def test_keeps_the_first_release(self, books: Chart) -> None:
        books.release()

        assert raw.is_refused("UPDATE ledger_fund SET released_at = NULL WHERE code = 'raised'")
        with pytest.raises(funds.NotHeld):
            books.release()


FORBIDDEN = [
    ("held", "holding", "out of held before release"),
    ("held", "price", "spent before release"),
    ("held", "due", "a claim instead of held cash"),
    ("held", "suspense", "to an account without a fund"),
    ("held", "own holding", "to another fund"),
    ("holding", "works", "a purpose outside the policy"),
    ("holding", "outside", "out without a purpose"),
    ("holding", "own works", "another fund's use"),
    ("holding", "raised owed", "a debt of restricted money"),
    ("raised owed", "works", "a use through a debt"),
    ("payer", "holding", "around held"),
    ("clearing", "holding", "around held"),
    ("clearing", "price", "spent at the provider"),
    ("price", "payer", "from a home to a payer"),
    ("due", "own holding", "a claim given away"),
    ("suspense", "held", "unexplained money into a fund"),
]


@pytest.mark.rule("I4")
class TestPairs:
    @pytest.mark.parametrize(("source", "target", "why"), FORBIDDEN)
    def test_refuses_a_forbidden_pair(
        self, books: Chart, source: str, target: str, why: str
    ) -> None:
        books.move("payer", "held", "500.00")

        with pytest.raises(FundRule):
            books.move(source, target, "10.00")

    def test_lets_released_money_buy_a_home(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        books.release()

        books.move("held", "holding", "500.00")
        books.move("holding", "price", "480.00")

        assert books.balance("price") == "480.00"

    def test_refuses_a_purpose_whose_policy_has_ended(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        books.release()
        books.move("held", "holding", "500.00")
        FundPolicy.objects.update(valid_to=dt.date(2026, 2, 1))

        with pytest.raises(FundRule):
            books.move("holding", "price", "480.00")


class TestBounds:
    def test_refuses_to_return_more_than_a_payer_paid(self, books: Chart) -> None:
        books.post(("payer", "held", "500.00"), ("second payer", "held", "500.00"))
        books.move("held", "payer", "500.00")

        with pytest.raises(FundRule) as refused:
            books.move("held", "payer", "0.01")
        assert refused.value.facts["guard"] == "balance_not_above_ceiling"

    def test_refuses_to_spend_what_is_not_there(self, books: Chart) -> None:
        books.move("payer", "held", "500.00")
        books.release()
        books.move("held", "holding", "500.00")

        with pytest.raises(FundRule):
            books.move("holding", "price", "500.01")

    @pytest.mark.parametrize("amount", [0, -5])
    def test_refuses_an_amount_that_is_not_positive(self, books: Chart, amount: int) -> None:
        assert raw.is_refused(
            "INSERT INTO ledger_transfer (entry_id, source_id, target_id, amount,"
            " amount_currency, pair, content_hash) VALUES (%s, %s, %s, %s, 'EUR', '', '')",
            books.move("payer", "held", "1.00").pk,
            books["payer"].pk,
            books["held"].pk,
            amount,
        )


class TestClaims:
    def test_takes_a_small_fee_that_own_money_bears(self, books: Chart) -> None:
        legs = [("payer", "clearing", "500.00"), ("clearing", "due", "7.75")]

        assert raw.commits(lambda: books.post(*legs, ("owed", "own fees", "7.75")))
        assert books.balance("clearing") == "492.25"
        assert books.balance("owed") == "-7.75"

    @pytest.mark.parametrize(
        ("fee", "borne", "why"),
        [
            ("7.75", [], "nobody bears it"),
            ("7.75", [("owed", "own fees", "7.74")], "a cent is missing"),
            ("400.00", [("owed", "own fees", "400.00")], "as large as a payment"),
        ],
    )
    def test_refuses_another_fee(
        self, books: Chart, fee: str, borne: list[tuple[str, str, str]], why: str
    ) -> None:
        legs = [("payer", "clearing", "500.00"), ("clearing", "due", fee), *borne]

        assert not raw.commits(lambda: books.post(*legs))
