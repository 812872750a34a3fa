"""What goes out to many at once, as work that one can follow: card refunds, and the mails of news."""

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core import jobs, notices
from backend.core.models import Notice, User
from backend.core.works import Work
from campaigns import news, refunds
from campaigns.models import Campaign, Update
from campaigns.returns import progress

CARD_REFUNDS, NEWS = "card-refunds", "news"


def find_card_refunds(user: User, key: str) -> Work | None:
    """The card refunds of one of the person's campaigns, by its address."""
    if not user.may("payment_order.view"):
        return None
    found = Campaign.objects.of_staff(user).filter(slug=key).first()
    return card_refunds(found) if found else None


def card_refunds(campaign: Campaign) -> Work:
    """How many refunds the card provider was asked for; what came of them is told by the stages."""
    rows = progress.current(campaign).filter(reference="").select_related(None).order_by()
    asked, total = rows.exclude(provider_id=None).count(), rows.count()
    waiting = rows.filter(provider_id=None, failed_at=None, returned_at=None)
    keys = waiting.annotate(
        job=Concat(Value(f"{refunds.CARD_JOB}:"), Cast("pk", CharField()))
    ).values("job")
    said = _("%(asked)s of %(total)s card refunds were asked of the provider.")
    return Work(
        title=_("Card refunds"),
        sentence=said % {"asked": asked, "total": total},
        done=asked,
        due=total,
        jobs=jobs.standing(refunds.CARD_JOB, key__in=keys),
        next_url=reverse("campaign-desk-returns", args=[campaign.slug]),
        next_label=_("Refunds"),
    )


def find_news(user: User, key: str) -> Work | None:
    """The mails of a piece of news of one of the person's campaigns, by its id."""
    if not key.isdecimal() or not user.may("campaign.view"):
        return None
    rows = Update.objects.filter(campaign__in=Campaign.objects.of_staff(user), pk=int(key))
    found = rows.select_related("campaign").first()
    return mails_of(found) if found else None


def mails_of(update: Update) -> Work:
    """How many of the mails of a piece of news have left."""
    begins = news.mails_begin(update)
    mails = Notice.objects.filter(key__startswith=begins)
    total, sent = mails.count(), mails.exclude(sent_at=None).count()
    back = mails.exclude(bounced_at=None).count()
    returned = ngettext("%(n)s came back.", "%(n)s came back.", back) % {"n": back}
    return Work(
        title=_("Mails: %(title)s") % {"title": update.title},
        sentence=_("%(sent)s of %(total)s mails have left.") % {"sent": sent, "total": total},
        more=returned if back else "",
        done=sent,
        due=total,
        jobs=jobs.standing(notices.JOB, key__startswith=f"{notices.JOB}:{begins}"),
        next_url=reverse("campaign-desk-page", args=[update.campaign.slug]),
        next_label=_("What the page tells"),
    )
