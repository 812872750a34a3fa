"""What of treasury stands in the way of closing a month: statements not handed in, lines not explained,
differences still open.
"""

import datetime as dt

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core.models import Organisation
from backend.ledger.months import Obstacle
from backend.treasury.models import BankAccount, BankLine, Discrepancy


def until(organisation: Organisation, day: dt.date) -> list[Obstacle]:
    """The organisation's open work up to a day, the cause before its effects."""
    return [
        *_missing(organisation, day),
        *_unexplained(organisation, day),
        *_open(organisation, day),
    ]


def _missing(organisation: Organisation, day: dt.date) -> list[Obstacle]:
    """Accounts with statements, of which none reaches the day or lies after it."""
    accounts = BankAccount.objects.filter(holder=organisation).annotate(
        reached=Max("statements__to_on", filter=Q(statements__closing__isnull=False))
    )
    return [
        Obstacle(
            _("The statements of %(account)s do not reach the end of the month.")
            % {"account": account.name},
            "treasury-statements",
        )
        for account in accounts.filter(reached__lt=day).order_by("name")
    ]


def _unexplained(organisation: Organisation, day: dt.date) -> list[Obstacle]:
    lines = BankLine.objects.filter(account__holder=organisation, booked_on__lte=day)
    count = lines.unexplained().count()
    sentence = ngettext(
        "%(count)s bank line is not explained.", "%(count)s bank lines are not explained.", count
    )
    return [Obstacle(sentence % {"count": count}, "treasury-lines")] if count else []


def _open(organisation: Organisation, day: dt.date) -> list[Obstacle]:
    """Of the lines of the time, and of expectations that were due in it."""
    waiting = Discrepancy.objects.waiting().filter(bank_account__holder=organisation)
    of_month = Q(line__booked_on__lte=day) | Q(line=None, expectation__due_on__lte=day)
    count = waiting.filter(of_month).count()
    sentence = ngettext(
        "%(count)s difference is still open.", "%(count)s differences are still open.", count
    )
    return [Obstacle(sentence % {"count": count}, "treasury-differences")] if count else []
