"""What was known of the households of an issuer on a day: how many, where from, with how much; set-based.

Who lives there is told as of the day; the situation before and the income as of the day they came to
a home of ours, for that is what figures 16 and 17 are about. Protection is of today for every day (P14).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from backend.core.models import Organisation
from properties.indicators.facts import HouseholdFact, Stay
from properties.models import Assessment, Household, Trait
from properties.models.household import AGE_BANDS, MINOR_BANDS

NOT_KNOWN = frozenset({"REFUSED", "UNKNOWN", "NOT_COLLECTED"})


class Telling(NamedTuple):
    """What was told of a household as of a day; people in the order of the age bands."""

    on: dt.date
    ethos: str
    isee: str
    people: tuple[int, ...]


class Known:
    """The households of an issuer as they were known on a day; four queries however many."""

    def __init__(self, organisation: Organisation, *, as_of: dt.date) -> None:
        self.organisation, self.as_of = organisation, as_of
        fixed = ("pk", "referred_on", "is_restricted", "ethos", "isee")
        bands = (f"people_{band}" for band in AGE_BANDS)
        rows = Household.objects.filter(organisation=organisation).order_by("pk")
        self.rows = {row[0]: row for row in rows.values_list(*fixed, *bands)}
        self.forgotten = set(rows.exclude(anonymised_at=None).values_list("pk", flat=True))
        self.told = self._told()
        self.referred_on = {who: row[1] for who, row in self.rows.items()}
        self.people = {who: sum(self._newest(who, as_of).people) for who in self.rows}

    def households(self, stays: Iterable[Stay]) -> tuple[HouseholdFact, ...]:
        """Each household; `stays` are in the order of their days."""
        traits, came_on = self._traits(), dict[int, dt.date]()
        for stay in stays:
            came_on.setdefault(stay.household, stay.starts_on)
        return tuple(
            self._fact(who, min(came_on.get(who, self.as_of), self.as_of), traits[who])
            for who in self.rows
        )

    def _fact(self, who: int, came_on: dt.date, traits: dict[str, bool | None]) -> HouseholdFact:
        people = self._newest(who, self.as_of).people
        return HouseholdFact(
            id=who,
            people=sum(people),
            minors=sum(people[: len(MINOR_BANDS)]),
            ethos=self._word(who, "ethos", came_on),
            isee=self._word(who, "isee", came_on),
            has_disability=traits.get(Trait.Kind.DISABILITY),
            is_displaced=traits.get(Trait.Kind.DISPLACED),
            is_restricted=self.rows[who][2],
            is_forgotten=who in self.forgotten,
        )

    def _newest(self, who: int, on: dt.date) -> Telling:
        """The newest telling until a day; before the first one, that one."""
        told = self.told[who]
        return next((one for one in reversed(told) if one.on <= on), told[0])

    def _word(self, who: int, name: str, came_on: dt.date) -> str:
        """What was so when they came; where nobody had asked, the first answer until the day."""
        word: str = getattr(self._newest(who, came_on), name)
        if word not in NOT_KNOWN:
            return word
        later = (one for one in self.told[who] if came_on < one.on <= self.as_of)
        answers = (getattr(one, name) for one in later)
        return next((answer for answer in answers if answer not in NOT_KNOWN), word)

    def _told(self) -> dict[int, list[Telling]]:
        """By household its tellings, oldest first; what intake told, where nothing came after it."""
        rows = Assessment.objects.filter(household__organisation=self.organisation)
        found: dict[int, list[Telling]] = defaultdict(list)
        for who, on, ethos, isee, people in rows.order_by("on", "pk").values_list(
            "household", "on", "ethos", "isee", "people"
        ):
            counts = tuple(people.get(band, 0) for band in AGE_BANDS)
            found[who].append(Telling(on, ethos, isee, counts))
        for who, row in self.rows.items():
            found[who] = found.get(who) or [Telling(row[1], row[3], row[4], row[5:])]
        return found

    def _traits(self) -> dict[int, dict[str, bool | None]]:
        """By household its newest answers until the day: yes, no, or None for what it would not say."""
        said: dict[str, bool] = {Trait.Said.YES: True, Trait.Said.NO: False}
        rows = Trait.objects.filter(
            household__organisation=self.organisation, on__lte=self.as_of
        ).order_by("on", "pk")
        found: dict[int, dict[str, Any]] = defaultdict(dict)
        for who, kind, answer in rows.values_list("household", "kind", "said"):
            found[who][kind] = said.get(answer)
        return found
