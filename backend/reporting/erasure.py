"""A person leaves: what is erased at once, what the law keeps, why and until when; later the rest.

The choices, each by its law: money and shares ten years (Civil Code art. 2220; identity, D.Lgs.
231/2007 art. 31), records of a service without money five years (ECSPR art. 26), the register of
complaints five. Where no order was ever placed no service was given, and the name goes at once.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts import closing
from backend.core import audit, clock, notices, users
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.users import SYSTEM, Actor
from campaigns import figures, interests, members, openings, places, platform_versions, questions
from campaigns.models import Payment, Pledge
from campaigns.sheets import translation_requests
from investors import erasure as investor_erasure
from investors import suitability
from investors.models import Complaint, Erasure, Investor, Representation

MONEY_YEARS = 10
SERVICE_YEARS = 5
Words = str | Promise


class NotFinished(Conflict):
    code = "erasure.not_finished"


class NotConfirmed(Refused):
    code = "erasure.not_confirmed"


@dataclass(frozen=True)
class Kept:
    """Something that a law keeps: what, why, and its last day (none: as long as shares are held)."""

    what: Words
    why: Words
    until: dt.date | None


@dataclass(frozen=True)
class Plan:
    """What would happen if the person asked now. `unfinished` names what must end first."""

    goes: tuple[Words, ...]
    stays: tuple[Kept, ...]
    unfinished: tuple[Words, ...]


def plan(user: User) -> Plan:
    """Say what goes at once and what stays, why and until when."""
    own = _own(user)
    stays = [kept for investor in own if (kept := _kept(investor))]
    if complaint := _complaints_kept(user):
        stays.append(complaint)
    goes = [
        _("Your account: name, address, password. You cannot log in any more."),
        _("Interests that did not become pledges, and the letters we sent you."),
        _("What you agreed to have kept: the figures of simulations, your name in public."),
    ]
    if any(_kept(investor) is None for investor in own):
        goes.append(_("The name, codes and IBAN of the investor: no law keeps them."))
    return Plan(tuple(goes), tuple(stays), tuple(_unfinished(own)))


def refuse_unconfirmed(is_confirmed: bool) -> None:
    """Raise NotConfirmed unless the person said that they know it cannot be taken back."""
    if not is_confirmed:
        raise NotConfirmed(_("Confirm that you know: this cannot be taken back."), field="confirms")


def erase(*, user: User, by: Actor, at: dt.datetime) -> Plan:
    """Erase what no law keeps and note the rest for the day on which it may go. Safe to repeat.

    Raises NotFinished while orders stand or money is on its way.
    """
    found = plan(user)
    if found.unfinished:
        raise NotFinished(" ".join(str(words) for words in found.unfinished))
    with transaction.atomic():
        for investor in _own(user):
            asked = investor_erasure.ask(investor=investor, user=user, by=by, at=at)
            if _kept(investor) is None:
                _carry_out(asked, by, at)
        Representation.objects.filter(user=user, ended_at=None).update(ended_at=at)
        interests.forget(user=user, at=at)
        questions.forget(user=user)
        translation_requests.forget(user=user)
        notices.forget(user.email)
        audit.record(action="account.erased", subject=user, by=by, at=at)
        closing.forget(user)
        users.forget(user)
    return found


def finish(*, at: dt.datetime) -> int:
    """Erase the investors whose time is over; called by the schedule as often as it likes."""
    waiting = Erasure.objects.filter(done_at=None).select_related("investor")
    done = 0
    for asked in waiting.order_by("pk"):
        kept = _kept(asked.investor)
        if kept is None or (kept.until is not None and kept.until < clock.day_of(at)):
            _carry_out(asked, SYSTEM, at)
            done += 1
    return done


def _carry_out(asked: Erasure, by: Actor, at: dt.datetime) -> None:
    """Take who it is from the investor, from what a platform told of its orders, from openings and from
    what was expected at the bank."""
    with transaction.atomic():
        places.forget(investor=asked.investor)
        platform_versions.forget(investor=asked.investor)
        openings.rows.forget(investor=asked.investor)
        investor_erasure.carry_out(erasure=asked, by=by, at=at)


def _own(user: User) -> list[Investor]:
    """The investors that are the person: a body stays, and others act for it."""
    mine = Investor.objects.acted_for_by(user).filter(
        representations__user=user,
        representations__kind=Representation.Kind.SELF,
        representations__ended_at=None,
    )
    return list(mine.distinct().order_by("pk"))


def _kept(investor: Investor) -> Kept | None:
    """The longest that a law keeps of an investor; None where nothing does."""
    pledges = Pledge.objects.filter(investor=investor)
    last_paid = Payment.objects.filter(pledge__in=pledges).aggregate(last=Max("received_at"))[
        "last"
    ]
    paid_on = clock.day_of(last_paid) if last_paid else None
    if member := members.membership(investor):
        return Kept(
            _("Name, codes, shares and their payments"),
            _("The register of members: while you hold shares, and ten years after."),
            None if member.shares else _later(member.last_given_on, paid_on),
        )
    if paid_on:
        return Kept(
            _("Name, codes, and the payments"),
            _("Accounting and anti-money-laundering records: ten years from the last payment."),
            _later(paid_on),
        )
    last_order = pledges.aggregate(last=Max("queued_at"))["last"]
    if last_order is None:
        return None
    return Kept(
        _("Name, codes, and the orders"),
        _("Records of a service: five years from the last order."),
        suitability.anniversary(clock.day_of(last_order), SERVICE_YEARS),
    )


def _later(*days: dt.date | None) -> dt.date:
    """Ten years after the last of some days."""
    return suitability.anniversary(max(day for day in days if day), MONEY_YEARS)


def _complaints_kept(user: User) -> Kept | None:
    last = Complaint.objects.filter(complainant=user).aggregate(last=Max("received_at"))["last"]
    if last is None:
        return None
    return Kept(
        _("Your complaints"),
        _("The register of complaints: five years."),
        suitability.anniversary(clock.day_of(last), SERVICE_YEARS),
    )


def _unfinished(own: list[Investor]) -> list[Words]:
    """Orders that stand, and money that is on its way back."""
    pledges = list(Pledge.objects.filter(investor__in=own))
    standing = (Pledge.State.PLACED, Pledge.State.CONFIRMED, Pledge.State.WAITLISTED)
    found: list[Words] = []
    if any(pledge.state in standing for pledge in pledges):
        found.append(_("A pledge of yours still stands: take it back first, or wait for its end."))
    ended = [pledge for pledge in pledges if pledge.state in Pledge.ENDED]
    if any(each.paid.amount > 0 for each in figures.of_pledges(ended).values()):
        found.append(_("Money is on its way back to you: wait until it has arrived."))
    return found
