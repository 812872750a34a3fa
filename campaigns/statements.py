"""An investor's statement: what was paid, returned, charged back, and what shares passed, of any period.

The layout, which adds up by construction, is `investors.statements`; the movements are gathered here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import clock, languages
from backend.core.errors import Refused
from backend.core.money import ZERO
from campaigns.models import ChangeOfHolder, Chargeback, Payment, Refund
from investors import statements
from investors.models import Investor
from investors.statements import Movement, Statement


class BadPeriod(Refused):
    code = "statement.bad_period"


def of_investor(investor: Investor, *, first_day: dt.date, last_day: dt.date) -> Statement:
    """The statement of an investor from a day to a day, both included; five queries. Raises BadPeriod.

    Without changes of holder its balance is what the ledger says was received from the investor, less
    what a card's holder took back.
    """
    if last_day < first_day:
        raise BadPeriod(_("It ends after it begins."), field="last_day")
    found = [*_payments(investor), *_returned(investor), *_disputed(investor), *_passed(investor)]
    return statements.statement(found, first_day=first_day, last_day=last_day)


def passed(investors: QuerySet[Investor]) -> Money:
    """The value of shares that came to some investors from others, less of what went to others."""
    own = set(investors.values_list("pk", flat=True))
    rows = ChangeOfHolder.objects.filter(Q(giver__in=own) | Q(taker__in=own))
    return sum(
        (
            _value(row) * ((row.taker_id in own) - (row.giver_id in own))
            for row in rows.select_related("allotment")
        ),
        ZERO,
    )


def _payments(investor: Investor) -> Iterator[Movement]:
    for row in _named(Payment.objects.filter(pledge__investor=investor), "pledge"):
        words = _("Paid for “%(offer)s”") % {"offer": row.offer}
        yield Movement(clock.day_of(row.received_at), words, row.amount)


def _returned(investor: Investor) -> Iterator[Movement]:
    rows = Refund.objects.filter(payment__pledge__investor=investor, returned_at__isnull=False)
    for row in _named(rows, "payment__pledge"):
        words = _("Returned from “%(offer)s”") % {"offer": row.offer}
        yield Movement(clock.day_of(row.returned_at), words, -row.amount)


def _disputed(investor: Investor) -> Iterator[Movement]:
    rows = Chargeback.objects.filter(payment__pledge__investor=investor)
    for row in _named(rows, "payment__pledge"):
        words = {"offer": row.offer}
        taken = _("Taken back by the card's bank from “%(offer)s”") % words
        yield Movement(clock.day_of(row.withdrawn_at), taken, -row.amount)
        given = row.reinstated_at or row.repaid_at
        if given is not None:
            yield Movement(clock.day_of(given), _("Paid again for “%(offer)s”") % words, row.amount)


def _passed(investor: Investor) -> Iterator[Movement]:
    rows = ChangeOfHolder.objects.filter(Q(giver=investor) | Q(taker=investor))
    for row in _named(rows.select_related("allotment"), "allotment"):
        words = {"shares": row.shares, "offer": row.offer, "title": row.get_kind_display()}
        if row.taker_id == investor.pk:
            came = _("%(shares)s shares of “%(offer)s” came to you: %(title)s") % words
            yield Movement(row.happened_on, came, _value(row))
        else:
            went = _("%(shares)s shares of “%(offer)s” passed on: %(title)s") % words
            yield Movement(row.happened_on, went, -_value(row))


def _value(row: ChangeOfHolder) -> Money:
    """What was paid for these shares at the offer; what they passed on for is not ours to know."""
    value: Money = row.allotment.amount * row.shares / row.allotment.shares
    return value


def _named(rows: QuerySet[Any], path: str) -> Iterable[Any]:
    """The rows with the name of their offer in the reader's language, Italian where it has none, in order."""
    title = f"{path}__campaign__title"
    said = NullIf(F(f"{title}_{languages.active()}"), Value(""))
    named: QuerySet[Any] = rows.annotate(offer=Coalesce(said, F(f"{title}_it")))
    return named.order_by("pk")
