"""How the money stands, for whoever watches the house: by state, what nobody explained, do the books hold.

Read from balances that a trigger keeps and from open differences: the same cost at any size. Checking
the books reads every transfer, so a task does it each night and keeps the number of problems.
"""

import datetime as dt

from django.db.models import Count, Min, Sum
from django.utils.translation import gettext_lazy as _

from backend.core import vitals
from backend.core.vitals import Limits, Vital
from backend.ledger import checks
from backend.ledger.models import Account, Fund
from backend.treasury.models import Discrepancy

DAY, HOUR = 86_400, 3_600
PROBLEMS = "mattone_books_problems"
Kind = Account.Kind
# Payers are as many as pledges; what they paid is the sum of these in their fund.
OF_FUNDS = (Kind.CLEARING, Kind.HELD, Kind.HOLDING, Kind.USE, Kind.DUE, Kind.OWED)


def check_books(*, at: dt.datetime) -> int:
    """Recompute every invariant, keep how many problems there are, and return it."""
    problems = sum(len(check.problems) for check in checks.run())
    vitals.keep(name=PROBLEMS, value=problems, at=at)
    return problems


def _money(at: dt.datetime) -> dict[str, float]:
    funds = list(Fund.objects.filter(is_restricted=True).values_list("pk", flat=True))
    raised = Account.objects.filter(fund__in=funds, kind__in=OF_FUNDS)
    suspense = Account.objects.filter(fund=None, kind=Kind.SUSPENSE)
    found = dict.fromkeys((*OF_FUNDS, Kind.SUSPENSE), 0.0)
    for rows in (raised, suspense):
        for row in rows.values("kind").annotate(sum=Sum("balance_row__amount")):
            found[Kind(row["kind"])] = float(row["sum"] or 0)
    return {str(kind.value): amount for kind, amount in found.items()}


def _unmatched(at: dt.datetime) -> dict[str, float]:
    rows = Discrepancy.objects.waiting().values("kind").annotate(number=Count("id"))
    return dict.fromkeys(Discrepancy.Kind.values, 0) | {row["kind"]: row["number"] for row in rows}


def _unmatched_age(at: dt.datetime) -> dict[str, float]:
    oldest = Discrepancy.objects.waiting().aggregate(oldest=Min("opened_at"))["oldest"]
    return {"": vitals.age(oldest, at)}


VITALS = (
    Vital("mattone_money_euro", "Money in restricted funds, by where it is", _money, "state"),
    Vital("mattone_unmatched", "Differences that nobody explained yet", _unmatched, "kind"),
    Vital(
        "mattone_unmatched_age_seconds",
        "Since when the oldest difference waits",
        _unmatched_age,
        limits=Limits(5 * DAY, 15 * DAY, _("A difference waits for an explanation since long.")),
    ),
    Vital(
        PROBLEMS,
        "What the last check of the books found; 0 when they hold",
        vitals.kept(PROBLEMS),
        limits=Limits(1, 1, _("The books do not hold: run manage.py check_books.")),
    ),
    Vital(
        "mattone_books_check_age_seconds",
        "How long ago the books were checked",
        vitals.age_of_kept(PROBLEMS),
        limits=Limits(36 * HOUR, 72 * HOUR, _("The books were not checked since long.")),
    ),
)
