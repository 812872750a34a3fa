"""Payment orders: what was ordered at the bank, what waits for another person, what became of it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import approvals, clock, downloads, pages
from backend.core.models import User
from backend.treasury import executions, order_reports, payment_orders, returned_payments
from backend.treasury.formats.pain_status import NotAReport
from backend.treasury.models import BankLine, CreditTransfer, PaymentOrder
from backend.treasury.pages.lines import LINES, ReasonForm

ORDER = "treasury-order"


class ReportForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("The bank's report (pain.002)"))


@pages.page("payment_order.view")
def order_list(request: HttpRequest) -> HttpResponse:
    rows = PaymentOrder.objects.visible_to(pages.person_of(request)).with_sums()
    return render(
        request, "treasury/orders.html", {"page": pages.paged(request, rows.order_by("-id"))}
    )


@pages.page("payment_order.view")
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order with its transfers, and what is to be done next."""
    person = pages.person_of(request)
    one = visible(person, pk)
    page = pages.paged(request, one.transfers.order_by("number"))
    context = {
        "order": one,
        "page": page,
        "rows": _rows(list(page)),
        "tally": executions.tally(one.transfers.all()),
        "waiting": approvals.waiting(action=payment_orders.APPROVE, subject=one),
        "form": ReasonForm(),
        "report_form": ReportForm(),
        "reports": one.reports.defer("content").order_by("-id"),
        "may_draft": person.may("payment_order.draft"),
        "outcomes": executions.OUTCOMES,
    }
    return render(request, "treasury/order.html", context)


@pages.page("payment_order.draft")
def order_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file to hand in at the bank."""
    person = pages.person_of(request)
    one = visible(person, pk)
    content = payment_orders.file_of(order=one, by=person, at=clock.now())
    return downloads.xml(name=f"{one.message_id}.xml", content=content)


@pages.page("payment_order.draft", methods=("POST",))
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    person = pages.person_of(request)
    reason = request.POST.get("reason", "").strip()
    payment_orders.drop(order=visible(person, pk), by=person, at=clock.now(), reason=reason)
    return pages.done(request, _("The order is dropped: it can be ordered anew."), ORDER, pk=pk)


@pages.page("payment_order.draft", methods=("POST",))
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in what the bank reports of the order (pain.002)."""
    person, form = pages.person_of(request), ReportForm(request.POST, request.FILES)
    one = visible(person, pk)
    if not form.is_valid():
        raise NotAReport(_("Choose the bank's file."), field="file")
    raw = form.cleaned_data["file"].read()
    made = order_reports.take_in(order=one, raw=raw, by=person, at=clock.now())
    asked = approvals.waiting(action=order_reports.CONFIRM, subject=made) is not None
    sentence = _("The bank rejected a part of it: another person confirms that.")
    return pages.done(request, sentence if asked else _("The report is kept."), ORDER, pk=pk)


@pages.page("payment_order.draft", methods=("POST",))
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another person to confirm that the bank did not execute a transfer."""
    person = pages.person_of(request)
    transfers = CreditTransfer.objects.visible_to(person)
    transfer = get_object_or_404(transfers.select_related("order__bank_account"), pk=pk)
    returned_payments.ask_to_give_up(
        transfer=transfer, by=person, at=clock.now(), reason=request.POST.get("reason", "")
    )
    return pages.done(request, _("Another person can confirm it now."), ORDER, pk=transfer.order_id)


@pages.page("line.classify", methods=("POST",))
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a line returns the payment whose reference it quotes."""
    person = pages.person_of(request)
    line = get_object_or_404(BankLine.objects.visible_to(person), pk=pk)
    reason = _("Recognised by hand.")
    returned_payments.accept(line=line, by=person, at=clock.now(), reason=reason)
    return pages.done(request, _("The payment came back: it is owed again."), LINES)


def visible(person: User, pk: int) -> PaymentOrder:
    order: PaymentOrder = get_object_or_404(
        PaymentOrder.objects.visible_to(person).with_sums(), pk=pk
    )
    return order


def _rows(transfers: list[CreditTransfer]) -> list[dict[str, Any]]:
    found, told = executions.outcomes(transfers), order_reports.newest(transfers)
    return [
        {
            "transfer": one,
            "outcome": found[one.pk],
            "told": told.get(one.pk),
            "words": executions.OUTCOMES[found[one.pk]],
            "waits": approvals.waiting(action=returned_payments.GIVE_UP, subject=one),
        }
        for one in transfers
    ]
