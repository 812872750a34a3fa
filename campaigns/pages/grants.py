"""Grants and own money at the desk: how each stands, invoices with their papers, running costs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, documents, downloads, pages, undoing, users
from backend.core.fields import DayField, EuroField
from backend.core.models import Organisation, User
from backend.core.money import ZERO
from backend.ledger.models import Fund, Purpose
from backend.treasury.models import BankAccount
from campaigns import own_money
from campaigns.grants import agreements, costs, invoices, standing, statements
from campaigns.models import Grant, Invoice, RunningCost
from campaigns.pages import grant_changes

GRANT = "grant-desk"
KINDS = [pair for pair in Purpose.choices if pair[0] not in agreements.NEVER]


class GrantForm(forms.Form):
    """What the agreement says; instalments are lines of a day and an amount."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    title = forms.CharField(label=_("Title"), max_length=200)
    grantor = forms.CharField(label=_("Grantor"), max_length=200)
    agreement = forms.CharField(label=_("Agreement"), max_length=120)
    amount = EuroField(label=_("Amount"))
    own_share = EuroField(label=_("Own share promised"), required=False)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To"))
    pay_until = DayField(label=_("To be paid by"))
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of cost that it pays"), choices=KINDS, widget=forms.CheckboxSelectMultiple
    )
    bank_account = forms.ModelChoiceField(BankAccount.objects.none(), label=_("Account"))
    first_amount = EuroField(label=_("First instalment"))
    first_due_on = DayField(label=_("Due on"))
    last_amount = EuroField(label=_("Last instalment"), required=False)
    last_due_on = DayField(label=_("Last instalment due on"), required=False)

    def __init__(self, person: User, *args: Any) -> None:
        super().__init__(*args)
        _choose(self, "bank_account", _ordinary(person))

    def new(self, organisation: Organisation) -> agreements.NewGrant:
        told = dict(self.cleaned_data)
        parts = [(told.pop(f"{name}_amount"), told.pop(f"{name}_due_on")) for name in WHICH]
        told["own_share"] = told["own_share"] or ZERO
        found = [agreements.Instalment(*part) for part in parts if all(part)]
        return agreements.NewGrant(organisation=organisation, instalments=found, **told)


WHICH = ("first", "last")


class InvoiceForm(forms.Form):
    supplier = forms.CharField(label=_("Supplier"), max_length=200)
    supplier_tax_code = forms.CharField(label=_("Tax code"), max_length=20)
    supplier_iban = forms.CharField(label="IBAN", max_length=42, required=False)
    number = forms.CharField(label=_("Number"), max_length=60)
    issued_on = DayField(label=_("Issued on"))
    total = EuroField(label=_("Total"))
    paper = forms.FileField(label=_("Paper"), help_text=_("PDF or picture."))


class CostForm(forms.Form):
    """A part of an invoice, and what it was for."""

    invoice = forms.ModelChoiceField(Invoice.objects.none(), label=_("Invoice"))
    purpose = forms.ChoiceField(label=_("What it was spent for"), choices=KINDS)
    amount = EuroField(label=_("Amount"))
    incurred_on = DayField(label=_("Arose on"))
    due_on = DayField(label=_("To be paid by"))
    bank_account = forms.ModelChoiceField(BankAccount.objects.none(), label=_("Account"))
    fund = forms.ModelChoiceField(
        Fund.objects.none(), label=_("Own money"), required=False,
        empty_label=_("no: the grant pays"),
    )  # fmt: skip

    def __init__(self, person: User, *args: Any) -> None:
        super().__init__(*args)
        _choose(self, "invoice", Invoice.objects.visible_to(person).defer("content"))
        _choose(self, "bank_account", _ordinary(person))
        own = Fund.objects.filter(organisation=person.organisation_id, is_restricted=False)
        _choose(self, "fund", own.order_by("code"))


@pages.page("grant.view", methods=["GET", "HEAD", "POST"], once=True)
def grant_list(request: HttpRequest) -> HttpResponse:
    """The grants of one's organisation, and a new one."""
    person = _person(request)
    form = GrantForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = pages.attempt(form, lambda: _agreed(form, person))
        if made is not None:
            return pages.done(request, _("The grant is written down."), GRANT, pk=made.pk)
    rows = Grant.objects.visible_to(person).select_related("fund").order_by("-starts_on", "-id")
    today = clock.today()
    context = {
        "rows": [standing.of(grant, on=today) for grant in rows],
        "form": form,
        "may_edit": person.may("grant.edit"),
    }
    return render(request, "campaigns/grants.html", context)


@pages.page("grant.view", methods=["GET", "HEAD", "POST"], once=True)
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """One grant: what came, what was charged, what remains; charge a cost."""
    person = _person(request)
    found = _grant_of(person, pk)
    form = CostForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid() and (cost := _charged(form, person, found)):
        undo = undoing.of("running_cost.charged", cost.pk)
        return pages.done(request, _("The cost is charged."), GRANT, pk=pk, undo=undo)
    stands = standing.of(found, on=clock.today())
    context = {
        **grant_changes.shown(stands),
        "standing": stands,
        "grant": found,
        "form": form,
        "may_edit": person.may("grant.edit"),
    }
    return render(request, "campaigns/grant.html", context)


