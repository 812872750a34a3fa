"""My profile: what is missing first, then what is known; one investor at a time, with a switch.

What is asked on pages of their own stands in `assessing` (test, simulation) and `standing`
(category, people, ties).
"""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.core.models import User
from investors import assessments, codes, identification, naming, onboarding, suitability, warnings
from investors.forms import ProfileForm
from investors.models import Complaint, Investor, Qualification, Representation, in_time_of

READ_WRITE = ("GET", "HEAD", "POST")
RECENT = 10


class DetailsForm(forms.Form):
    """What may be changed by hand: where money goes back, and what the public sees."""

    iban = forms.CharField(label=_("IBAN"), max_length=42, required=False)
    shown_as = forms.ChoiceField(
        label=_("How the public sees you"),
        choices=Investor.ShownAs.choices,
        widget=forms.RadioSelect,
    )


@pages.page("profile.own")
def profile(request: HttpRequest) -> HttpResponse:
    """What is missing and the next step, then everything that is written down."""
    user, at = pages.person_of(request), clock.now()
    investors = list(Investor.objects.acted_for_by(user).order_by("name", "pk"))
    chosen = _chosen(request, investors)
    context: dict[str, Any] = {
        "tabs": _tabs(investors) if len(investors) > 1 else [],
        "here": _address(chosen) if chosen else "",
        "past": _past(user),
        "complaints": Complaint.objects.filter(complainant=user).unfinished().count(),
    }
    if chosen is not None:
        context |= _known(chosen, at)
    return render(request, "investors/profile.html", context)


@pages.page("profile.own", methods=READ_WRITE)
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the IBAN and what the public sees."""
    user, at = pages.person_of(request), clock.now()
    investor = own(request, pk)
    initial = {"iban": investor.iban, "shown_as": investor.shown_as}
    form = DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        changed = pages.attempt(
            form,
            lambda: onboarding.change_iban(investor=investor, iban=told["iban"], by=user, at=at),
        )
        if changed is not None:
            onboarding.show_as(investor=investor, choice=told["shown_as"], by=user, at=at)
            return done(request, _("Your details are saved."), investor)
    return form_page(request, investor, form, title=_("Your details"), submit=_("Save"))


@pages.page("profile.own", methods=READ_WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Register another investor for whom one acts: oneself, or a body."""
    user = pages.person_of(request)
    own_ones = Investor.objects.acted_for_by(user)
    is_synthetic = own_ones.exists() and not own_ones.filter(is_synthetic=False).exists()
    form = ProfileForm(request.POST or None, initial={"kind": Investor.Kind.ENTITY})
    if request.method == "POST" and form.is_valid():
        told = form.profile(user, is_synthetic=is_synthetic)
        made = pages.attempt(
            form, lambda: onboarding.register(profile=told, user=user, by=user, at=clock.now())
        )
        if made is not None:
            return done(request, _("Thank you: we know who invests."), made)
    title = _("Invest for somebody else too")
    return form_page(request, None, form, title=title, submit=_("Continue"))


