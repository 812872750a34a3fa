"""The city's page about its own referrals; every count on it is suppressed before it comes here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from backend.core import clock, pages
from properties import referrals, wording
from properties.models import Household


@pages.page("referral.view")
def referrals_of_city(request: HttpRequest) -> HttpResponse:
    """Received, housed, waiting, closed and why; days to the keys as a band."""
    found = referrals.dossiers(person=pages.person_of(request), at=clock.now())
    dossiers = [
        {
            "issuer": each.issuer.name,
            "as_of": each.dossier.as_of,
            "total": wording.told(each.dossier.total, "households"),
            "wait": wording.told(each.dossier.wait, "days"),
            "rows": [
                {"name": _name(row.code), "text": wording.told(row.shown, "households")}
                for row in each.dossier.rows
            ],
        }
        for each in found
    ]
    return render(request, "properties/referrals.html", {"dossiers": dossiers})


def _name(code: str) -> str:
    if code == "HOUSED":
        return gettext("Housed")
    return gettext("Waiting") if code == "WAITING" else str(Household.Closed(code).label)
