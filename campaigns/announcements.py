"""What everyone with an order or an interest is told, in the transaction that causes it (R16, R17).

One mail per address, however many orders and interests it has. Letters on one pledge are in `letters`.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from backend.core import notices
from campaigns.models import Campaign, Interest


@dataclass(frozen=True)
class Announcement:
    """A template and what it is about; `occasion` tells apart what may happen more than once."""

    template: str
    occasion: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """Somebody who is told: an address, a name if it is known, the language of their letters."""

    email: str
    name: str
    language: str


def tell(*, campaign: Campaign, what: Announcement, at: dt.datetime) -> int:
    """Write to everyone with an order or an interest; return how many that are."""
    readers = _together(orderers(campaign), interested(campaign))
    return send(campaign=campaign, what=what, to=readers, at=at)


def tell_investors(*, campaign: Campaign, what: Announcement, at: dt.datetime) -> int:
    """Write to those who have an order."""
    return send(campaign=campaign, what=what, to=orderers(campaign), at=at)


def tell_interested(*, campaign: Campaign, what: Announcement, at: dt.datetime) -> int:
    """Write to those who left an interest that stands."""
    return send(campaign=campaign, what=what, to=interested(campaign), at=at)


def send(*, campaign: Campaign, what: Announcement, to: list[Reader], at: dt.datetime) -> int:
    """Write to the readers named, once per occasion; return how many they are."""
    letters = [_letter(campaign, what, reader) for reader in to]
    if letters:
        notices.send_many(notices=letters, at=at)
    return len(letters)


def orderers(campaign: Campaign) -> list[Reader]:
    """Those with an order that stands or waits in line."""
    live = campaign.pledges.live().order_by("investor")
    rows = live.values_list("investor__email", "investor__name", "investor__language")
    return [Reader(*row) for row in rows.distinct()]


def interested(campaign: Campaign) -> list[Reader]:
    """Those with an interest that stands."""
    rows = campaign.interests.filter(state__in=Interest.LIVE).order_by("id")
    return [Reader(*row) for row in rows.values_list("email", "name", "language")]


def _together(*groups: list[Reader]) -> list[Reader]:
    """Each address once; the first that names it wins."""
    found: dict[str, Reader] = {}
    for reader in (reader for group in groups for reader in group):
        found.setdefault(reader.email.lower(), reader)
    return list(found.values())


def mails_begin(campaign: Campaign, what: Announcement) -> str:
    """What the keys of an announcement's mails have in common."""
    return f"{what.template}:{campaign.pk}:{what.occasion}:"


def _letter(campaign: Campaign, what: Announcement, reader: Reader) -> notices.NewNotice:
    # An address may be longer than a key.
    mark = hashlib.sha256(reader.email.lower().encode()).hexdigest()[:24]
    return notices.NewNotice(
        key=mails_begin(campaign, what) + mark,
        to=reader.email,
        language=reader.language,
        template=what.template,
        context={
            "campaign": campaign,
            "name": reader.name,
            "site": settings.SITE_URL,
            **what.facts,
        },
    )
