"""Which test covers which need of people who use such platforms; docs/needs.md is written from it.

`python -m tests.stories.needs` writes the page; a test holds that it is fresh and that each test exists.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.stories import wrong_homes

PAGE = Path(__file__).resolve().parents[2] / "docs" / "needs.md"
STORY = "tests/stories/test_needs_story.py"
OFFERS, RULES, INVESTORS = "tests/campaigns", "tests/campaigns/rules", "tests/investors"
HEAD = """# What people ask for and rarely get

Each row is a need of people who use platforms of this kind, what holds here, and the tests that show it.
Written by `python -m tests.stories.needs`; a test finds a row without a test, and a test that is gone.

| need | what holds | shown by |
|---|---|---|
"""
BAD_INPUT_HEAD = """
## What comes wrong

| what comes | what holds | shown by |
|---|---|---|
"""
BOUNDARIES_HEAD = """
## The boundaries of the law of offers

| at | what holds | shown by |
|---|---|---|
"""


@dataclass(frozen=True)
class Need:
    """A row: the need, what holds, and the tests (file::Class or file::Class::test)."""

    need: str
    holds: str
    tests: tuple[str, ...]


NEEDS = (
    Need(
        "a refund made in the payment provider's own dashboard",
        "shows up once, by event or by the next pull, with the same totals either way",
        (f"{STORY}::TestARefundInTheProvidersDashboard",),
    ),
    Need(
        "partial refunds",
        "two parts of one charge, told in any order: what is refunded is their sum",
        (
            f"{STORY}::TestPartialRefunds",
            "tests/campaigns/test_payments.py::TestRefunds",
            "tests/campaigns/test_attacks.py::TestRefundsInDisorder",
        ),
    ),
    Need(
        "short transfers (480 of 500)",
        "paid in part, an open item of 20, the pledge untouched",
        (f"{STORY}::TestAShortTransfer",),
    ),
    Need(
        "a balance with money that never came",
        "what was raised counts settled facts alone",
        (f"{STORY}::TestMoneyThatNeverCame",),
    ),
    Need(
        "missing items on both sides",
        "a run lists “there, not here” and “here, not there”, each with age and value date",
        (f"{STORY}::TestMissingItems",),
    ),
    Need(
        "explaining a payout",
        "each payout is its charges less fees, refunds and disputes; a difference is a named item",
        (
            "tests/campaigns/test_payments.py::TestPayouts",
            "tests/campaigns/test_attacks.py::TestPayouts",
            "tests/campaigns/test_landings.py::TestGather",
        ),
    ),
    Need(
        "the last euro",
        "fifty at once for the last 1,000 euro: never above the maximum, the rest wait, nobody fails",
        (
            "tests/campaigns/test_pledges_concurrency.py::TestTheLastEuros",
            "tests/stories/test_road_of_a_euro.py::TestBrokenRoads::test_a_last_place_is_given_once",
        ),
    ),
    Need(
        "planned against actual",
        "per property: plan line, commitment, actual, variance",
        ("tests/properties/test_plans.py::TestComparison",),
    ),
    Need(
        "the purpose of money",
        "a running cost against raised capital is refused in the rule, the API, the admin and plain SQL",
        (
            f"{STORY}::TestThePurposeOfMoney",
            "tests/ledger/test_attacks.py::TestForbiddenPairs",
        ),
    ),
    Need(
        "who refunded",
        "actor, reason, time; the proof is withdrawn and replaced",
        (
            f"{STORY}::TestWhoRefunded",
            "tests/campaigns/test_certificates.py::TestFollow",
        ),
    ),
    Need(
        "exports that add up",
        "opening + movements = closing, checked inside the export itself",
        ("tests/ledger/test_exports.py",),
    ),
    Need(
        "any 12 months",
        "a statement for a fiscal year of the investor's own, equal to the ledger",
        ("tests/campaigns/test_statements.py::TestOfInvestor",),
    ),
    Need(
        "an information sheet in one's language",
        "asked for and delivered, or the advice to refrain is shown and logged before the order",
        ("tests/campaigns/test_presentation.py::TestTranslations",),
    ),
    Need(
        "a late report",
        "more than 30 days late: a public mark, reminders, the next offer blocked by policy",
        ("tests/reporting/test_due.py",),
    ),
    Need(
        "screen readers",
        "the pledge flow works by keyboard alone, in both languages",
        ("tests/browser/test_journey_investor.py::TestPledge",),
    ),
)

BAD_INPUT = (
    Need(
        "a transition that is refused",
        "says what blocks it, before anyone tries it and when somebody does",
        (
            f"{OFFERS}/test_lifecycle.py::TestChecklist",
            f"{OFFERS}/test_lifecycle.py::TestClose",
            f"{OFFERS}/test_standstill.py::TestClosingConditions",
        ),
    ),
    Need(
        "the nights when the clock changes (2020-10-25, 2021-03-28), and leap days",
        "an end is 24:00 in Rome, however many hours that day has",
        (
            f"{RULES}/test_reflection.py::TestEndForOrder",
            f"{RULES}/test_payment.py::TestEndOfWindow",
            f"{RULES}/test_suspension.py::TestEnd",
            f"{INVESTORS}/test_suitability.py::TestAnniversary",
        ),
    ),
    Need(
        "a revocation in the same second as a payment",
        "the money has an owner either way",
        (f"{OFFERS}/test_races.py::TestRevokedWhileItsTransferIsBooked",),
    ),
    Need(
        "two approvals by one person",
        "the one who asked does not approve; the database refuses it too",
        ("tests/core/test_approvals.py::TestApprove",),
    ),
    Need(
        "a tax code of the wrong check digit",
        "is refused in words, and what was typed is kept",
        (f"{INVESTORS}/test_onboarding.py::TestRegister",),
    ),
    Need(
        "a test submitted twice",
        "is one test",
        (f"{INVESTORS}/test_knowledge.py::TestTakeTest::test_the_same_form_twice_is_one_test",),
    ),
    Need(
        "an information sheet replaced while somebody reads it",
        "no order is taken by it: the new one is shown first",
        (f"{OFFERS}/test_sheets.py::TestReplacedWhileRead",),
    ),
    *(Need(*row) for row in wrong_homes.ROWS),
)
BOUNDARIES = (
    Need(
        "5,000,000.00 and .01 within twelve months",
        "the sum may reach the ceiling, not pass it",
        (f"{RULES}/test_limits.py::TestIsOver",),
    ),
    Need(
        "income of 59,999.99 and 60,000; a portfolio of 100,000 and .01",
        "income from the bound on, a portfolio above it, both one criterion",
        (f"{INVESTORS}/test_categories.py::TestMetByPerson",),
    ),
    Need(
        "an order of 1,000.00 and .01; net worth of 20,000 and 20,000.20",
        "the warning is due strictly above the greater of both bounds",
        (f"{INVESTORS}/test_suitability.py::TestIsLarge",),
    ),
    Need(
        "the end of reflection, a second before and at it",
        "revoked freely before, not at it",
        (f"{OFFERS}/test_pledges.py::TestRevoke",),
    ),
    Need(
        "seven days of 2020, from order and from notice",
        "24:00 of the seventh day after",
        (
            f"{RULES}/test_reflection.py::TestEndOfWithdrawal",
            f"{RULES}/test_reflection.py::TestEndAfterChange",
        ),
    ),
    Need(
        "fourteen days to pay",
        "the order lapses at the end of the last one, to the second",
        (
            f"{OFFERS}/test_pledges.py::TestLapseUnpaid::test_after_fourteen_days_to_the_second",
            f"{RULES}/test_payment.py::TestEndOfWindow",
        ),
    ),
    Need(
        "thirty days of suspension",
        "cancelled from the instant at which they are over",
        (f"{RULES}/test_suspension.py::TestMustCancel",),
    ),
    Need(
        "professionals at 4.99 % and 5.00 %, and after a refund",
        "closes from 5 % on; a refund takes it away",
        (f"{RULES}/test_closing.py::TestNeeded",),
    ),
    Need(
        "orders of 500.00 and .01 (10,000 of a body), 1,000 and 20,000 in a year",
        "judged above the bound; the offer closes once all are",
        (
            f"{RULES}/test_appropriateness.py::TestNeedsCheck",
            f"{OFFERS}/test_checks.py::TestLargeOrders",
        ),
    ),
    Need(
        "25 % and 25.01 % of capital, votes or supply",
        "the tax relief is open up to 25 %",
        (
            f"{RULES}/test_tax_relief.py::TestLacks",
            f"{OFFERS}/test_issuers.py::TestTies",
        ),
    ),
    Need(
        "a simulation of 365 and 366 days ago; a test and a category of two years ago",
        "counts to the day, 29 February included",
        (
            f"{INVESTORS}/test_loss.py::TestSimulateLoss",
            f"{INVESTORS}/test_suitability.py::TestMissing",
            f"{INVESTORS}/test_qualifications.py::TestDecide",
        ),
    ),
    Need(
        "an offer identifier: LEI of twenty characters that check, and eight digits",
        "anything else is refused",
        (f"{RULES}/test_identifiers.py::TestIsOfferIdentifier",),
    ),
)


def page() -> str:
    """The document."""
    parts = ((HEAD, NEEDS), (BAD_INPUT_HEAD, BAD_INPUT), (BOUNDARIES_HEAD, BOUNDARIES))
    return "".join(head + "".join(map(_row, rows)) for head, rows in parts)


def _row(one: Need) -> str:
    shown = ", ".join(f"`{test}`" for test in one.tests)
    return f"| {one.need} | {one.holds} | {shown} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
