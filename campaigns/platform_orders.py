"""Orders that an authorised platform took, by file or typed in; they become pledges like any other.

A later version of an order supersedes the one before, which stays readable; the same again changes
nothing. A file is applied whole or not at all, and a dry run says what it would do. Whether an order was
taken back in time is judged by when the platform heard of it, never by when we do.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, tables, users
from backend.core.errors import Conflict, Refused, RuleBroken
from backend.core.models import Organisation
from backend.core.users import Actor
from campaigns import amendments, order_rows, places, pledges
from campaigns.models import Campaign, OrderFile, OrderMapping, PlatformOrder, Pledge
from campaigns.order_rows import Fault, OrderRow
from campaigns.orders import Order
from investors import onboarding
from investors.models import Investor

NEW, CHANGED, REVOKED, SAME = "new", "changed", "revoked", "same"
KINDS = (NEW, CHANGED, REVOKED, SAME)
REVOKED_THERE = "revoked at the platform"
LIVE = (Pledge.State.PLACED, Pledge.State.CONFIRMED, Pledge.State.WAITLISTED)


class NoMapping(Conflict):
    code = "order_mapping.missing"


class NoPlatform(Conflict):
    code = "order_mapping.no_platform"


class FileFaulty(Refused):
    """Something is wrong in the file, so nothing of it was applied; `facts["faults"]` tells all."""

    code = "order_file.faulty"


class AnotherPerson(Conflict):
    code = "order.another_person"


class RevokedBefore(Conflict):
    code = "order.revoked_before"


class AllottedBefore(Conflict):
    code = "order.allotted_before"


@dataclass(frozen=True)
class Upload:
    """A file of orders for a campaign; `made_at` is when the platform made it, where somebody says so."""

    campaign: Campaign
    raw: bytes
    name: str = ""
    made_at: dt.datetime | None = None


@dataclass
class Outcome:
    """What a file did, or would do: how many orders of each kind, and what is wrong in it."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    faults: list[Fault] = field(default_factory=list)


class _Undone(Exception):
    """Takes everything of a dry run, or of a faulty file, back."""


def save_mapping(
    *, campaign: Campaign, columns: Mapping[str, str], by: Actor, at: dt.datetime
) -> OrderMapping:
    """Remember which column of the platform's files holds what, for all offers of this issuer there.

    Raises BadMapping, NoPlatform.
    """
    issuer, platform = campaign.issuer, platform_of(campaign)
    named = order_rows.check_mapping(columns)
    with transaction.atomic():
        mapping, _created = OrderMapping.objects.update_or_create(
            issuer=issuer, platform=platform, defaults={"columns": named}
        )
        audit.record(
            action="order_mapping.saved", subject=mapping, by=by, at=at, facts={"columns": named}
        )
    return mapping


def mapping_of(campaign: Campaign) -> dict[str, str]:
    """The columns that were saved for the campaign's platform; empty before."""
    if campaign.platform is None:
        return {}
    known = OrderMapping.objects.filter(issuer=campaign.issuer_id, platform=campaign.platform_id)
    columns: dict[str, str] = known.values_list("columns", flat=True).first() or {}
    return columns


def platform_of(campaign: Campaign) -> Organisation:
    """Who takes this campaign's orders. Raises NoPlatform."""
    if campaign.platform is None:
        raise NoPlatform(_("Name the platform of this campaign first."), campaign=campaign.slug)
    return campaign.platform


def look(*, upload: Upload, by: Actor, at: dt.datetime) -> Outcome:
    """The dry run: what the file would do and all that is wrong in it, with nothing kept."""
    rows, faults = _read(upload)
    return _try(upload, rows, faults, _who(upload, rows, by, at), is_kept=False)


def take_in(*, upload: Upload, by: Actor, at: dt.datetime) -> Outcome:
    """Apply a file whole. Raises FileFaulty with every fault, and then nothing was applied."""
    rows, faults = _read(upload)
    outcome = _try(upload, rows, faults, _who(upload, rows, by, at), is_kept=True)
    if outcome.faults:
        raise FileFaulty(
            _("Nothing was applied: %(n)s rows of the file are wrong.")
            % {"n": len(outcome.faults)},
            faults=[vars(fault) for fault in outcome.faults],
        )
    return outcome


