"""What happened to an investor's money, and what comes next: the two lists of the investor's home.

Reads only. Of homes and people it says no more than the reports do: that a report is there.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.models import Allotment, Payment, Pledge, Refund
from investors.models import Investor, InvestorReport

SHOWN = 12


@dataclass(frozen=True)
class Happening:
    """Something that happened at an instant, or comes on a day; `url` shows more of it."""

    what: str | Promise
    about: str
    at: dt.datetime | dt.date
    url: str
    amount: Money | None = None


def happened(investors: QuerySet[Investor]) -> list[Happening]:
    """The newest things first; five queries however long somebody has been with us."""
    found = [
        *_pledges(Pledge.objects.filter(investor__in=investors, placed_at__isnull=False)),
        *_payments(Payment.objects.filter(pledge__investor__in=investors)),
        *_refunds(
            Refund.objects.filter(
                payment__pledge__investor__in=investors, returned_at__isnull=False
            )
        ),
        *_allotments(Allotment.objects.filter(pledge__investor__in=investors)),
        *_reports(InvestorReport.objects.filter(investor__in=investors)),
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


def coming(to_pay: Sequence[Pledge], *, next_report: dt.date) -> list[Happening]:
    """What comes by a day, the earliest first: payments, then the next report."""
    payments = [
        Happening(_("Pay your pledge"), each.campaign.title, each.pay_last_day, _page(each.pk))
        for each in to_pay
        if each.pay_last_day is not None
    ]
    report = Happening(_("The next quarter closes; your report follows"), "", next_report, "")
    return sorted([*payments, report], key=lambda one: one.at)


def _pledges(rows: QuerySet[Pledge]) -> Iterable[Happening]:
    for row in rows.select_related("campaign").order_by("-placed_at")[:SHOWN]:
        if row.placed_at is not None:
            yield Happening(
                _("You pledged"), row.campaign.title, row.placed_at, _page(row.pk), row.amount
            )


def _payments(rows: QuerySet[Payment]) -> Iterable[Happening]:
    for row in rows.select_related("pledge__campaign").order_by("-received_at")[:SHOWN]:
        title, url = row.pledge.campaign.title, _page(row.pledge_id)
        yield Happening(_("Your payment arrived"), title, row.received_at, url, row.amount)


def _refunds(rows: QuerySet[Refund]) -> Iterable[Happening]:
    for row in rows.select_related("payment__pledge__campaign").order_by("-returned_at")[:SHOWN]:
        pledge = row.payment.pledge
        if row.returned_at is not None:
            yield Happening(
                _("Money went back to you"),
                pledge.campaign.title,
                row.returned_at,
                _page(pledge.pk),
                row.amount,
            )


def _allotments(rows: QuerySet[Allotment]) -> Iterable[Happening]:
    for row in rows.select_related("campaign").order_by("-allotted_at")[:SHOWN]:
        yield Happening(
            _("Shares became yours"),
            row.campaign.title,
            row.allotted_at,
            _page(row.pledge_id),
            row.amount,
        )


def _reports(rows: QuerySet[InvestorReport]) -> Iterable[Happening]:
    for row in rows.only("issued_at", "period_label").order_by("-issued_at")[:SHOWN]:
        url = reverse("report", args=[row.pk])
        yield Happening(_("Your report is there"), row.period_label, row.issued_at, url)


def _page(pledge: int) -> str:
    return reverse("pledge", args=[pledge])
