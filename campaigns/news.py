"""What the issuer tells while an offer runs and after it: to everyone, or to its investors alone."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit
from backend.core.errors import Conflict
from backend.core.models import User
from backend.core.users import Actor
from campaigns import announcements
from campaigns.announcements import Announcement
from campaigns.models import Campaign, Update

Audience = Update.Audience


class NotPublic(Conflict):
    code = "update.campaign_not_public"


@dataclass(frozen=True)
class News:
    """What is told, in both languages."""

    title_it: str
    title_en: str
    body_it: str
    body_en: str
    audience: str = Audience.ALL


def publish(*, campaign: Campaign, news: News, by: Actor, at: dt.datetime) -> Update:
    """Publish a piece of news and write to those whom it is for. Raises NotPublic."""
    if campaign.state not in Campaign.PUBLIC:
        raise NotPublic(_("News are told once the campaign is public."), campaign=campaign.slug)
    with transaction.atomic():
        update = Update.objects.create(campaign=campaign, published_at=at, **vars(news))
        facts = {"audience": update.audience, "title": update.title_it}
        audit.record(action="campaign.update", subject=campaign, by=by, at=at, facts=facts)
        what = _announcement(update)
        is_for_all = update.audience == Audience.ALL
        tell = announcements.tell if is_for_all else announcements.tell_investors
        tell(campaign=campaign, what=what, at=at)
    return update


def mails_begin(update: Update) -> str:
    """What the keys of the mails of a piece of news have in common."""
    return announcements.mails_begin(update.campaign, _announcement(update))


def visible_to(campaign: Campaign, user: User | AnonymousUser) -> QuerySet[Update]:
    """The news that somebody may read: all of them for investors of the campaign and its staff."""
    found = campaign.updates.all()
    if isinstance(user, User) and _is_inside(campaign, user):
        return found
    return found.filter(audience=Audience.ALL)


def _announcement(update: Update) -> Announcement:
    return Announcement("update_published", str(update.pk), {"update": update})


def _is_inside(campaign: Campaign, user: User) -> bool:
    mine = campaign.pledges.visible_to(user).live()
    is_staff = Campaign.objects.of_staff(user).filter(pk=campaign.pk).exists()
    return is_staff or mine.exists()
