"""The investor's profile: for whom one acts, and what is known of them."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import clock, pages
from backend.core.models import User
from investors import assessments, suitability
from investors.models import Investor


@pages.page("profile.own")
def profile(request: HttpRequest) -> HttpResponse:
    """One's investors, each with test, simulation, and the warnings that were accepted."""
    assert isinstance(request.user, User)
    at = clock.now()
    investors = Investor.objects.acted_for_by(request.user).order_by("name")
    rows = [_row(investor, at) for investor in investors]
    return render(request, "investors/profile.html", {"rows": rows})


def _row(investor: Investor, at: dt.datetime) -> dict[str, Any]:
    standing = assessments.standing(investor, at=at)
    years = suitability.TEST_VALID_YEARS, suitability.SIMULATION_VALID_YEARS
    return {
        "investor": investor,
        "standing": standing,
        "test_counts": not suitability.is_expired(standing.tested_at, years[0], at),
        "simulation_counts": not suitability.is_expired(standing.simulated_at, years[1], at),
        "simulation": investor.loss_simulations.order_by("taken_at", "id").last(),
        "acknowledgements": investor.acknowledgements.order_by("-given_at")[:10],
    }
