"""Who acts for an investor: named with evidence, for a time, ended by who may.

The users who may name others are those who act for themselves or as legal representatives, and staff
who check investors. What was done in a representation stays readable (models.in_time_of, R53).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, roles
from backend.core.errors import Conflict, Forbidden, Refused
from backend.core.models import User
from backend.core.users import SYSTEM, Actor
from investors.models import Investor, Representation

Kind = Representation.Kind
CHECKS = "investor.check"


class NoSuchUser(Refused):
    code = "representation.no_such_user"


class ActsAlready(Conflict):
    code = "representation.acts_already"


class NotYoursToName(Forbidden):
    code = "representation.not_yours_to_name"


class LastOne(Conflict):
    code = "representation.last_one"


class NoEvidence(Refused):
    code = "representation.no_evidence"


class OverAlready(Refused):
    code = "representation.over_already"


@dataclass(frozen=True)
class Mandate:
    """Whom an investor lets act, as what, by what paper, and until which day."""

    email: str
    kind: str
    evidence: str
    until: dt.date | None = None


def name(*, investor: Investor, mandate: Mandate, by: Actor, at: dt.datetime) -> Representation:
    """Let a user act for the investor. Raises NoSuchUser, NoEvidence, OverAlready, ActsAlready,
    NotYoursToName (a delegate names nobody)."""
    _refuse_unentitled(investor, by)
    _refuse_unfit(mandate, clock.day_of(at))
    user = User.objects.filter(email__iexact=mandate.email.strip(), is_active=True).first()
    if user is None:
        raise NoSuchUser(_("Nobody here has this address."), field="email")
    try:
        with transaction.atomic():
            named = Representation.objects.create(
                investor=investor,
                user=user,
                kind=mandate.kind,
                evidence=mandate.evidence,
                until=mandate.until,
                since=at,
            )
            _note("representation.named", named, by, at)
    except IntegrityError as problem:
        raise ActsAlready(
            _("This person acts for the investor already."), field="email"
        ) from problem
    return named


def end(
    *, representation: Representation, by: Actor, at: dt.datetime, reason: str = ""
) -> Representation:
    """End a representation; who acted keeps reading what stood in that time. Safe to repeat.

    Raises LastOne when nobody would act any more, and NotYoursToName.
    """
    if representation.ended_at is not None:
        return representation
    if by != representation.user:
        _refuse_unentitled(representation.investor, by)
    with transaction.atomic():
        Investor.objects.select_for_update().get(pk=representation.investor_id)
        _refuse_last(representation)
        representation.ended_at = at
        representation.save(update_fields=["ended_at"])
        _note("representation.ended", representation, by, at, reason)
    return representation


def end_due(*, at: dt.datetime) -> int:
    """End those whose last day is over; called by the schedule as often as it likes."""
    due = Representation.objects.filter(ended_at=None, until__lt=clock.day_of(at))
    ended = 0
    for each in due.select_related("investor", "user").order_by("pk"):
        with transaction.atomic():
            won = Representation.objects.filter(pk=each.pk, ended_at=None).update(ended_at=at)
            if won:
                _note("representation.ended", each, SYSTEM, at, "its last day is over")
                ended += 1
    return ended


def _refuse_unentitled(investor: Investor, by: Actor) -> None:
    if not isinstance(by, User) or roles.may(by, CHECKS):
        return
    held = investor.representations.filter(user=by, ended_at=None)
    if not held.exclude(kind=Kind.DELEGATE).exists():
        raise NotYoursToName(_("Only the investor or its legal representative may do this."))


def _refuse_unfit(mandate: Mandate, today: dt.date) -> None:
    if not mandate.evidence.strip():
        raise NoEvidence(_("Say by which paper this person may act."), field="evidence")
    if mandate.until is not None and mandate.until < today:
        raise OverAlready(_("The last day is past."), field="until")


def _refuse_last(representation: Representation) -> None:
    others = Representation.objects.filter(investor=representation.investor_id, ended_at=None)
    if not others.exclude(pk=representation.pk).exists():
        raise LastOne(_("Somebody must act for the investor: name another person first."))


def _note(
    action: str, representation: Representation, by: Actor, at: dt.datetime, reason: str = ""
) -> None:
    audit.record(
        action=action,
        subject=representation.investor,
        by=by,
        at=at,
        reason=reason,
        facts={"user": representation.user_id, "kind": representation.kind},
    )
