"""Pull from the provider what it says happened: events and movements since a day, however they came.

What no webhook brought is found here and done like everything else. The look itself is kept, so that
a webhook that stays silent is seen.
"""

import datetime as dt

from django.db import transaction

from backend.core import audit, users
from backend.core.errors import RuleBroken
from backend.core.users import Actor
from campaigns import findings, stripe_gateway
from campaigns.models import ProviderFinding, ProviderPull
from campaigns.provider import inbox, movements, occurrences, subjects
from campaigns.stripe_gateway import MovementTold


def pull(*, since: dt.datetime, by: Actor, at: dt.datetime) -> ProviderPull:
    """Take in every event and movement since an instant that we do not know; safe to repeat.

    The provider keeps events for 30 days, movements for ever. Raises ProviderUnreachable, and then
    what was taken in so far stays.
    """
    seen_events, new_events = take_events(stripe_gateway.events_since(since), at=at)
    told = list(stripe_gateway.movements_since(since))
    new = take_movements(told, at=at)
    with transaction.atomic():
        made = ProviderPull.objects.create(
            since=since,
            pulled_at=at,
            by_label=users.label(by),
            events=seen_events,
            new_events=new_events,
            movements=len(told),
            new_movements=new,
        )
        facts = {"new_events": new_events, "new_movements": new}
        audit.record(action="provider.pulled", subject=made, by=by, at=at, facts=facts)
    return made


def take_events(told: inbox.Told, *, at: dt.datetime) -> tuple[int, int]:
    """Store events that never came; return how many were there, and how many of them new."""
    events = list(told)
    return len(events), inbox.store_missing(events, at=at)


def take_movements(told: list[MovementTold], *, at: dt.datetime) -> int:
    """Keep movements, and look at what those are about that our books do not know; return how many
    were new here."""
    new = len({one.provider_id for one in told} - movements.known(one.provider_id for one in told))
    movements.keep(told, at=at)
    missing = movements.unbooked(told)
    span = (
        (min(one.occurred_at for one in missing), max(one.occurred_at for one in missing))
        if missing
        else None
    )
    _report_strange(missing, at)
    found = subjects.look_at(occurrences.of_movements(missing), at=at, between=span)
    for result in found.values():
        if isinstance(result, stripe_gateway.ProviderUnreachable):
            raise result
        if isinstance(result, RuleBroken):
            # It stays a named difference of the proof, with its age.
            continue
    return new


def _report_strange(missing: list[MovementTold], at: dt.datetime) -> None:
    """A kind of movement that we know nothing of (a reserve, a transfer): a person has to look at it.

    A fee of the account waits for the payout that it is taken from.
    """
    for one in missing:
        if occurrences.of_movement(one) is None and one.category not in occurrences.FEES:
            findings.open_one(
                kind=ProviderFinding.Kind.MOVEMENT,
                key=one.provider_id,
                told=f"{one.net.amount} {one.net.currency} {one.kind} {one.provider_id}",
                at=at,
            )