@pages.page("grant.view")
def statement(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The statement for the grantor as of today, as a document or a table."""
    found, today = _grant_of(_person(request), pk), clock.today()
    name = statements.name_of(found, today, form)
    if form == "pdf":
        content = statements.as_pdf(found, on=today)
        return downloads.paper(name=name, content=content, media_type="application/pdf")
    if form != "csv":
        raise Http404
    return downloads.csv(name=name, text=statements.as_csv(found, on=today))


@pages.page("grant.view", methods=["GET", "HEAD", "POST"], once=True)
def invoice_list(request: HttpRequest) -> HttpResponse:
    """The invoices with their papers, and a new one."""
    person = _person(request)
    form = InvoiceForm(request.POST or None, request.FILES or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and pages.attempt(form, lambda: _recorded(form, person)) is not None
    ):
        return pages.done(request, _("The invoice is kept."), "invoices")
    rows = Invoice.objects.visible_to(person).defer("content").order_by("-issued_on", "-id")
    context = {
        "page": pages.paged(request, rows), "form": form, "may_edit": person.may("grant.edit"),
    }  # fmt: skip
    return render(request, "campaigns/invoices.html", context)


@pages.page("grant.view")
def invoice_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of an invoice."""
    found: Invoice = get_object_or_404(Invoice.objects.visible_to(_person(request)), pk=pk)
    name = f"invoice-{found.pk}.{documents.SUFFIXES[found.media_type]}"
    return downloads.paper(name=name, content=bytes(found.content), media_type=found.media_type)


@pages.page("grant.view", methods=["GET", "HEAD", "POST"], once=True)
def own(request: HttpRequest) -> HttpResponse:
    """Own money: what it has, owes and spent; charge it a running cost, order what is due."""
    person = _person(request)
    form = CostForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid() and (cost := _charged(form, person, None)):
        undo = undoing.of("running_cost.charged", cost.pk)
        return pages.done(request, _("The cost is charged."), "own-money", undo=undo)
    organisation = get_object_or_404(Organisation, pk=person.organisation_id)
    context = {
        "standing": own_money.standing(organisation),
        "form": form,
        "unpaid": costs.unpaid(organisation),
        "order_form": OrderForm(initial={"execute_on": clock.today()}),
        "may_edit": person.may("grant.edit"),
        "may_release": person.may("campaign.release"),
    }
    return render(request, "campaigns/own_money.html", context)


class OrderForm(forms.Form):
    execute_on = DayField(label=_("To be executed on"))


@pages.page("payment_order.draft", methods=["POST"], once=True)
def order(request: HttpRequest) -> HttpResponse:
    """Order the payment of what is due, once another person approves."""
    person, form = _person(request), OrderForm(request.POST)
    if not form.is_valid():
        return pages.missing(request, _("Say on which day."), "own-money")
    organisation = get_object_or_404(Organisation, pk=person.organisation_id)
    due = costs.unordered(organisation)
    day = form.cleaned_data["execute_on"]
    made = costs.order(costs=due, execute_on=day, by=person, at=clock.now())
    return pages.done(
        request, _("Another person can approve the order now."), "treasury-order", pk=made.pk
    )


@pages.page("grant.edit", methods=["POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a cost that was neither paid nor ordered."""
    person = _person(request)
    cost: RunningCost = get_object_or_404(RunningCost.objects.visible_to(person), pk=pk)
    reason = request.POST.get("reason", "")
    costs.cancel(cost=cost, by=person, at=clock.now(), reason=reason)
    return pages.done(request, _("The cost is taken back."), "own-money")


def _person(request: HttpRequest) -> User:
    """Who asks; a POST changes something, so it needs more than to look."""
    person = pages.person_of(request)
    if request.method == "POST":
        users.require(person, "grant.edit")
    return person


def _grant_of(person: User, pk: int) -> Grant:
    rows = Grant.objects.visible_to(person).select_related("fund", "organisation")
    found: Grant = get_object_or_404(rows, pk=pk)
    return found


def _agreed(form: GrantForm, person: User) -> Grant:
    organisation = get_object_or_404(Organisation, pk=person.organisation_id)
    return agreements.agree(new=form.new(organisation), by=person, at=clock.now())


def _charged(form: CostForm, person: User, found: Grant | None) -> RunningCost | None:
    charge: Callable[[], RunningCost] = lambda: costs.charge(  # noqa: E731
        new=costs.NewCost(grant=found, **form.cleaned_data), by=person, at=clock.now()
    )
    return pages.attempt(form, charge)


def _recorded(form: InvoiceForm, person: User) -> Invoice:
    told = dict(form.cleaned_data)
    raw = told.pop("paper").read(documents.MAX_BYTES + 1)
    organisation = get_object_or_404(Organisation, pk=person.organisation_id)
    new = invoices.NewInvoice(organisation=organisation, raw=raw, **told)
    return invoices.record(new=new, by=person, at=clock.now())


def _ordinary(person: User) -> Any:
    mine = BankAccount.objects.visible_to(person)
    return mine.filter(kind=BankAccount.Kind.ORDINARY).order_by("name")


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    chosen = form.fields[name]
    assert isinstance(chosen, forms.ModelChoiceField)
    chosen.queryset = rows
