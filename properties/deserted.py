"""Sales to which nobody came: the court sets another, at the same price or a lower one (c.p.c. 591).

How far a price may fall is in `auctions`; the next day stands in the calendar like the first.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, users
from backend.core.errors import Conflict, Refused
from backend.core.money import as_text, said
from backend.core.users import Actor
from properties import auctions, guards
from properties.models import Acquisition, DesertedSale
from properties.models.routes import AT_COURT, SEARCH


class NotWaiting(Conflict):
    code = "deserted.not_waiting"


class NotHeldYet(Conflict):
    code = "deserted.not_held_yet"


class BadPrice(Refused):
    code = "deserted.bad_price"


class BadDay(Refused):
    code = "deserted.bad_day"


class BadNumber(Refused):
    code = "deserted.bad_number"


@dataclass(frozen=True, kw_only=True)
class NextSale:
    """The sale that the court set next. `number` is how many came to nothing so far, where it is
    more than we saw."""

    base_price: Money
    sale_on: dt.date
    offer_due_at: dt.datetime | None = None
    noticed_on: dt.date | None = None
    number: int | None = None


@transaction.atomic
def record(
    *, acquisition: Acquisition, following: NextSale, by: Actor, at: dt.datetime
) -> DesertedSale:
    """Write down that nobody came, and go on with the next sale and its price.

    Raises NotWaiting, NotHeldYet, BadNumber, BadPrice, BadDay, TooLate.
    """
    users.require(by, "acquisition.edit")
    locked = Acquisition.objects.select_for_update(no_key=True).get(pk=acquisition.pk)
    base, sale_on = _held(locked, at)
    number = _number(locked, following)
    _refuse_bad(following, base, sale_on, number)
    guards.refuse_past(sale_on=following.sale_on, offer_due_at=following.offer_due_at, at=at)
    sale = DesertedSale.objects.create(
        acquisition=locked,
        number=number,
        sale_on=sale_on,
        base_price=base,
        next_sale_on=following.sale_on,
        next_base_price=following.base_price,
        at=at,
        by_label=users.label(by),
    )
    fields = ("base_price", "sale_on", "offer_due_at", "noticed_on")
    for name in fields:
        setattr(locked, name, getattr(following, name))
        setattr(acquisition, name, getattr(following, name))
    locked.save(update_fields=fields)
    facts = {"number": number, "next": as_text(following.base_price, "en")}
    audit.record(action="acquisition.deserted", subject=locked, by=by, at=at, facts=facts)
    return sale


def may_be(acquisition: Acquisition) -> bool:
    """Whether a purchase waits for a court's sale that may come to nothing."""
    is_known = acquisition.sale_on is not None and acquisition.base_price is not None
    return acquisition.route in AT_COURT and acquisition.state in SEARCH and is_known


def _held(acquisition: Acquisition, at: dt.datetime) -> tuple[Money, dt.date]:
    """The price and the day of the sale that is over."""
    base, sale_on = acquisition.base_price, acquisition.sale_on
    if not may_be(acquisition) or base is None or sale_on is None:
        raise NotWaiting(_("This purchase waits for no sale with a day and a price."))
    if sale_on > clock.day_of(at):
        raise NotHeldYet(_("The day of the auction has not come yet."), field="sale_on")
    return base, sale_on


def _number(acquisition: Acquisition, following: NextSale) -> int:
    newest = acquisition.deserted_sales.order_by("number").last()
    least = newest.number + 1 if newest else 1
    if following.number is not None and following.number < least:
        raise BadNumber(
            _("This is the deserted sale number %(least)s at least.") % {"least": least},
            field="number",
        )
    return following.number or least


def _refuse_bad(following: NextSale, base: Money, sale_on: dt.date, number: int) -> None:
    least = auctions.lowest_next_price(base, deserted=number)
    if not least <= following.base_price <= base:
        raise BadPrice(
            _("The next price lies between %(least)s and %(base)s (c.p.c. 591).")
            % {"least": said(least), "base": said(base)},
            field="base_price",
        )
    if following.sale_on <= sale_on:
        raise BadDay(_("The next sale comes after the one before."), field="sale_on")
