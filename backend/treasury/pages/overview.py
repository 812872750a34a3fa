"""Where the money stands: what the books and the banks say, what is not explained, do the books hold."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from backend.core import clock, pages
from backend.core.roles import may
from backend.ledger import checks, seals
from backend.treasury import bank_accounts, expectations
from backend.treasury.models import BankAccount, BankLine, Discrepancy, ReconciliationRun

CHECKS_SECONDS = 60


@pages.page("line.view")
def treasury(request: HttpRequest) -> HttpResponse:
    """The first page of finance: does the bank equal the books, and what is to be done."""
    person = pages.person_of(request)
    accounts = BankAccount.objects.visible_to(person).order_by("name")
    runs = ReconciliationRun.objects.visible_to(person)
    late = expectations.overdue(on=clock.today()).filter(bank_account__in=accounts)
    context = {
        "standings": bank_accounts.standings(accounts),
        "unexplained": BankLine.objects.visible_to(person).unexplained().count(),
        "waiting": Discrepancy.objects.visible_to(person).waiting().count(),
        "late": late[:20],
        "late_count": late.count(),
        "last_run": runs.order_by("-ran_at", "-id").first(),
        "today": clock.today(),
        "may_upload": person.may("statement.upload"),
    }
    return render(request, "treasury/overview.html", context)


@pages.page()
def books_check(request: HttpRequest) -> HttpResponse:
    """Whether every invariant of the books holds. Open to all; what is wrong is for those who may.

    The public answer is computed once a minute at most: it reads every transfer.
    """
    user = pages.user_of(request)
    may_see = user.is_authenticated and may(user, "books.check")
    found = checks.run() if may_see else _recent_checks()
    items = [
        {
            "label": _(check.name),
            "done": check.ok,
            "note": "; ".join(check.problems) if may_see else "",
        }
        for check in found
    ]
    context = {
        "items": items,
        "all_hold": all(check.ok for check in found),
        "at": clock.now(),
        "head": seals.head(),
    }
    return render(request, "treasury/checks.html", context)


def _recent_checks() -> list[checks.Check]:
    found = cache.get("books-check")
    if found is None:
        found = checks.run()
        cache.set("books-check", found, CHECKS_SECONDS)
    return list(found)