def type_in(*, campaign: Campaign, row: OrderRow, by: Actor, at: dt.datetime) -> PlatformOrder:
    """Take in one order that a person types, new or a later version; also a revocation told by phone.

    Raises what placing, amending or revoking a pledge raises, AnotherPerson, RevokedBefore.
    """
    with transaction.atomic():
        places.lock(campaign)
        _told(campaign, row, _Who(by, at, at), None)
        orders = campaign.platform_orders.filter(platform=campaign.platform, order_id=row.order_id)
        return orders.latest("version")


# --- A file -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Who:
    """Who brings it, when, and of when it tells."""

    by: Actor
    at: dt.datetime
    made_at: dt.datetime

    def heard_at(self, row: OrderRow) -> dt.datetime:
        """When the platform heard of a change: its own time where the row has it, else the file's."""
        return min(max(row.changed_at or self.made_at, row.ordered_at), self.at)


def _who(upload: Upload, rows: Sequence[OrderRow], by: Actor, at: dt.datetime) -> _Who:
    """Of a file that nobody dated the newest instant in it: it was made then or later, and in doubt for
    the investor."""
    named = [row.changed_at or row.ordered_at for row in rows]
    return _Who(by, at, upload.made_at or max(named, default=at))


def _read(upload: Upload) -> tuple[list[OrderRow], list[Fault]]:
    columns = mapping_of(upload.campaign)
    if not columns:
        raise NoMapping(_("Say first which column of this platform's files holds what."))
    table = tables.read(upload.raw)
    price = upload.campaign.price_per_share
    return order_rows.read(table=table, columns=columns, price=price)


def _try(
    upload: Upload, rows: Sequence[OrderRow], faults: Sequence[Fault], who: _Who, *, is_kept: bool
) -> Outcome:
    """Apply all rows in the order of their time, each in a savepoint; keep them only if all fit."""
    outcome = Outcome(faults=list(faults))
    try:
        with transaction.atomic():
            places.lock(upload.campaign)
            file = _file(upload, len(rows), who)
            for row in sorted(rows, key=_by_time):
                _apply(upload, row, who, file, outcome)
            if outcome.faults or not is_kept:
                raise _Undone
            _note(file, outcome, who)
    except _Undone:
        outcome.faults.sort(key=lambda fault: fault.line)
    return outcome


def _by_time(row: OrderRow) -> tuple[dt.datetime, int]:
    return row.changed_at or row.ordered_at, row.line


def _apply(upload: Upload, row: OrderRow, who: _Who, file: OrderFile, outcome: Outcome) -> None:
    try:
        with transaction.atomic():
            outcome.counts[_told(upload.campaign, row, who, file)] += 1
    except RuleBroken as problem:
        name = str(problem.facts.get("field", ""))
        outcome.faults.append(
            Fault(row.line, name if name in order_rows.FIELDS else "", str(problem))
        )


def _file(upload: Upload, rows: int, who: _Who) -> OrderFile:
    return OrderFile.objects.create(
        campaign=upload.campaign,
        platform=platform_of(upload.campaign),
        name=upload.name[:200],
        content_hash=hashlib.sha256(upload.raw).hexdigest(),
        rows=rows,
        applied_at=who.at,
        by_label=users.label(who.by),
    )


def _note(file: OrderFile, outcome: Outcome, who: _Who) -> None:
    audit.record(
        action="orders.taken_in",
        subject=file.campaign,
        by=who.by,
        at=who.at,
        facts={"file": file.pk, "hash": file.content_hash, **outcome.counts},
    )


# --- An order ---------------------------------------------------------------------------------------


def _told(campaign: Campaign, row: OrderRow, who: _Who, file: OrderFile | None) -> str:
    """Do what one order says beyond its last version; return what that was."""
    platform = platform_of(campaign)
    versions = campaign.platform_orders.filter(platform=platform, order_id=row.order_id)
    past = list(versions.select_related("pledge__investor").order_by("version"))
    newest = past[-1] if past else None
    if newest is not None and newest.facts == row.facts():
        return SAME
    pledge = _renewed(campaign, row, past, who) if newest else _placed(campaign, row, who)
    PlatformOrder.objects.create(
        campaign=campaign,
        platform=platform,
        order_id=row.order_id,
        version=len(past) + 1,
        facts=row.facts(),
        pledge=pledge,
        file=file,
        recorded_at=who.at,
        by_label=users.label(who.by),
    )
    if row.is_revoked:
        return REVOKED
    return CHANGED if past else NEW


