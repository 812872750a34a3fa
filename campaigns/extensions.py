"""A later deadline: only while the offer is open, by a second person, with everyone told.

A material one opens the right to revoke, makes a new version of the terms and of the sheet. We hold
every extension for material unless the issuer says why not: the day on which money comes back moves.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, audit
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval, User
from backend.core.users import Actor
from campaigns import announcements, places, sheets, windows
from campaigns.announcements import Announcement
from campaigns.changes import Change
from campaigns.models import Campaign, Extension, RevocationWindow

EXTEND = "campaign.extend"


class NotExtendable(Conflict):
    code = "extension.not_open"


class NotLater(Refused):
    code = "extension.not_later"


class ReasonMissing(Refused):
    code = "extension.reason_missing"


@dataclass(frozen=True)
class Later:
    """The deadline that somebody wants, and why."""

    to_on: dt.date
    reason: str
    is_material: bool = True


def ask(*, campaign: Campaign, wish: Later, by: Actor, at: dt.datetime) -> Approval:
    """Ask a second person to move the deadline. Raises NotExtendable, NotLater, ReasonMissing."""
    _refuse_closed(campaign, at)
    if campaign.deadline_on is None or wish.to_on <= campaign.deadline_on:
        raise NotLater(_("The new deadline must be later than the present one."), field="to_on")
    if not wish.reason.strip():
        raise ReasonMissing(_("Please give a reason."), field="reason")
    with transaction.atomic():
        extension = Extension.objects.create(
            campaign=campaign,
            from_on=campaign.deadline_on,
            to_on=wish.to_on,
            reason=wish.reason,
            is_material=wish.is_material,
            asked_at=at,
        )
        return approvals.request(action=EXTEND, subject=extension, by=by, at=at, note=wish.reason)


def grant(extension: Extension, *, by: User, at: dt.datetime) -> Campaign:
    """Move the deadline; follows a second person's approval. Raises NotExtendable."""
    with transaction.atomic():
        campaign = places.lock(extension.campaign)
        _refuse_closed(campaign, at)
        if campaign.deadline_on != extension.from_on:
            raise NotExtendable(_("The deadline was moved in the meantime: ask again."))
        campaign.deadline_on = extension.to_on
        campaign.terms_version += extension.is_material
        campaign.save(update_fields=["deadline_on", "terms_version"])
        extension.granted_at = at
        extension.save(update_fields=["granted_at"])
        _note(campaign, extension, by, at)
    return campaign


def waiting(campaign: Campaign) -> list[Approval]:
    """The requests that wait for a second person."""
    asked = (
        approvals.waiting(action=EXTEND, subject=extension)
        for extension in campaign.extensions.filter(granted_at=None)
    )
    return [approval for approval in asked if approval is not None]


def _note(campaign: Campaign, extension: Extension, by: User, at: dt.datetime) -> None:
    """What follows: an audit row, a new version of the sheet, the right to revoke, the mails."""
    facts = {"from": str(extension.from_on), "to": str(extension.to_on)}
    audit.record(
        action="campaign.extended",
        subject=campaign,
        by=by,
        at=at,
        reason=extension.reason,
        facts=facts,
    )
    change = Change(extension.reason, extension.is_material)
    sheets.reissue(campaign=campaign, change=change, by=by, at=at)
    window = None
    if extension.is_material:
        cause = RevocationWindow.Cause.EXTENSION
        window = windows.open_window(campaign=campaign, cause=cause, by=by, at=at)
    told = {"extension": extension, "window": window}
    what = Announcement("offer_extended", str(extension.pk), told)
    announcements.tell(campaign=campaign, what=what, at=at)


def _refuse_closed(campaign: Campaign, at: dt.datetime) -> None:
    if campaign.state != Campaign.State.OPEN or campaign.is_over(at):
        raise NotExtendable(
            _("The deadline of an offer can be moved only while it is open."),
            campaign=campaign.slug,
        )
