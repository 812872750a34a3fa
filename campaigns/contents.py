"""What a second person approves of a campaign: its terms, texts, story, plan, papers, people and sheet,
as a hash.

Who changes any of it after it was handed in has it approved anew (core.approvals).
"""

import hashlib
import json

from django.db.models import Field

from campaigns.drafting import TERMS, TEXTS, WORKINGS
from campaigns.models import Campaign
from campaigns.sheets import declarations

STORY = ("heading_it", "heading_en", "text_it", "text_en")
TEAM = ("name", "role_it", "role_en", "about_it", "about_en")


def content_hash(campaign: Campaign) -> str:
    """The hash of all that is approved with a campaign, as it stands in the database."""
    campaign = Campaign.objects.get(pk=campaign.pk)
    in_force = campaign.sheets.exclude(published_at=None).first()
    sheet = in_force or campaign.sheets.first()
    plan = campaign.planned_lines.values_list("label_it", "label_en", "amount", "purpose", "home")
    papers = campaign.documents.values_list("kind", "language", "version", "title", "url", "sha256")
    whole = {
        "fields": {name: _told(campaign, name) for name in sorted(TERMS | TEXTS | WORKINGS)},
        "plan": list(plan.order_by("position")),
        "papers": list(papers.order_by("kind", "language", "version")),
        "team": list(campaign.team.values_list(*TEAM).order_by("position", "id")),
        "sheet": declarations.texts_hash(sheet) if sheet else "",
    }
    # Without one nothing is added: what was approved before there were stories stays approved.
    if story := list(campaign.story.values_list(*STORY).order_by("position", "id")):
        whole["story"] = story
    return hashlib.sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()


def _told(campaign: Campaign, name: str) -> str:
    field = Campaign._meta.get_field(name)
    assert isinstance(field, Field), "terms are columns of the campaign"
    return str(field.value_to_string(campaign))
