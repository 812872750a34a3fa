"""Break the glass: open a name in an emergency though the case is another's, and answer for it (P22).

Only for a colleague of the same body, never for a restricted household (P14). The auditors, who are the
data protection officers here, get a mail at once and say of each opening whether it was justified.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, notices, users
from backend.core.errors import Conflict, Missing, Refused
from backend.core.models import User
from backend.core.notices import NewNotice
from backend.core.roles import Role
from properties import identities
from properties.identities import Identity
from properties.models import GlassBreak, Household
from properties.models.scope import own_or_overseen

LEAST_WORDS = 5
"""Fewer words than these are no reason that somebody can review."""


class NoReason(Refused):
    code = "glass.no_reason"


class YourOwnCase(Conflict):
    code = "glass.your_own_case"


class ReviewedAlready(Conflict):
    code = "glass.reviewed_already"


class NotYourOwn(Conflict):
    code = "glass.not_your_own"


@transaction.atomic
def break_glass(*, code: str, reason: str, by: User, at: dt.datetime) -> Identity:
    """Open who a household of a colleague is, by its code; the reason is reviewed by another.

    Raises Missing (also for a restricted household: nobody learns that it is there), YourOwnCase,
    NoReason.
    """
    users.require(by, "identity.break_glass")
    rows = Household.objects.filter(organisation=by.organisation_id, code=code.strip())
    household = rows.filter(Q(is_restricted=False) | Q(caseworker=by)).first()
    if household is None:
        raise Missing(_("There is no household with this code."))
    if household.caseworker_id == by.pk:
        raise YourOwnCase(_("This is your own case: open it there."), field="code")
    if len(reason.split()) < LEAST_WORDS:
        raise NoReason(_("Say what the emergency is, in a sentence."), field="reason")
    opening = GlassBreak.objects.create(household=household, by=by, reason=reason.strip(), at=at)
    audit.record(action="identity.glass_broken", subject=household, by=by, at=at, reason=reason)
    notices.send_many(notices=[_mail(opening, reader) for reader in _officers(by)], at=at)
    return identities.unseal(household)


@transaction.atomic
def review(
    *, opening: GlassBreak, finding: str, note: str, by: User, at: dt.datetime
) -> GlassBreak:
    """Say whether an opening was justified, once and not of one's own. Raises ReviewedAlready."""
    users.require(by, "identity.review_glass")
    if opening.by_id == by.pk:
        raise NotYourOwn(_("Another person reviews what you opened."))
    won = GlassBreak.objects.filter(pk=opening.pk, reviewed_at=None).update(
        finding=finding, note=note, reviewed_at=at, reviewed_by=by
    )
    if not won:
        raise ReviewedAlready(_("This opening was reviewed already."))
    facts = {"finding": finding, "opening": opening.pk}
    subject = opening.household
    audit.record(
        action="identity.glass_reviewed", subject=subject, by=by, at=at, reason=note, facts=facts
    )
    opening.refresh_from_db()
    return opening


def openings_for(user: User) -> QuerySet[GlassBreak]:
    """All openings of the organisation for who reviews them, one's own for who opened; those not
    reviewed first."""
    rows = GlassBreak.objects.select_related("household", "by", "reviewed_by")
    is_officer = user.has_role(Role.AUDITOR)
    mine = own_or_overseen(user, "household__organisation") if is_officer else Q(by=user)
    return rows.filter(mine).order_by("reviewed_at", "-at", "-pk")


def _officers(by: User) -> QuerySet[User]:
    """The auditors of the organisation, and those of none, who oversee all."""
    auditors = User.objects.filter(is_active=True, roles__contains=[Role.AUDITOR])
    ours = Q(organisation=by.organisation_id) | Q(organisation=None)
    return auditors.filter(ours).exclude(pk=by.pk)


def _mail(opening: GlassBreak, reader: User) -> NewNotice:
    """No code and no name in it: a mail is no place for either."""
    return NewNotice(
        key=f"glass:{opening.pk}:{reader.pk}",
        to=reader.email,
        language=reader.language,
        template="glass_broken",
        context={
            "opening": opening,
            "day": clock.day_of(opening.at),
            "site": settings.SITE_URL,
            "is_synthetic": opening.household.is_synthetic,
        },
    )
