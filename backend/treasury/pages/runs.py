"""Reconciliation runs: look now (or only pretend to), and what each look saw."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from djmoney.money import Money

from backend.core import clock, pages, users
from backend.treasury import reasons, reconciliation
from backend.treasury.models import ReconciliationRun


@pages.page("line.view", methods=("GET", "HEAD", "POST"))
def runs(request: HttpRequest) -> HttpResponse:
    person = pages.person_of(request)
    if request.method == "POST":
        users.require(person, "reconciliation.run")
        made = reconciliation.ask(
            by=person, at=clock.now(), dry_run=request.POST.get("dry_run") == "1"
        )
        return pages.done(
            request, _("Everything unexplained was looked at."), "treasury-run", pk=made.pk
        )
    rows = ReconciliationRun.objects.visible_to(person).order_by("-ran_at", "-id")
    return render(request, "treasury/runs.html", {"page": pages.paged(request, rows)})


@pages.page("line.view")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: what was booked, what is on one side only, and whether books and banks agree."""
    one = get_object_or_404(ReconciliationRun.objects.visible_to(pages.person_of(request)), pk=pk)
    context = {
        "run": one,
        "totals": one.totals,
        "reasons": _reasons(one.totals),
        "there": [_worded(item) for item in one.totals["there_not_here"]],
        "late": [_with_money(item, "left") for item in one.totals["here_not_there"]],
        "three_way": [
            _with_money(item, "records", "ledger", "outside")
            for item in one.totals.get("three_way", [])
        ],
        "payouts": _payouts(one.totals.get("payouts", {})),
        "provider": [_with_money(item, "amount") for item in one.totals.get("provider", [])],
        "accounts": [
            _with_money(item, "books", "bank", "difference") for item in one.totals["accounts"]
        ],
        "booked": _sums(one.totals["booked"]),
        "left": _sums(one.totals["left"]),
    }
    return render(request, "treasury/run.html", context)


def _reasons(totals: dict[str, Any]) -> list[tuple[str, int]]:
    found = sorted(totals["reasons"].items(), key=lambda pair: -pair[1])
    return [(reasons.text(code), count) for code, count in found]


def _worded(item: dict[str, Any]) -> dict[str, Any]:
    return {**_with_money(item, "left"), "why": reasons.text(item["reason"])}


def _with_money(item: dict[str, Any], *names: str) -> dict[str, Any]:
    """What was kept as text, with its amounts as money and its days as days."""
    told = dict(item)
    for name in names:
        told[name] = Money(item[name], item["currency"]) if item[name] is not None else None
    for name in {"value_on", "due_on"} & item.keys():
        told[name] = dt.date.fromisoformat(item[name])
    return told


def _payouts(told: dict[str, Any]) -> dict[str, Any]:
    """The sums of payouts and those that are open; empty where there was none."""
    if not told:
        return {}
    found = [_with_money(item, "amount", "arrived", "unexplained") for item in told["open"]]
    return {**_with_money(told, "amount", "parts", "arrived", "unexplained"), "open": found}


def _sums(part: dict[str, Any]) -> list[Money]:
    return [Money(amount, currency) for currency, amount in part["amounts"].items()]
