"""How an offer stood at an instant: its state, its deadline, its orders. Read from the trail.

Moves between states and amended orders leave audit rows that nothing changes; what no row tells of was
then as it is now.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from djmoney.money import Money

from backend.core.models import AuditEvent
from backend.core.money import ZERO
from campaigns.models import Campaign, Extension, Pledge

AMENDED = "pledge.amended"


@dataclass(frozen=True)
class Order:
    """A pledge as it stood: in which state, for how much."""

    pledge: Pledge
    state: str
    amount: Money

    @property
    def stands(self) -> bool:
        return self.state in Pledge.STANDING


def orders(campaign: Campaign, *, at: dt.datetime) -> list[Order]:
    """The orders that had been placed by an instant, as they stood. Three queries."""
    known = campaign.pledges.select_related("investor").order_by("pk")
    placed = [each for each in known if each.first_at <= at]
    state_of, shares_of = states(placed, at=at), _shares(placed, at=at)
    return [
        Order(
            each,
            state_of[each.pk],
            each.amount * shares_of[each.pk] / each.shares if each.shares else ZERO,
        )
        for each in placed
    ]


def states(records: Sequence[Pledge] | Sequence[Campaign], *, at: dt.datetime) -> dict[int, str]:
    """The states of records of one model at an instant, by id. One query."""
    found = {record.pk: str(record.state) for record in records}
    later: set[int] = set()
    rows = _trail(records).exclude(state_after="").filter(at__gt=at)
    for subject, before in rows.order_by("id").values_list("subject_id", "state_before"):
        pk = int(subject)
        if pk not in later:  # the first move after the instant tells what stood before it
            later.add(pk)
            found[pk] = before or found[pk]
    return found


def deadline(campaign: Campaign, *, at: dt.datetime) -> dt.date | None:
    """The last day of the offer as it was known at an instant."""
    later = Extension.objects.filter(campaign=campaign, granted_at__gt=at)
    first = later.order_by("granted_at", "id").first()
    return first.from_on if first else campaign.deadline_on


def _shares(pledges: Sequence[Pledge], *, at: dt.datetime) -> dict[int, int]:
    """Shares before the first amendment that came after the instant; else as they are."""
    found, later = {pledge.pk: pledge.shares for pledge in pledges}, set()
    rows = _trail(pledges).filter(action=AMENDED, at__gt=at).order_by("id")
    for subject, facts in rows.values_list("subject_id", "facts"):
        if subject not in later:
            later.add(subject)
            found[int(subject)] = facts["shares_before"]
    return found


def _trail(records: Iterable[Model]) -> QuerySet[AuditEvent]:
    known = list(records)
    kind = type(known[0])._meta.label_lower if known else ""
    ids = [str(record.pk) for record in known]
    return AuditEvent.objects.filter(subject_kind=kind, subject_id__in=ids)
