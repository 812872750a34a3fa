"""Money that goes back: the desk's page of a campaign's refunds, and an investor's account for one."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, clock, documents, downloads, pages
from backend.core.fields import DayField
from backend.treasury.models import PaymentOrder
from campaigns import refunds, works
from campaigns.models import Campaign, Pledge, Refund, ReturnAccount
from campaigns.pages.desk import campaign_of
from campaigns.returns import accounts, orders, progress
from investors import reads

DESK = "campaign-desk-returns"
MOST_SHOWN = 200


class OrderForm(forms.Form):
    execute_on = DayField(label=_("To be executed on"))
    schema = forms.ChoiceField(label=_("Format"), choices=PaymentOrder.Schema.choices)


class AccountForm(forms.Form):
    """An account with the paper that shows whose it is."""

    iban = forms.CharField(label="IBAN", max_length=42)
    holder = forms.CharField(label=_("Holder of the account"), max_length=70)
    paper = forms.FileField(
        label=_("Paper of the bank"),
        help_text=_("PDF or picture that shows the name and the IBAN."),
    )


class EvidenceForm(forms.Form):
    evidence = forms.CharField(label=_("How you know whose account it is"), max_length=300)


@pages.page("payment_order.view")
def campaign_returns(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the return of the money is, what to order, whose account is wanted."""
    found, person = campaign_of(request, slug), pages.person_of(request)
    standing = progress.of(found)
    wanting = _wanting(found, standing)
    investors = [row["pledge"].investor for row in wanting if row["account"]]
    reads.note(investors=investors, place=accounts.PLACE, by=person, at=clock.now())
    context = {
        "campaign": found,
        "progress": standing,
        "card_work": works.card_refunds(found),
        "stages": [stage for stage in standing.stages.values() if stage.count],
        "wanting": wanting,
        "orders": orders.of_campaign(found).with_sums(),
        "form": OrderForm(initial={"execute_on": clock.today()}),
        "evidence": EvidenceForm(),
        "may_draft": person.may("payment_order.draft"),
        "to_order": standing.stages[progress.TO_ORDER].count,
    }
    return render(request, "campaigns/desk_returns.html", context)


@pages.page("payment_order.draft", methods=["POST"], once=True)
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Order what waits, once another person approves."""
    campaign, form = campaign_of(request, slug), OrderForm(request.POST)
    if not form.is_valid():
        return pages.missing(request, _("Say on which day."), DESK, slug=slug)
    orders.draft(
        campaign=campaign,
        by=pages.person_of(request),
        at=clock.now(),
        **form.cleaned_data,
    )
    return pages.done(request, _("Another person can approve the order now."), DESK, slug=slug)


@pages.page("payment_order.draft", methods=["POST"])
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Owe a failed refund anew, to the account that it has now."""
    person = pages.person_of(request)
    rows = Refund.objects.filter(payment__pledge__in=Pledge.objects.visible_to(person))
    refund: Refund = get_object_or_404(rows.select_related("payment__pledge__campaign"), pk=pk)
    refunds.ask_again(refund=refund, by=person, at=clock.now())
    slug = refund.payment.pledge.campaign.slug
    return pages.done(request, _("It will be in the next order."), DESK, slug=slug)


@pages.page("", methods=["GET", "HEAD", "POST"])
def tell_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell an account to which the money of a pledge may go back."""
    person = pages.person_of(request)
    pledge = get_object_or_404(accounts.tellable(person).select_related("campaign"), pk=pk)
    form = AccountForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = _told(form)
        made = pages.attempt(
            form, lambda: accounts.tell(pledge=pledge, told=told, by=person, at=clock.now())
        )
        if made is not None:
            return pages.done(
                request, _("Thank you: two people will check the account."), "pledge", pk=pk
            )
    context = {"form": form, "pledge": pledge, "campaign": pledge.campaign}
    return render(request, "campaigns/return_account.html", context)


@pages.page("return_account.check", methods=["POST"])
def check_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an account was checked, and ask another person to confirm it."""
    person = pages.person_of(request)
    rows = ReturnAccount.objects.visible_to(person).select_related("pledge__campaign")
    account = get_object_or_404(rows, pk=pk)
    evidence = request.POST.get("evidence", "")
    accounts.check(account=account, evidence=evidence, by=person, at=clock.now())
    slug = account.pledge.campaign.slug
    return pages.done(request, _("Another person can confirm it now."), DESK, slug=slug)


@pages.page("return_account.check")
def account_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper that was handed in with an account."""
    person = pages.person_of(request)
    account = get_object_or_404(ReturnAccount.objects.visible_to(person), pk=pk)
    accounts.note_shown(account=account, by=person, at=clock.now())
    name = f"account-{account.pk}.{documents.SUFFIXES[account.media_type]}"
    return downloads.paper(name=name, content=bytes(account.content), media_type=account.media_type)


def _told(form: AccountForm) -> accounts.Told:
    said = form.cleaned_data
    raw = said["paper"].read(documents.MAX_BYTES + 1)
    return accounts.Told(said["iban"], said["holder"], raw)


def _wanting(campaign: Campaign, standing: progress.Progress) -> list[dict[str, Any]]:
    """The refunds that cannot be ordered as they are, with the accounts told for them."""
    codes = (progress.FAILED, progress.NO_ACCOUNT)
    found = [refund for code in codes for refund in standing.stages[code].refunds][:MOST_SHOWN]
    told = ReturnAccount.objects.filter(pledge__campaign=campaign).defer("content").order_by("-id")
    newest: dict[int, ReturnAccount] = {}
    for account in told:
        newest.setdefault(account.pledge_id, account)
    return [_row(refund, newest.get(refund.payment.pledge_id)) for refund in found]


def _row(refund: Refund, account: ReturnAccount | None) -> dict[str, Any]:
    waits = account and approvals.waiting(action=accounts.CONFIRM, subject=account)
    return {"refund": refund, "pledge": refund.payment.pledge, "account": account, "waits": waits}
