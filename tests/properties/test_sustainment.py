"""Sustainment: the worked cases of housing.md 3.4, and any life that Hypothesis thinks of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.indicators import BY_CODE, Facts, Outcome, Stay, sustainment
from properties.indicators.sustainment import WINDOWS, BadStay, End

KEYS = date(2023, 1, 10)
AS_OF = date(2026, 1, 10)


def stay(start: int, end: int | None, *, home: int = 1, household: int = 1) -> Stay:
    """A stay by days since the keys."""
    left = None if end is None else KEYS + timedelta(days=end)
    return Stay(household, home, 2, KEYS + timedelta(days=start), left, False, referred_on=KEYS)


def after(days: int, code: str, *, is_care: bool = False) -> Outcome:
    return Outcome(1, code, KEYS + timedelta(days=days), is_care)


def stood(stays: list[Stay], outcomes: list[Outcome], months: int = 12) -> End | None:
    found = sustainment.cohort(
        sustainment.spells(stays), {1: outcomes}, days=WINDOWS[months], as_of=AS_OF
    )
    return found.ends.get(1)


@pytest.mark.indicator("20")
class TestCohort:
    @pytest.mark.parametrize(
        ("stays", "outcomes", "end"),
        [
            ([stay(0, None)], [], End.SUSTAINED),
            ([stay(0, 365)], [], End.UNKNOWN),
            ([stay(0, 366)], [], End.SUSTAINED),
            ([stay(0, 100), stay(107, None, home=2)], [], End.SUSTAINED),
            ([stay(0, 100), stay(108, None, home=2)], [], End.UNKNOWN),
            ([stay(0, 100)], [after(120, "MOVED_PUBLIC")], End.POSITIVE_MOVE),
            ([stay(0, 100)], [after(120, "HOMELESS")], End.NEGATIVE_END),
            ([stay(0, 100)], [after(400, "MOVED_PUBLIC")], End.UNKNOWN),
            ([stay(0, 100)], [after(120, "BOUGHT"), after(300, "EVICTED")], End.NEGATIVE_END),
            ([stay(0, 100)], [after(101, "DECEASED")], End.EXCLUDED),
            ([stay(0, 100)], [after(101, "INSTITUTION", is_care=True)], End.EXCLUDED),
            ([stay(0, 100)], [after(101, "INSTITUTION")], End.NEGATIVE_END),
            ([stay(0, 100)], [after(50, "MOVED_PUBLIC")], End.UNKNOWN),
            ([stay(0, 100)], [after(90, "DECEASED")], End.EXCLUDED),
            ([stay(0, None)], [after(90, "DECEASED")], End.EXCLUDED),
            ([stay(0, 100)], [after(90, "DECEASED"), after(120, "UNKNOWN")], End.EXCLUDED),
            ([stay(0, 100)], [after(80, "INSTITUTION", is_care=True)], End.EXCLUDED),
            ([stay(0, None)], [after(80, "INSTITUTION", is_care=True)], End.SUSTAINED),
            ([stay(0, 100)], [after(95, "EVICTED")], End.NEGATIVE_END),
            ([stay(0, 100)], [after(50, "EVICTED"), after(70, "KEPT_NO_AID")], End.UNKNOWN),
        ],
    )
    def test_each_case_counts_as_the_definition_says(
        self, stays: list[Stay], outcomes: list[Outcome], end: End
    ) -> None:
        assert stood(stays, outcomes) is end

    def test_whose_day_has_not_come_is_counted_apart(self) -> None:
        found = sustainment.cohort(
            sustainment.spells([stay(0, None)]),
            {},
            days=365,
            as_of=KEYS + timedelta(days=364),
        )

        assert (dict(found.ends), found.not_due) == ({}, (1,))

    def test_the_occupied_track_counts_from_the_title(self) -> None:
        title = KEYS - timedelta(days=200)
        found_there = Stay(1, 1, 2, title, KEYS, True, referred_on=KEYS, has_lease=False)
        leased = Stay(1, 1, 2, KEYS, None, True, referred_on=KEYS)
        found = sustainment.cohort(
            sustainment.spells([found_there, leased]), {}, days=182, as_of=KEYS + timedelta(days=1)
        )

        assert found.ends == {1: End.SUSTAINED}


class TestSpells:
    @pytest.mark.parametrize(
        "stays",
        [
            [stay(10, 10)],
            [stay(10, 5)],
            [stay(0, 50), stay(49, None, home=2)],
            [stay(0, 50), stay(49, None, household=2)],
            [stay(0, None), stay(80, None, home=2)],
        ],
    )
    def test_what_cannot_have_been_is_a_hard_error(self, stays: list[Stay]) -> None:
        with pytest.raises(BadStay):
            sustainment.spells(stays)


LENGTHS = st.lists(st.tuples(st.integers(1, 400), st.integers(0, 30)), min_size=1, max_size=5)
CODES = st.sampled_from(["MOVED_MARKET", "HOMELESS", "UNKNOWN", "DECEASED", "TEMP_ACCOM"])


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Stay], list[Outcome]]:
    """Stays of some households one after another with gaps, and what was told of them."""
    stays, outcomes = [], []
    for who in range(draw(st.integers(1, 5))):
        day = draw(st.integers(0, 300))
        for at, (days, gap) in enumerate(draw(LENGTHS)):
            stays.append(stay(day, day + days, home=10 * who + at, household=who))
            day += days + gap
        told = draw(st.lists(st.integers(0, 1100), max_size=3, unique=True))
        outcomes += [Outcome(who, draw(CODES), KEYS + timedelta(days=on)) for on in told]
    return stays, outcomes


def lived_on(stays: list[Stay], who: int, day: date) -> bool:
    return any(
        one.household == who and one.starts_on <= day and (one.ends_on is None or one.ends_on > day)
        for one in stays
    )


def walked(stays: list[Stay], who: int, days: int) -> bool:
    """Sustained by walking day by day: never more than seven days without a home of ours."""
    first = min(one.starts_on for one in stays if one.household == who)
    last, without = first + timedelta(days=days), 0
    day = first
    while day <= last:
        without = 0 if lived_on(stays, who, day) else without + 1
        if without > sustainment.GAP_DAYS:
            return False
        day += timedelta(days=1)
    # A gap that is open on the day itself is none only if a home followed in time.
    return without == 0 or any(
        lived_on(stays, who, last + timedelta(days=more))
        for more in range(1, sustainment.GAP_DAYS + 1 - without + 1)
    )


@pytest.mark.indicator("20")
class TestRates:
    @given(lives(), st.sampled_from(sorted(WINDOWS)))
    def test_everybody_is_in_one_cell_or_not_due_or_excluded(
        self, life: tuple[list[Stay], list[Outcome]], months: int
    ) -> None:
        stays, outcomes = life
        facts = Facts(stays=tuple(stays), outcomes=tuple(outcomes))
        stayed = BY_CODE[f"sustained_{months}"].compute(facts, AS_OF)
        well = BY_CODE[f"housed_well_{months}"].compute(facts, AS_OF)
        waiting = BY_CODE[f"not_due_{months}"].compute(facts, AS_OF)

        everybody = {one.household for one in stays if one.starts_on <= AS_OF}
        assert set(stayed.members) | set(waiting.members) <= everybody
        not_due = {who for who, cell in waiting.contributions().items() if cell in waiting.picks}
        assert waiting.value == len(not_due)
        assert not set(stayed.members) & not_due
        assert stayed.of == sum(stayed.cells) == well.of
        assert stayed.value <= well.value <= (well.high or 0) <= (well.of or 0)
        assert (stayed.high or 0) - stayed.value == stayed.cells[2]

    @given(lives(), st.sampled_from(sorted(WINDOWS)))
    def test_sustained_is_what_a_walk_day_by_day_finds(
        self, life: tuple[list[Stay], list[Outcome]], months: int
    ) -> None:
        stays, _outcomes = life
        found = sustainment.cohort(sustainment.spells(stays), {}, days=WINDOWS[months], as_of=AS_OF)

        for who, end in found.ends.items():
            assert (end is End.SUSTAINED) == walked(stays, who, WINDOWS[months])

    @given(lives())
    def test_the_order_of_the_facts_changes_nothing(
        self, life: tuple[list[Stay], list[Outcome]]
    ) -> None:
        stays, _outcomes = life

        assert sustainment.spells(stays) == sustainment.spells(list(reversed(stays)))
