"""Who is in a campaign, for its managers: the orders and the interests, each in the order of the queue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import clock, pages
from campaigns import figures, tallies
from campaigns.models import Pledge
from campaigns.pages.desk import campaign_of


@pages.page("campaign.view")
def pledges(request: HttpRequest, slug: str) -> HttpResponse:
    """The pledges of a campaign in queue order, with what each received."""
    found = campaign_of(request, slug)
    rows = found.pledges.orders().select_related("investor").in_queue()
    wanted = request.GET.get("state", "")
    if wanted in Pledge.State.values:
        rows = rows.filter(state=wanted)
    page, at = pages.paged(request, rows), clock.now()
    known = figures.of_pledges(list(page))
    shown = [
        {
            "pledge": each,
            "figures": known[each.pk],
            "stage": figures.stage(each, known[each.pk], at=at),
        }
        for each in page
    ]
    context = {
        "campaign": found,
        "page": page,
        "rows": shown,
        "states": [each for each in Pledge.State.choices if each[0] != Pledge.State.STARTED],
        "begun": found.pledges.filter(state=Pledge.State.STARTED).count(),
        "wanted": wanted,
    }
    return render(request, "campaigns/desk_pledges.html", context)


@pages.page("campaign.view")
def interests(request: HttpRequest, slug: str) -> HttpResponse:
    """The interests of a campaign in queue order."""
    found = campaign_of(request, slug)
    page = pages.paged(request, found.interests.in_queue())
    context = {
        "campaign": found,
        "page": page,
        "figures": tallies.of_campaign(found, at=clock.now()),
    }
    return render(request, "campaigns/desk_interests.html", context)
