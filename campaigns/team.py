"""Who stands behind an offer, by role; a name only where the person agrees to be named."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from backend.core import audit
from backend.core.users import Actor
from campaigns.models import Campaign, TeamMember


@dataclass(frozen=True)
class Member:
    """One person of the team, in both languages."""

    role_it: str
    role_en: str
    name: str = ""
    about_it: str = ""
    about_en: str = ""


def gather(*, campaign: Campaign, members: Sequence[Member], by: Actor, at: dt.datetime) -> None:
    """Set who stands behind the offer, in this order, in place of who stood there."""
    with transaction.atomic():
        campaign.team.all().delete()
        TeamMember.objects.bulk_create(
            TeamMember(campaign=campaign, position=position, **vars(member))
            for position, member in enumerate(members)
        )
        facts = {"roles": [member.role_it for member in members]}
        audit.record(action="campaign.team", subject=campaign, by=by, at=at, facts=facts)
