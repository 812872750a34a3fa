"""Write a campaign and change it: one form, with its plan for the money and its documents."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.errors import Refused
from backend.core.fields import DayField, EuroField
from backend.core.models import Organisation, User
from backend.ledger.models import Fund, Purpose
from backend.treasury.models import BankAccount
from campaigns import drafting
from campaigns.drafting import Draft, Paper, PlannedLine
from campaigns.models import Campaign, CampaignDocument
from campaigns.rules import REGIMES

EMPTY_LINES = 3
EMPTY_PAPERS = 2


class NoIssuer(Refused):
    code = "campaign.no_issuer"


class CampaignForm(forms.Form):
    """Texts, terms, and where the money waits."""

    slug = forms.SlugField(label=_("Address of the page"), max_length=60)
    title_it = forms.CharField(label=_("Title in Italian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    summary_it = forms.CharField(label=_("Summary in Italian"), widget=forms.Textarea)
    summary_en = forms.CharField(label=_("Summary in English"), widget=forms.Textarea)
    risk_it = forms.CharField(label=_("What can go wrong, in Italian"), widget=forms.Textarea)
    risk_en = forms.CharField(label=_("What can go wrong, in English"), widget=forms.Textarea)
    regime = forms.ChoiceField(
        label=_("Law"), choices=[(code, each.name) for code, each in REGIMES.items()]
    )
    instrument = forms.ChoiceField(label=_("What is sold"), choices=Campaign.Instrument.choices)
    use_of_funds = forms.ChoiceField(label=_("Use of funds"), choices=Campaign.UseOfFunds.choices)
    mode = forms.ChoiceField(label=_("Who takes the orders"), choices=Campaign.Mode.choices)
    platform = forms.ModelChoiceField(
        Organisation.objects.filter(kind=Organisation.Kind.PLATFORM),
        label=_("Authorised platform"),
        required=False,
    )
    platform_url = forms.URLField(
        label=_("The offer's page at the platform"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    authorisation_number = forms.CharField(
        label=_("Authorisation number"), max_length=60, required=False
    )
    money_bank = forms.CharField(
        label=_("Bank that holds the money"), max_length=200, required=False
    )
    price_per_share = EuroField(label=_("Price of one share (euro)"))
    nominal_per_share = EuroField(
        label=_("Nominal value of one share (euro); the rest is premium"), required=False
    )
    capital_before = EuroField(label=_("Capital before the offer (euro)"), required=False)
    is_spv = forms.BooleanField(label=_("The issuer is a special purpose vehicle"), required=False)
    has_certified_accounts = forms.BooleanField(
        label=_("Its last two accounts are certified"), required=False
    )
    min_shares = forms.IntegerField(label=_("Fewest shares in a pledge"), min_value=1, initial=1)
    minimum = EuroField(label=_("Minimum (euro)"))
    target = EuroField(label=_("Target (euro)"))
    maximum = EuroField(label=_("Maximum (euro)"))
    pre_campaign_threshold = EuroField(label=_("Interest needed to open (euro)"))
    opens_on = DayField(label=_("Opens on"))
    deadline_on = DayField(label=_("Ends on"))
    restricted_account = forms.ModelChoiceField(
        BankAccount.objects.none(), label=_("Restricted account"), required=False
    )
    ordinary_account = forms.ModelChoiceField(
        BankAccount.objects.none(), label=_("Issuer's account"), required=False
    )
    own_fund = forms.ModelChoiceField(
        Fund.objects.none(), label=_("Own money that bears the fees"), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = BankAccount.objects.filter(holder=user.organisation_id)
        kinds = BankAccount.Kind
        self._choose("restricted_account", held.filter(kind=kinds.RESTRICTED))
        self._choose("ordinary_account", held.filter(kind=kinds.ORDINARY))
        own = Fund.objects.filter(organisation=user.organisation_id, is_restricted=False)
        self._choose("own_fund", own)

    def _choose(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField), "these three are choices of rows"
        field.queryset = rows


class LineForm(forms.Form):
    label_it = forms.CharField(label=_("What for, in Italian"), max_length=200)
    label_en = forms.CharField(label=_("What for, in English"), max_length=200)
    amount = EuroField(label=_("Amount (euro)"))
    purpose = forms.ChoiceField(
        label=_("Compared with what is paid for"),
        choices=[("", _("nothing")), *Purpose.choices],
        required=False,
    )
    home = forms.CharField(
        label=_("Code of the home, where it is for one"), max_length=40, required=False
    )


class PaperForm(forms.Form):
    # With their first choice as initial a form that nobody filled in counts as empty.
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=CampaignDocument.Kind.choices,
        initial=CampaignDocument.Kind.STATUTE,
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    url = forms.URLField(label=_("Address"), max_length=300, assume_scheme="https")
    language = forms.ChoiceField(
        label=_("Language"), choices=[("it", _("Italian")), ("en", _("English"))], initial="it"
    )


Lines = forms.formset_factory(LineForm, extra=EMPTY_LINES)
Papers = forms.formset_factory(PaperForm, extra=EMPTY_PAPERS)


@pages.page("campaign.edit", methods=["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a new campaign, as a draft."""
    return _edited(request, None)


@pages.page("campaign.edit", methods=["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a campaign that is not open yet."""
    campaign = get_object_or_404(Campaign.objects.of_staff(pages.user_of(request)), slug=slug)
    return _edited(request, campaign)


def _edited(request: HttpRequest, campaign: Campaign | None) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    data = request.POST or None
    form = CampaignForm(data, user=user, initial=_initial(campaign))
    if campaign is not None:
        form.fields["slug"].disabled = True
    lines = Lines(data, prefix="lines", initial=_lines(campaign))
    papers = Papers(data, prefix="papers")
    if request.method == "POST" and all([form.is_valid(), lines.is_valid(), papers.is_valid()]):
        draft = _draft(form, lines, papers)
        saved = pages.attempt(form, lambda: _saved(user, campaign, draft))
        if saved is not None:
            return pages.done(request, _("Saved."), "campaign-desk", slug=saved.slug)
    context = {"campaign": campaign, "form": form, "lines": lines, "papers": papers}
    return render(request, "campaigns/desk_edit.html", context)


def _saved(user: User, campaign: Campaign | None, draft: Draft) -> Campaign:
    at = clock.now()
    if campaign is None:
        if user.organisation is None:
            raise NoIssuer(_("You belong to no issuer that could raise money."))
        return drafting.create(issuer=user.organisation, draft=draft, by=user, at=at)
    return drafting.revise(campaign=campaign, draft=draft, by=user, at=at)


def _draft(form: forms.Form, lines: Any, papers: Any) -> Draft:
    told = dict(form.cleaned_data)
    slug = told.pop("slug")
    return Draft(
        slug=slug,
        fields=told,
        lines=[PlannedLine(**line) for line in lines.cleaned_data if line],
        papers=[Paper(**paper) for paper in papers.cleaned_data if paper.get("url")],
    )


def _initial(campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        return {"min_shares": 1, "mode": Campaign.Mode.MIRROR}
    return {name: getattr(campaign, name) for name in CampaignForm.base_fields}


def _lines(campaign: Campaign | None) -> list[dict[str, Any]]:
    """The lines of the plan as they stand."""
    return [
        {
            "label_it": line.label_it,
            "label_en": line.label_en,
            "amount": line.amount,
            "purpose": line.purpose,
            "home": line.home,
        }
        for line in (campaign.planned_lines.all() if campaign else ())
    ]
