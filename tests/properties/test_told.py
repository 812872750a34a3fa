"""What was told of homes before, as figures of a day must know it: their own past, not their future."""

import datetime as dt

from properties import groups, told
from properties.groups import Told
from properties.told import Before, Publication

Q1, Q2, Q3 = dt.date(2025, 3, 31), dt.date(2025, 6, 30), dt.date(2025, 9, 30)
FUND = 7


def published(day: dt.date, *groups: tuple[dt.date, list[int]], homes: set[int]) -> Publication:
    rows = [
        {"number": number, "homes": group, "until": until.isoformat()}
        for number, (until, group) in enumerate(groups, 1)
    ]
    return Publication(day, [{"fund": FUND, "groups": rows}], frozenset(homes))


FIRST = published(Q1, homes={9})
SECOND = published(Q2, (Q2, [1, 2, 3]), homes={1, 2, 3, 9})
AGAIN = published(Q1, (Q1, [4, 5, 6]), homes={4, 5, 6, 9})


def before(*rows: Publication, as_of: dt.date) -> Before:
    return told.gathered(rows, as_of=as_of)


class TestUnbroken:
    def test_says_nothing_of_a_group_that_is_sold_in_part(self) -> None:
        whole, alone = Told(1, frozenset({1, 2, 3}), Q1), Told(2, frozenset({4}), Q1)

        assert groups.unbroken([whole, alone], {2}) == [alone]
        assert groups.unbroken([whole, alone], {1, 2, 3, 4}) == [whole, alone]


class TestGathered:
    def test_a_restatement_knows_nothing_of_groups_of_later_days(self) -> None:
        found = before(FIRST, SECOND, as_of=Q1)

        assert found.groups.get(FUND, []) == []
        assert found.counted == {9}

    def test_what_later_days_told_of_is_grouped_no_other_way(self) -> None:
        assert before(FIRST, SECOND, as_of=Q1).later == {1, 2, 3}

    def test_the_next_day_knows_the_groups_of_all_days_before(self) -> None:
        found = before(FIRST, SECOND, AGAIN, as_of=Q3)

        assert [set(each.homes) for each in found.groups[FUND]] == [{1, 2, 3}, {4, 5, 6}]
        assert [each.number for each in found.groups[FUND]] == [1, 2]
        assert found.counted == {1, 2, 3, 4, 5, 6, 9}
        assert found.later == set()