def _placed(campaign: Campaign, row: OrderRow, who: _Who) -> Pledge:
    """A new order; one that was revoked before we heard of it leaves its trace all the same."""
    investor = investor_of(campaign, row, by=who.by, at=who.at)
    order = Order(campaign, investor, row.shares, ordered_at=row.ordered_at)
    pledge = pledges.mirror(order=order, by=who.by, at=who.at)
    if row.is_revoked:
        _revoke(pledge, row, who, REVOKED_THERE)
    return pledge


def _renewed(campaign: Campaign, row: OrderRow, past: Sequence[PlatformOrder], who: _Who) -> Pledge:
    """A later version of an order: revoked, fewer or more shares, or other words about the person."""
    newest = past[-1]
    if _plain(newest.facts["tax_code"]) != _plain(row.tax_code):
        raise AnotherPerson(
            _("This order belongs to somebody with another tax code."), field="tax_code"
        )
    if newest.facts["is_revoked"]:
        raise RevokedBefore(
            _("This order was revoked: a new one has a new number."), field="status"
        )
    live = _live(past)
    if row.is_revoked:
        for pledge in live:
            _revoke(pledge, row, who, REVOKED_THERE)
        return newest.pledge
    if row.shares == newest.facts["shares"]:
        return newest.pledge
    return _resized(campaign, row, live, who) or newest.pledge


def _live(past: Sequence[PlatformOrder]) -> list[Pledge]:
    """The pledges of an order that still stand or wait, the newest first."""
    found = Pledge.objects.filter(pk__in={version.pledge_id for version in past}, state__in=LIVE)
    return list(found.select_related("campaign", "investor").order_by("-queued_at", "-id"))


def _resized(campaign: Campaign, row: OrderRow, live: Sequence[Pledge], who: _Who) -> Pledge | None:
    """More shares are a pledge of their own that queues behind; fewer are taken from the newest."""
    if not live:
        raise AllottedBefore(
            _("This order has ended here: its shares cannot change."), field="shares"
        )
    now = sum(pledge.shares for pledge in live)
    if row.shares > now:
        heard_at, more_shares = who.heard_at(row), row.shares - now
        more = Order(campaign, live[0].investor, more_shares, added_to=now, ordered_at=heard_at)
        return pledges.mirror(order=more, by=who.by, at=who.at)
    for pledge in live:
        too_many = min(now - row.shares, pledge.shares)
        now -= too_many
        _take(pledge, too_many, row, who)
    return None


def _revoke(pledge: Pledge, row: OrderRow, who: _Who, reason: str) -> None:
    heard_at = who.heard_at(row)
    pledges.revoke(pledge=pledge, by=who.by, at=who.at, reason=reason, heard_at=heard_at)


def _take(pledge: Pledge, shares: int, row: OrderRow, who: _Who) -> None:
    if shares == pledge.shares:
        _revoke(pledge, row, who, "fewer shares at the platform")
    elif shares:
        locked = places.lock(pledge.campaign)
        fresh = pledges.fresh([pledge])[0]
        pledges.refuse_irrevocable(fresh, locked, who.heard_at(row))
        amendments.lower(
            pledge=fresh, campaign=locked, shares=pledge.shares - shares, by=who.by, at=who.at
        )


def investor_of(campaign: Campaign, row: OrderRow, *, by: Actor, at: dt.datetime) -> Investor:
    """The investor with this tax code, made when nobody has it; synthetic as the campaign is."""
    profile = onboarding.Profile(
        kind=row.kind,
        name=row.name,
        tax_code=row.tax_code,
        email=row.email,
        iban=row.iban,
        born_on=row.born_on,
        is_synthetic=campaign.is_synthetic,
    )
    known = Investor.objects.filter(tax_code=_plain(row.tax_code)).first()
    return known or onboarding.admit(profile=profile, by=by, at=at)


def _plain(tax_code: str) -> str:
    return "".join(tax_code.split()).replace(".", "").replace("-", "").upper()
