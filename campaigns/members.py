"""The register of members: who holds how many shares on a day, and every later change of holder.

A register entry is an allotment; what passed on is a row of its own, by gift, inheritance or sale, of
all its shares or some. Nothing is ever changed: a day in the past is read as it was.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from campaigns import certificates
from campaigns.models import Allotment, Campaign, ChangeOfHolder, RegisterFiling
from investors import onboarding
from investors.models import Investor


class NotHeld(Conflict):
    code = "register.not_held"


class BadChange(Refused):
    code = "register.bad_change"


class BadFiling(Refused):
    code = "register.bad_filing"


@dataclass(frozen=True)
class Change:
    """Shares that pass on: of which register entry, from whom to whom, when and by what title."""

    allotment: Allotment
    giver: Investor
    taker: Investor
    shares: int
    kind: str
    happened_on: dt.date
    evidence: str


@dataclass(frozen=True)
class Filing:
    """What was filed at the business register: a campaign's allotments, or one change."""

    filed_on: dt.date
    protocol: str
    change: ChangeOfHolder | None = None


@dataclass(frozen=True)
class Holding:
    """What one holder has of one register entry."""

    allotment: Allotment
    holder: Investor
    shares: int


@dataclass(frozen=True)
class Membership:
    """That somebody is in the register: the shares they hold now, and when they last passed some on."""

    shares: int
    last_given_on: dt.date | None


@dataclass(frozen=True)
class Move:
    """A change as the pure reckoning sees it: holders by id."""

    on: dt.date
    giver: int
    taker: int
    shares: int


def membership(investor: Investor) -> Membership | None:
    """Whether an investor is or was a member of any issuer; None for who never held a share."""
    allotted = Allotment.objects.filter(pledge__investor=investor).aggregate(sum=Sum("shares"))
    came = ChangeOfHolder.objects.filter(taker=investor).aggregate(sum=Sum("shares"))
    gone = ChangeOfHolder.objects.filter(giver=investor).aggregate(
        sum=Sum("shares"), last=Max("happened_on")
    )
    if allotted["sum"] is None and came["sum"] is None:
        return None
    had = (allotted["sum"] or 0) + (came["sum"] or 0)
    return Membership(had - (gone["sum"] or 0), gone["last"])


def holdings(campaign: Campaign, *, on: dt.date) -> list[Holding]:
    """Who held what at the end of a day, by register number. Three queries."""
    allotted = campaign.allotments.filter(allotted_at__lt=clock.end_of(on))
    found = list(allotted.select_related("pledge__investor").order_by("register_number"))
    moves = _moves(found)
    held = {
        each.pk: held_on(each.pledge.investor_id, each.shares, moves[each.pk], on) for each in found
    }
    people = Investor.objects.in_bulk({pk for parts in held.values() for pk in parts})
    return [
        Holding(each, people[pk], shares)
        for each in found
        for pk, shares in held[each.pk].items()
        if shares
    ]


def holders(pledges: Iterable[int], *, on: dt.date) -> dict[int, dict[int, int]]:
    """Shares by investor of each allotted pledge (by id) at the end of a day. Two queries."""
    allotted = Allotment.objects.filter(pledge__in=list(pledges), allotted_at__lt=clock.end_of(on))
    found = list(allotted.select_related("pledge"))
    moves = _moves(found)
    held = {
        each.pledge_id: held_on(each.pledge.investor_id, each.shares, moves[each.pk], on)
        for each in found
    }
    return {pledge: {who: n for who, n in parts.items() if n} for pledge, parts in held.items()}


def received(investors: QuerySet[Investor], *, on: dt.date) -> list[Holding]:
    """What investors hold on a day of entries that others subscribed: it came to them later."""
    came = ChangeOfHolder.objects.filter(taker__in=investors).values("allotment")
    entries = Allotment.objects.filter(pk__in=came).exclude(pledge__investor__in=investors)
    found = list(entries.select_related("campaign", "pledge").order_by("pk"))
    held = holders((each.pledge_id for each in found), on=on)
    people = investors.in_bulk()
    return [
        Holding(each, people[who], shares)
        for each in found
        for who, shares in held.get(each.pledge_id, {}).items()
        if who in people
    ]


