"""What an offer must say of people close to its owner or its platform who invest in it (R7).

By project, as numbers of each tie; never who. They invest on the same terms as all.
"""

import datetime as dt

from django.db.models import Q

from backend.core.models import Organisation
from campaigns.models import Campaign
from investors import conflicts
from investors.models import Conflict


def ties(campaign: Campaign, *, on: dt.date) -> list[tuple[str, int]]:
    """The ties of those who pledged, each in words with how many have it, as of a day."""
    pledged = campaign.pledges.live().values_list("investor", flat=True)
    near = Organisation.objects.filter(
        Q(pk=campaign.issuer_id) | Q(kind=Organisation.Kind.PLATFORM)
    )
    told = conflicts.disclosure(near, pledged, on=on)
    return [(str(Conflict.Tie(tie).label), number) for tie, number in sorted(told.items())]
