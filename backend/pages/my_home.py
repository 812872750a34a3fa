"""The investor's own page: what I put in, where it is now, what I have to do, my reports."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from djmoney.money import Money

from backend.core import clock, pages
from backend.core.models import User
from backend.core.money import ZERO, cents, from_cents
from backend.core.periods import following, quarter_of
from backend.reporting import happenings
from campaigns import beginnings, figures, members, statements
from campaigns.figures import PledgeFigures
from campaigns.models import Pledge
from investors.models import Investor, InvestorReport


@dataclass(frozen=True)
class Row:
    """One pledge with its figures, and where it is as a person sees it."""

    pledge: Pledge
    figures: PledgeFigures
    stage: str

    @property
    def is_to_pay(self) -> bool:
        standing = self.pledge.state in (Pledge.State.PLACED, Pledge.State.CONFIRMED)
        return standing and self.figures.shortfall.amount > 0


@pages.page("home.own")
def my_home(request: HttpRequest) -> HttpResponse:
    """Everything of the investors one acts for, newest first."""
    assert isinstance(request.user, User)
    rows = _rows(request.user)
    investors = Investor.objects.acted_for_by(request.user)
    own = InvestorReport.objects.filter(investor__in=investors)
    unread = ("pdf", "replaced_by__pdf", "replaced_by__data")
    told = own.select_related("replaced_by").defer(*unread)
    reports = list(told.order_by("-issued_at", "-pk")[:20])
    today = clock.today()
    to_pay = [row for row in rows if row.is_to_pay]
    next_report = following(quarter_of(today)).first_day
    context = {
        "rows": rows,
        "to_pay": to_pay,
        "happened": happenings.happened(investors),
        "coming": happenings.coming([row.pledge for row in to_pay], next_report=next_report),
        "reports": reports[:8],
        "interests": request.user.interests.live().select_related("campaign").in_queue(),
        "newest": _newest(reports),
        "where": _where(rows, reports, investors),
        "investors": investors,
        "held": members.received(investors, on=today),
        "next_report": next_report,
        "today": today,
    }
    return render(request, "reports/my_home.html", context)


def _rows(user: User) -> list[Row]:
    own = Pledge.objects.filter(investor__in=Investor.objects.acted_for_by(user))
    newest = Coalesce("queued_at", "started_at").desc()
    pledges = list(own.select_related("campaign", "investor").order_by(newest))
    found = figures.of_pledges(pledges)
    at = clock.now()
    return [Row(each, found[each.pk], _stage(each, found[each.pk], at)) for each in pledges]


def _stage(pledge: Pledge, standing: PledgeFigures, at: dt.datetime) -> str:
    if pledge.state == Pledge.State.STARTED:
        return beginnings.stage(pledge, at=at)
    return figures.stage(pledge, standing, at=at)


def _where(
    rows: Sequence[Row], reports: Sequence[InvestorReport], own: QuerySet[Investor]
) -> dict[str, Money]:
    """Paid, less what passed on and with what came; in homes as the newest reports tell; the rest.

    Money that came after the report was frozen is not in a home that may be told of.
    """
    paid = sum((row.figures.paid for row in rows), statements.passed(own))
    told = from_cents(sum(each.data["money"]["in_homes_cents"] for each in _newest(reports)))
    # Of shares that passed on since the newest report, the homes went with them.
    in_homes = min(told, max(paid, ZERO))
    return {"paid": paid, "in_homes": in_homes, "waiting": from_cents(cents(paid - in_homes))}


def _newest(reports: Sequence[InvestorReport]) -> list[InvestorReport]:
    """Of each investor the report of the latest day, a correction before what it corrects."""
    in_order = sorted(reports, key=lambda report: (report.data["as_of"], report.version))
    return list({report.investor_id: report for report in in_order}.values())
