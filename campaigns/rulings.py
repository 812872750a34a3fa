"""What the rules of law say about one campaign now: each rule in force, and what it computed here.

The rules themselves are pure (`rules`, `investors`); the values they need are gathered in `cases`.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from backend.core import clock, law
from campaigns import cases
from campaigns.cases import Case, Finding
from campaigns.models import Campaign


@dataclass(frozen=True)
class Ruling:
    """A rule in force for a campaign, and what it found; None: it computes nothing here now."""

    rule: law.Rule
    finding: Finding | None

    @property
    def blocks(self) -> bool:
        return self.finding is not None and self.finding.holds is False


def of(*, campaign: Campaign, at: dt.datetime, for_staff: bool) -> list[Ruling]:
    """Every rule that governed the campaign since it opened, with what it computed.

    What is internal to those who work on the campaign is left out for everyone else.
    """
    return list(_ruled(Case(campaign, at), for_staff))


def blocking(*, campaign: Campaign, at: dt.datetime) -> list[Ruling]:
    """Those by which something is not as it must be."""
    return [each for each in of(campaign=campaign, at=at, for_staff=True) if each.blocks]


def _ruled(case: Case, for_staff: bool) -> Iterator[Ruling]:
    governing = law.in_force(
        regime=case.campaign.regime, since=case.offer_day, on=clock.day_of(case.at)
    )
    for rule in governing:
        finding = cases.find(rule.id, case)
        is_hidden = finding is not None and finding.is_internal and not for_staff
        yield Ruling(rule, None if is_hidden else finding)