def held_on(first: int, shares: int, moves: Iterable[Move], on: dt.date) -> dict[int, int]:
    """Shares by holder at the end of a day; `first` got them all at the allotment. Pure."""
    held = {first: shares}
    for move in sorted(moves, key=lambda move: move.on):
        if move.on <= on:
            held[move.giver] = held.get(move.giver, 0) - move.shares
            held[move.taker] = held.get(move.taker, 0) + move.shares
    return held


def may_give(first: int, shares: int, moves: Sequence[Move], wanted: Move) -> bool:
    """Whether the giver has the shares on that day and keeps enough for what was given later. Pure."""
    together = [*moves, wanted]
    days = {move.on for move in together if move.on >= wanted.on}
    return all(min(held_on(first, shares, together, day).values()) >= 0 for day in sorted(days))


def change_holder(*, change: Change, by: Actor, at: dt.datetime) -> ChangeOfHolder:
    """Write down that shares passed to another holder; holding them brings no dividend right here.

    From its day on reports and statements follow the new holder, and proofs from now on; what was
    issued to the old one stays theirs.
    Raises NotHeld when the giver had not so many, BadChange for a day that cannot be or a strange pair.
    """
    with transaction.atomic():
        # The lock makes of two givers of one entry the second one wait.
        allotment = Allotment.objects.select_for_update(of=("self",)).get(pk=change.allotment.pk)
        _refuse_bad(change, allotment, clock.day_of(at))
        wanted = Move(change.happened_on, change.giver.pk, change.taker.pk, change.shares)
        first = allotment.pledge.investor_id
        if not may_give(first, allotment.shares, _moves([allotment])[allotment.pk], wanted):
            raise NotHeld(
                _("%(name)s did not hold so many shares of this entry then.")
                % {"name": change.giver.name},
                field="shares",
            )
        row = ChangeOfHolder.objects.create(
            **vars(change) | {"allotment": allotment}, recorded_at=at, by_label=users.label(by)
        )
        onboarding.introduce(investor=change.taker, organisation=allotment.campaign.issuer)
        facts = {"entry": allotment.register_number, "shares": change.shares, "kind": change.kind}
        audit.record(action="register.holder_changed", subject=allotment, by=by, at=at, facts=facts)
        held = holders([allotment.pledge_id], on=clock.day_of(at))[allotment.pledge_id]
        certificates.follow_change(change=row, held=held, by=by, at=at)
    return row


def file(*, campaign: Campaign, filing: Filing, by: Actor, at: dt.datetime) -> RegisterFiling:
    """Note a filing at the business register. Raises BadFiling for a day that cannot be."""
    earliest = campaign.allotments.order_by("allotted_at").first()
    if earliest is None or not (
        clock.day_of(earliest.allotted_at) <= filing.filed_on <= clock.day_of(at)
    ):
        raise BadFiling(
            _("A filing follows the allotment and is not of a day to come."), field="filed_on"
        )
    with transaction.atomic():
        row = RegisterFiling.objects.create(
            campaign=campaign,
            change=filing.change,
            filed_on=filing.filed_on,
            protocol=filing.protocol,
            recorded_at=at,
            by_label=users.label(by),
        )
        facts = {"filed_on": filing.filed_on.isoformat(), "protocol": filing.protocol}
        audit.record(action="register.filed", subject=campaign, by=by, at=at, facts=facts)
    return row


def _moves(allotted: Sequence[Allotment]) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = defaultdict(list)
    rows = ChangeOfHolder.objects.filter(allotment__in=[each.pk for each in allotted])
    for row in rows.order_by("happened_on", "id"):
        move = Move(row.happened_on, row.giver_id, row.taker_id, row.shares)
        found[row.allotment_id].append(move)
    return found


def _refuse_bad(change: Change, allotment: Allotment, today: dt.date) -> None:
    if not clock.day_of(allotment.allotted_at) <= change.happened_on <= today:
        raise BadChange(
            _("Shares pass on after they were allotted, and not on a day to come."),
            field="happened_on",
        )
    if change.giver.pk == change.taker.pk or change.giver.is_synthetic != change.taker.is_synthetic:
        raise BadChange(_("These two cannot pass shares to each other."), field="taker")
    if change.shares < 1:
        raise BadChange(_("At least one share passes on."), field="shares")