@pages.page("profile.own", methods=["POST"])
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take note of a warning or result that stays on the page until then."""
    investor, subject = own(request, pk), request.POST.get("subject", "")[:80]
    assessments.acknowledge_due(
        investor=investor, subject=subject, by=pages.person_of(request), at=clock.now()
    )
    return done(request, _("Noted, with the day and the words you read."), investor)


# --- What the other pages of the profile share ----------------------------------------------------


def own(request: HttpRequest, pk: int) -> Investor:
    """An investor for whom the person acts; 404 for every other."""
    acted_for = Investor.objects.acted_for_by(pages.person_of(request))
    found: Investor = get_object_or_404(acted_for, pk=pk)
    return found


def done(
    request: HttpRequest, sentence: Any, investor: Investor, *, undo: str = ""
) -> HttpResponse:
    """Say what was done and show the profile of the investor it was done for."""
    return pages.done(request, sentence, _address(investor), undo=undo)


def form_page(
    request: HttpRequest, investor: Investor | None, form: forms.Form, **words: Any
) -> HttpResponse:
    """A page that is one form: `title` and `submit`, and perhaps `lead`, `notes`, `rows`."""
    context = {"investor": investor, "form": form, "back_url": reverse("profile"), **words}
    if investor is not None:
        context["back_url"] = _address(investor)
    return render(request, str(words.get("template", "investors/form_page.html")), context)


def _address(investor: Investor) -> str:
    return f"{reverse('profile')}?investor={investor.pk}"


def _tabs(investors: list[Investor]) -> list[dict[str, str]]:
    return [{"label": each.name, "url": _address(each)} for each in investors]


def _chosen(request: HttpRequest, investors: list[Investor]) -> Investor | None:
    """The one in the address, else the first."""
    wanted = request.GET.get("investor", "")
    by_pk = {str(each.pk): each for each in investors}
    return by_pk.get(wanted) or (investors[0] if investors else None)


def _known(investor: Investor, at: dt.datetime) -> dict[str, Any]:
    standing = assessments.standing(investor, at=at)
    identity = identification.newest_checks([investor]).get(investor.pk)
    due = assessments.unacknowledged(investor)
    return {
        "investor": investor,
        "standing": standing,
        "country": codes.country_name(investor.tax_country),
        "public_name": naming.public_name(investor),
        "identity": identity,
        "steps": _steps(investor, standing, at),
        "due": [{"subject": about, "text": str(told)} for about, told in due.items()],
        "test": assessments.newest_test(investor),
        "simulation": assessments.newest_simulation(investor),
        "keeps_figures": assessments.keeps_components(investor),
        "qualifications": investor.qualifications.order_by("-asked_at", "-pk")[:RECENT],
        "may_end": Qualification.State.GRANTED,
        "people": investor.representations.filter(ended_at=None).select_related("user"),
        "ties": investor.conflicts.filter(until=None).select_related("organisation"),
        "acknowledgements": [
            {"given": each, "text": warnings.text(each.kind, each.version, each.amounts)}
            for each in investor.acknowledgements.order_by("-given_at", "-pk")[:RECENT]
        ],
    }


def _steps(
    investor: Investor, standing: suitability.Standing, at: dt.datetime
) -> list[dict[str, Any]]:
    """The checklist, what is missing first; the first that is missing is the next step."""
    order = suitability.Order(total=suitability.WARNING_FLOOR, is_acknowledged=True)
    lacks = {need.code for need in suitability.missing(standing=standing, order=order, at=at)}
    blocked = identification.blockers([investor], at=at).get(investor.pk, [])
    steps = [
        _step("iban", _("IBAN for money that goes back to you"), "profile-details", lacks),
        _step("knowledge_test", _("Questions on what you would buy"), "profile-test", lacks),
        _step("loss_simulation", _("The loss you could bear"), "profile-simulation", lacks),
        {
            "label": _("Identity checked"),
            "done": not blocked,
            "note": " ".join(str(need.sentence) for need in blocked)
            or _("The platform checks it; shares are allotted only then."),
            "url_name": "",
        },
    ]
    if standing.is_sophisticated:
        steps = [each for each in steps if each["url_name"] in ("", "profile-details")]
    for each in steps:
        each["url"] = reverse(each["url_name"], args=[investor.pk]) if each["url_name"] else ""
    return sorted(steps, key=lambda each: bool(each["done"]))


def _step(code: str, label: Any, url_name: str, lacks: set[str]) -> dict[str, Any]:
    return {"label": label, "done": code not in lacks, "note": "", "url_name": url_name}


def _past(user: User) -> list[dict[str, Any]]:
    """For whom one acted before, with the number of tests and simulations of that time (R53)."""
    ended = Representation.objects.filter(user=user).exclude(ended_at=None)
    rows = []
    for held in ended.select_related("investor").order_by("-ended_at"):
        mine = in_time_of(user, investor="investor", instant="taken_at")
        rows.append(
            {
                "held": held,
                "tests": held.investor.knowledge_tests.filter(mine).order_by("-taken_at"),
                "simulations": held.investor.loss_simulations.filter(mine).order_by("-taken_at"),
            }
        )
    return rows
