"""Which test covers which need of people who use such platforms; docs/needs.md is written from it.

`python -m tests.stories.needs` writes the page; a test holds that it is fresh and that each test exists.
"""

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "needs.md"
STORY = "tests/stories/test_needs_story.py"
HEAD = """# What people ask for and rarely get

Each row is a need of people who use platforms of this kind, what holds here, and the tests that show it.
Written by `python -m tests.stories.needs`; a test finds a row without a test, and a test that is gone.

| need | what holds | shown by |
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


def page() -> str:
    """The document."""
    rows = [
        f"| {one.need} | {one.holds} | {', '.join(f'`{test}`' for test in one.tests)} |"
        for one in NEEDS
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
