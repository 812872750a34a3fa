"""More time for a grant: the grantor agreed to later days. The fund's policies grow by the same days."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from backend.ledger import funds
from campaigns.models import Grant, GrantExtension

ONE_DAY = dt.timedelta(days=1)


class NotLater(Conflict):
    code = "grant.extension_not_later"


class LetterMissing(Refused):
    code = "grant.letter_missing"


@dataclass(frozen=True, kw_only=True)
class MoreTime:
    """What the grantor wrote: costs may arise to `ends_on`, and be paid by `pay_until`."""

    ends_on: dt.date
    pay_until: dt.date
    letter: str


def extend(*, grant: Grant, more: MoreTime, by: Actor, at: dt.datetime) -> GrantExtension:
    """Move a grant's last days on. What was before stays written.

    Raises LetterMissing without the letter's date or number, NotLater for days that are not later, or
    in the wrong order.
    """
    users.require(by, "grant.edit")
    if not more.letter.strip():
        raise LetterMissing(_("Say by which letter the grantor agreed."), field="letter")
    with transaction.atomic():
        now: Grant = Grant.objects.select_for_update(no_key=True).get(pk=grant.pk)
        _refuse_earlier(now, more)
        made: GrantExtension = GrantExtension.objects.create(
            grant=now,
            letter=more.letter.strip()[:200],
            ends_on_before=now.ends_on,
            pay_until_before=now.pay_until,
            ends_on=more.ends_on,
            pay_until=more.pay_until,
            agreed_at=at,
            by_label=users.label(by),
        )
        _allow(now, more, by, at)
        now.ends_on, now.pay_until = more.ends_on, more.pay_until
        now.save(update_fields=["ends_on", "pay_until"])
        facts = {"ends_on": more.ends_on.isoformat(), "pay_until": more.pay_until.isoformat()}
        audit.record(
            action="grant.extended", subject=now, by=by, at=at, reason=made.letter, facts=facts
        )
    grant.ends_on, grant.pay_until = more.ends_on, more.pay_until
    return made


def _refuse_earlier(now: Grant, more: MoreTime) -> None:
    is_same = (more.ends_on, more.pay_until) == (now.ends_on, now.pay_until)
    is_earlier = more.ends_on < now.ends_on or more.pay_until < now.pay_until
    if is_same or is_earlier or more.pay_until < more.ends_on:
        raise NotLater(
            _("An extension ends later than before, and is paid after it ends."), field="ends_on"
        )


def _allow(now: Grant, more: MoreTime, by: Actor, at: dt.datetime) -> None:
    """The same kinds of cost, from the day on which they would have ended."""
    if more.pay_until == now.pay_until:
        return
    kinds = set(now.fund.policies.values_list("purpose", flat=True))
    days = (now.pay_until + ONE_DAY, more.pay_until + ONE_DAY)
    funds.allow(fund=now.fund, purposes=kinds, valid_from=days[0], valid_to=days[1], by=by, at=at)
