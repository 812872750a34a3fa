"""One order of a platform, version by version: placed, resized, revoked; what each makes of its pledges.

A later version supersedes the one before, which stays readable; the same again changes nothing. Whether
an order was taken back in time is judged by when the platform heard of it, never by when we do. Files
of them are in `platform_orders`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core import users
from backend.core.errors import Conflict
from backend.core.models import Organisation
from backend.core.users import Actor
from campaigns import amendments, places, pledges
from campaigns.models import Campaign, OrderFile, OrderPerson, PlatformOrder, Pledge
from campaigns.order_rows import OrderRow, plain_code
from campaigns.orders import Order
from investors import onboarding
from investors.models import Investor

NEW, CHANGED, REVOKED, SAME = "new", "changed", "revoked", "same"
KINDS = (NEW, CHANGED, REVOKED, SAME)
REVOKED_THERE = "revoked at the platform"
LIVE = (Pledge.State.PLACED, Pledge.State.CONFIRMED, Pledge.State.WAITLISTED)


class NoPlatform(Conflict):
    code = "order_mapping.no_platform"


class AnotherPerson(Conflict):
    code = "order.another_person"


class RevokedBefore(Conflict):
    code = "order.revoked_before"


class PersonErased(Conflict):
    code = "order.person_erased"


class AllottedBefore(Conflict):
    code = "order.allotted_before"


@dataclass(frozen=True)
class Who:
    """Who brings it, when, and of when it tells."""

    by: Actor
    at: dt.datetime
    made_at: dt.datetime

    def heard_at(self, row: OrderRow) -> dt.datetime:
        """When the platform heard of a change: its own time where the row has it, else the file's."""
        return min(max(row.changed_at or self.made_at, row.ordered_at), self.at)


def platform_of(campaign: Campaign) -> Organisation:
    """Who takes this campaign's orders. Raises NoPlatform."""
    if campaign.platform is None:
        raise NoPlatform(_("Name the platform of this campaign first."), campaign=campaign.slug)
    return campaign.platform


def tell(campaign: Campaign, row: OrderRow, who: Who, file: OrderFile | None) -> str:
    """Do what one order says beyond its last version; return what that was.

    The caller holds the campaign's lock. Raises what placing, amending or revoking a pledge raises,
    NoPlatform, AnotherPerson, PersonErased, RevokedBefore, AllottedBefore.
    """
    platform = platform_of(campaign)
    versions = campaign.platform_orders.filter(platform=platform, order_id=row.order_id)
    past = list(versions.select_related("pledge__investor", "person").order_by("version"))
    newest = past[-1] if past else None
    if newest is not None and _is_same(newest, row):
        return SAME
    pledge = _renewed(campaign, row, past, who) if newest else _placed(campaign, row, who)
    told = PlatformOrder.objects.create(
        campaign=campaign,
        platform=platform,
        order_id=row.order_id,
        version=len(past) + 1,
        facts=row.order(),
        pledge=pledge,
        file=file,
        recorded_at=who.at,
        by_label=users.label(who.by),
    )
    OrderPerson.objects.create(order=told, told=row.person())
    if row.is_revoked:
        return REVOKED
    return CHANGED if past else NEW


def forget(*, investor: Investor) -> int:
    """Erase who ordered from the orders of an investor; how many versions. What was ordered stays."""
    people = OrderPerson.objects.filter(order__pledge__investor=investor)
    return people.delete()[0]


def _person(order: PlatformOrder) -> dict[str, Any] | None:
    """Who a version is of; None once that was erased."""
    kept = getattr(order, "person", None)
    return kept.told if kept is not None else None


def _is_same(order: PlatformOrder, row: OrderRow) -> bool:
    return order.facts == row.order() and _person(order) in (None, row.person())


def _placed(campaign: Campaign, row: OrderRow, who: Who) -> Pledge:
    """A new order; one that was revoked before we heard of it leaves its trace all the same."""
    investor = investor_of(campaign, row, by=who.by, at=who.at)
    order = Order(campaign, investor, row.shares, ordered_at=row.ordered_at)
    pledge = pledges.mirror(order=order, by=who.by, at=who.at)
    if row.is_revoked:
        _revoke(pledge, row, who, REVOKED_THERE)
    return pledge


def _renewed(campaign: Campaign, row: OrderRow, past: Sequence[PlatformOrder], who: Who) -> Pledge:
    """A later version of an order: revoked, fewer or more shares, or other words about the person."""
    newest = past[-1]
    person = _person(newest)
    if person is None:
        # Nothing is left to tell by that it is the same person; and who left is not taken up again.
        raise PersonErased(
            _("Who placed this order was erased: a new order has a new number."), field="order_id"
        )
    if plain_code(person["tax_code"]) != plain_code(row.tax_code):
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


def _resized(campaign: Campaign, row: OrderRow, live: Sequence[Pledge], who: Who) -> Pledge | None:
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


def _revoke(pledge: Pledge, row: OrderRow, who: Who, reason: str) -> None:
    heard_at = who.heard_at(row)
    pledges.revoke(pledge=pledge, by=who.by, at=who.at, reason=reason, heard_at=heard_at)


def _take(pledge: Pledge, shares: int, row: OrderRow, who: Who) -> None:
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
    known = Investor.objects.with_tax_code(plain_code(row.tax_code)).first()
    return known or onboarding.admit(profile=profile, by=by, at=at)
