"""Which module keeps which privacy rule, and which tests show it; docs/privacy.md is written from it.

`python -m tests.stories.privacy` writes the page; a test holds that it is fresh, that no rule P1 to P30
is without a row, and that each test exists.
"""

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
OWN = "tests/properties"
HEAD = """# Privacy rules and where they are kept

The rules P1 to P30 of the domain, each with the place that keeps it and the tests that show it. Written by
`python -m tests.stories.privacy`; a test finds a rule without a test, and a test that is gone.

Before real people are taken in: `python manage.py golive`. It fails while the processing register or the
impact assessment of an issuer is empty or three years old; both are written in the admin. The nightly job
is `python manage.py nightly [--dry-run]`: it reports counts alone, and rings when it removed nothing for
ninety days. The limitation for papers about former owners, and every other term, is a dated parameter with
its source.

Of investors, codes, birth and account lie sealed too, as does who ordered at a platform
([why, and what is left](../backend/decisions/investors-are-sealed.md)): `tests/investors/test_sealed.py`,
`tests/campaigns/test_order_people.py`. Who of the staff is shown them is written down:
`tests/investors/test_reads.py`.

| rule | what holds | kept in | shown by |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Rule:
    """A row: the rule, what holds here, where it is kept, and the tests."""

    number: int
    holds: str
    kept_in: str
    tests: tuple[str, ...]


def _rule(number: int, holds: str, kept_in: str, *tests: str) -> Rule:
    return Rule(number, holds, kept_in, tests)


RULES = (
    _rule(
        *(1, "counts of people below 5 (10 with a sensitive trait) are hidden; no k below 3"),
        "properties/disclosure.py",
        f"{OWN}/test_disclosure.py::TestAudience",
        f"{OWN}/test_disclosure.py::TestParts",
        f"{OWN}/test_telling.py::TestTell::test_a_sensitive_count_waits_for_twenty",
    ),
    _rule(
        *(2, "zero is hidden like any small number"),
        "properties/disclosure.py",
        f"{OWN}/test_disclosure.py::TestCount::test_a_small_total_is_fewer_than_ten",
    ),
    _rule(
        *(
            3,
            "a rate needs ten, and k on both sides, else it is a band; of fewer than 250 it is told in "
            "fives; money needs ten and no giant",
        ),
        "properties/disclosure.py, properties/indicators/telling.py",
        f"{OWN}/test_disclosure.py::TestRate",
        f"{OWN}/test_rates_attack.py::TestPercent",
        f"{OWN}/test_telling.py::TestTell::test_an_amount_is_told_only_where_nobody_dominates",
    ),
    _rule(
        *(4, "a total under 2k is “fewer than 2k”"),
        "properties/disclosure.py",
        f"{OWN}/test_disclosure.py::TestCount",
    ),
    _rule(
        *(5, "no hidden part of a split can be derived, at once or from one quarter to the next"),
        "properties/disclosure.py, properties/indicators/telling.py",
        f"{OWN}/test_disclosure.py::TestParts",
        f"{OWN}/test_telling.py::TestAttackOverTime",
    ),
    _rule(
        *(
            6,
            "the attacker solves everything published so far, counts, rates and means, exactly, and pins "
            "nothing down below k",
        ),
        "tests/properties/attacker.py",
        f"{OWN}/test_telling.py::TestAttackOverTime",
        f"{OWN}/test_people_attack.py::TestAttackOnTheUnion",
        f"{OWN}/test_rates_attack.py::TestPeopleAndHouseholds",
        f"{OWN}/test_rates_attack.py::TestWindows",
        f"{OWN}/test_worktray.py::TestDossierOverTime",
        "tests/reporting/test_register_attack.py::TestRegister",
    ),
    _rule(
        *(7, "0 + 0 and 1 + 1 are found by the attack, and do not come up"),
        "properties/disclosure.py",
        f"{OWN}/test_telling.py::TestAttack",
        f"{OWN}/test_disclosure.py::TestParts::test_two_zeros_that_must_be_zero_take_a_third_with_them",
    ),
    _rule(
        *(8, "a report is made of the investors' view alone; nobody gets a share of people"),
        "backend/reporting/contents.py",
        f"{OWN}/test_privacy.py::TestReports",
    ),
    _rule(
        *(
            9,
            "outside a place is a circoscrizione; no address, key, code or quarter, and no picture",
        ),
        "properties/groups.py, properties/freezing.py",
        "tests/reporting/test_register_attack.py::TestRegister",
        f"{OWN}/test_snapshots.py::TestView::test_nothing_from_inside_leaves",
    ),
    _rule(
        *(10, "a count moves by k people or not at all, and only in quarterly figures"),
        "properties/indicators/telling.py",
        f"{OWN}/test_telling.py::TestSettled",
        f"{OWN}/test_snapshots.py::TestView::test_a_household_that_moves_in_shows_only_with_k_others",
    ),
    _rule(
        *(11, "ages are kept in seven bands; outside there are minors and others"),
        "properties/models/household.py",
        f"{OWN}/test_privacy.py::TestAges",
    ),
    _rule(
        *(
            12,
            "names stand apart, encrypted, under a permission of their own; nothing points at them",
        ),
        "properties/identities.py, properties/models/household.py",
        f"{OWN}/test_identities.py::TestSeal",
        f"{OWN}/test_privacy.py::TestIdentityTable",
    ),
    _rule(
        *(
            13,
            "a special answer has service, law, source, day and who asked; free words are in no export",
        ),
        "properties/support.py",
        f"{OWN}/test_support.py::TestTrait",
        f"{OWN}/test_privacy.py::TestFreeWords",
    ),
    _rule(
        *(14, "a restricted household is there for its caseworker alone, in an emergency too"),
        "properties/models/household.py, properties/referrals.py",
        f"{OWN}/test_access.py::TestVisibleTo::test_a_restricted_household_is_for_its_caseworker_alone",
        f"{OWN}/test_glass.py::TestBreakGlass::test_never_opens_a_restricted_household",
    ),
    _rule(
        *(
            15,
            "papers about former owners stay with the purchase and are emptied when their time is over",
        ),
        "properties/models/document.py, properties/retention.py",
        f"{OWN}/test_home_papers.py::TestKeep::test_papers_about_former_owners_stay_with_the_purchase",
        f"{OWN}/test_retention.py::TestDebtorFiles",
    ),
    _rule(
        *(16, "a consent has scope and end; taken back, thirty days are watched; minors never"),
        "properties/consents.py, properties/worktray.py",
        f"{OWN}/test_support.py::TestConsent",
    ),
    _rule(
        *(17, "of a referral that came to nothing the name goes after a year"),
        "properties/retention.py",
        f"{OWN}/test_identities.py::TestPurge::test_a_referral_that_came_to_nothing_is_forgotten_after_a_year",
    ),
    _rule(
        *(
            18,
            "of who left, names go 24 months after the last follow-up; contracts and rents stay; "
            "what is frozen for ever never held in which cell anybody was",
        ),
        "properties/retention.py, properties/freezing.py",
        f"{OWN}/test_retention.py::TestGone",
        f"{OWN}/test_retention.py::TestFoundWithoutLease",
        f"{OWN}/test_forgotten.py::TestFigures",
        f"{OWN}/test_forgotten.py::TestFrozen",
        f"{OWN}/test_identities.py::TestPurge::test_who_lives_with_us_keeps_a_name",
    ),
    _rule(
        *(
            19,
            "evidence of a funded project stays its years from the accounts, longer while "
            "proceedings last; a night tells its office once that it may go",
        ),
        "campaigns/programmes/evidence.py",
        "tests/campaigns/programmes/test_evidence.py",
        f"{OWN}/test_privacy.py::TestEvidence",
    ),
    _rule(
        *(
            20,
            "who opened a name is known for 24 months; the database lets no other row of the trail go",
        ),
        "properties/retention.py, backend/core/migrations/0003_access_log_retention.py",
        f"{OWN}/test_retention.py::TestAccessLog",
    ),
    _rule(
        *(
            21,
            "the nightly purge may be repeated, has a dry run, tells counts, rings after 90 silent days",
        ),
        "properties/nightly.py, properties/retention.py",
        f"{OWN}/test_identities.py::TestPurge",
    ),
    _rule(
        *(
            22,
            "a name or special answer is opened for a written purpose; an emergency is told and reviewed",
        ),
        "properties/identities.py, properties/glass.py",
        f"{OWN}/test_access.py::TestIdentity",
        f"{OWN}/test_glass.py::TestBreakGlass",
        f"{OWN}/test_glass.py::TestReview",
        f"{OWN}/test_glass.py::TestSpecialAnswers",
    ),
    _rule(
        *(
            23,
            "k is code; publishing needs the city or a second manager; an old day again needs a reason",
        ),
        "properties/snapshots.py",
        f"{OWN}/test_snapshots.py::TestReview",
        f"{OWN}/test_snapshots.py::TestAskToPublish",
        f"{OWN}/test_snapshots.py::TestTake::test_the_same_day_again_needs_a_reason_and_restates",
    ),
    _rule(
        *(
            24,
            "rows are for roles that may read them; outside there is no filter over people at all",
        ),
        "tests/house/access_table.py",
        f"{OWN}/test_access.py::TestVisibleTo",
        f"{OWN}/test_privacy.py::TestFilters",
    ),
    _rule(
        *(25, "a file of figures carries its day, version, k and hash"),
        "backend/reporting/open_data.py",
        "tests/reporting/test_open_data.py::TestFile",
    ),
    _rule(
        *(
            26,
            "register and assessment are in the admin; real people are taken in by nobody without them",
        ),
        "properties/privacy.py",
        f"{OWN}/test_retention.py::TestGoLive",
    ),
    _rule(
        *(
            27,
            "what a register of auctions would lead to is told for three homes together: money and counts",
        ),
        "properties/disclosure.py, properties/freezing.py",
        "tests/reporting/test_register_attack.py::TestRegister",
        f"{OWN}/test_disclosure.py::TestGroupHomes",
        f"{OWN}/test_disclosure.py::TestCountedHomes",
        f"{OWN}/test_disclosure.py::TestAttackOnAllStatements",
    ),
    _rule(
        *(28, "a third party's small figure on a sensitive trait is kept and never shown"),
        "campaigns/sources.py, campaigns/models/programme.py",
        "tests/campaigns/test_sources.py",
    ),
    _rule(
        *(
            29,
            "a manager reads pledges; the city gets the suppressed dossier, never the rows behind it",
        ),
        "properties/referrals.py, backend/core/roles.py",
        f"{OWN}/test_worktray.py::TestDossier",
        f"{OWN}/test_access.py::TestVisibleTo::test_each_role_sees_what_the_table_says",
    ),
    _rule(
        *(30, "what is invented says so on every page, file, report and mail"),
        "backend/reporting/document.py, backend/reporting/open_data.py",
        "tests/core/test_pages_shell.py",
        "tests/reporting/test_issue.py",
        "tests/reporting/test_open_data.py",
    ),
)


def page() -> str:
    """The document."""
    rows = [
        f"| P{one.number} | {one.holds} | {', '.join(f'`{place}`' for place in one.kept_in.split(', '))}"
        f" | {', '.join(f'`{test}`' for test in one.tests)} |"
        for one in RULES
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
