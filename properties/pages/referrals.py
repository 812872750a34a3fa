"""The city's page about its own referrals; every count on it is suppressed before it comes here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import pages
from properties.pages.city import referred


@pages.page("referral.view")
def referrals_of_city(request: HttpRequest) -> HttpResponse:
    """Received, housed, waiting, closed and why; days to the keys as a band."""
    return render(request, "properties/referrals.html", {"dossiers": referred(request)})
