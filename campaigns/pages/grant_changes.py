"""What changes a grant after it was agreed, at the desk: more time, and unspent money that goes back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core import clock, pages
from backend.core.errors import Refused
from backend.core.fields import DayField, EuroField
from backend.core.money import ZERO
from campaigns.grants import extensions, repayments
from campaigns.grants.standing import Standing
from campaigns.models import Grant

GRANT = "grant-desk"


class NotSaid(Refused):
    code = "grant.not_said"


class ExtensionForm(forms.Form):
    ends_on = DayField(label=gettext_lazy("To"))
    pay_until = DayField(label=gettext_lazy("To be paid by"))
    letter = forms.CharField(label=gettext_lazy("The grantor's letter"), max_length=200)


class RepaymentForm(forms.Form):
    amount = EuroField(label=gettext_lazy("Amount"))
    iban = forms.CharField(label=gettext_lazy("The grantor's IBAN"), max_length=42)
    execute_on = DayField(label=gettext_lazy("To be executed on"))


def shown(standing: Standing) -> dict[str, Any]:
    """The forms of a grant's page, as far as there is something to change."""
    grant = standing.grant
    days = {"ends_on": grant.ends_on, "pay_until": grant.pay_until}
    back = {"amount": standing.unspent.amount, "execute_on": clock.today()}
    return {
        "extension_form": ExtensionForm(initial=days),
        "repayment_form": RepaymentForm(initial=back) if standing.unspent > ZERO else None,
        "extensions": grant.extensions.order_by("id"),
        "repayments": grant.repayments.select_related("expectation").order_by("id"),
    }


@pages.page("grant.edit", methods=("POST",))
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a grant's last days on."""
    person, form = pages.person_of(request), ExtensionForm(request.POST)
    grant = get_object_or_404(Grant.objects.visible_to(person), pk=pk)
    if not form.is_valid():
        raise NotSaid(_("Fill in every field."))
    more = extensions.MoreTime(**form.cleaned_data)
    extensions.extend(grant=grant, more=more, by=person, at=clock.now())
    return pages.done(request, _("The grant has more time."), GRANT, pk=pk)


@pages.page("grant.edit", methods=("POST",), once=True)
def repay(request: HttpRequest, pk: int) -> HttpResponse:
    """Order that unspent money goes back."""
    person, form = pages.person_of(request), RepaymentForm(request.POST)
    grant = get_object_or_404(Grant.objects.visible_to(person), pk=pk)
    if not form.is_valid():
        raise NotSaid(_("Fill in every field."))
    repayments.repay(grant=grant, by=person, at=clock.now(), **form.cleaned_data)
    return pages.done(request, _("Another person approves the order."), GRANT, pk=pk)
