"""The story of an offer, part by part: what its public page tells before the figures, in both languages.

It is told whole, in an order that says what matters first; what stood before stays in the audit trail
by its headings. It is among what a second person approves (`contents`).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit
from backend.core.errors import Refused
from backend.core.users import Actor
from campaigns.models import Campaign, StoryPart

MOST_PARTS, LONGEST_HEADING, LONGEST_TEXT = 12, 120, 6000


class NotTold(Refused):
    """A part lacks words in a language, or there is more than anybody reads."""

    code = "story.not_told"


@dataclass(frozen=True)
class Part:
    """A heading with its text; a blank line begins a paragraph."""

    heading_it: str
    heading_en: str
    text_it: str
    text_en: str


def tell(*, campaign: Campaign, parts: Sequence[Part], by: Actor, at: dt.datetime) -> None:
    """Set the story of an offer, in this order, in place of what stood there; none takes it away.

    Raises NotTold for a part without words in both languages, and for more than fits.
    """
    if len(parts) > MOST_PARTS:
        raise NotTold(
            _("A story has at most %(most)s parts: nobody reads more.") % {"most": MOST_PARTS}
        )
    for part in parts:
        _refuse_bad(part)
    with transaction.atomic():
        campaign.story.all().delete()
        StoryPart.objects.bulk_create(
            StoryPart(campaign=campaign, position=position, **vars(part))
            for position, part in enumerate(parts)
        )
        facts = {"headings": [part.heading_it for part in parts]}
        audit.record(action="campaign.story", subject=campaign, by=by, at=at, facts=facts)


def _refuse_bad(part: Part) -> None:
    words = vars(part)
    if not all(text.strip() for text in words.values()):
        raise NotTold(_("Each part of the story needs a heading and a text in both languages."))
    is_long = any(
        len(text) > (LONGEST_HEADING if name.startswith("heading") else LONGEST_TEXT)
        for name, text in words.items()
    )
    if is_long:
        raise NotTold(_("A part of the story is too long: make two of it."))
