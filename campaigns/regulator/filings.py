"""What a platform and an issuer owe to authorities, mirrored with its days: the offer's identifier, the
sheet's transmission, the notice to the authority, the filing at the business register.

Nothing is sent from here; who did it elsewhere writes the day down.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit
from backend.core.errors import Conflict, Refused
from backend.core.users import Actor
from campaigns import places
from campaigns.models import Campaign
from campaigns.rules import identifiers

DAYS = ("sheet_sent_on", "authority_told_on", "register_filed_on")
FIELDS = ("offer_identifier", *DAYS)


class NotAnIdentifier(Refused):
    code = "filing.identifier_wrong"


class IdentifierStays(Conflict):
    code = "filing.identifier_stays"


def note(*, campaign: Campaign, facts: Mapping[str, Any], by: Actor, at: dt.datetime) -> Campaign:
    """Write down what was filed and when; `facts` names some of FIELDS.

    An identifier is given once and stays through updates and translations (R20). Raises
    NotAnIdentifier, IdentifierStays.
    """
    with transaction.atomic():
        campaign = places.lock(campaign)
        changed = {
            name: facts[name]
            for name in FIELDS
            if name in facts and facts[name] != getattr(campaign, name)
        }
        _refuse_identifier(campaign, changed)
        if changed:
            for name, value in changed.items():
                setattr(campaign, name, value)
            campaign.save(update_fields=[*changed])
            told = {name: str(value or "") for name, value in changed.items()}
            audit.record(action="campaign.filed", subject=campaign, by=by, at=at, facts=told)
    return campaign


def _refuse_identifier(campaign: Campaign, changed: Mapping[str, Any]) -> None:
    if "offer_identifier" not in changed:
        return
    if campaign.offer_identifier:
        raise IdentifierStays(_("The identifier of an offer stays what it is."))
    if not identifiers.is_offer_identifier(changed["offer_identifier"]):
        raise NotAnIdentifier(
            _("An identifier is the platform's LEI (20 characters) and 8 digits."),
            field="offer_identifier",
        )
