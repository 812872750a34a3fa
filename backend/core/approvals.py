"""The second person: an act is asked for by one and decided by another. The database refuses the same.

An app registers what follows an approval; it runs in the transaction of the decision. Where it says
what the act's content is, only that is approved which was there when it was asked for.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import audit, roles, users
from backend.core.errors import Conflict, Missing
from backend.core.models import Approval, User
from backend.core.users import Actor


class SamePerson(Conflict):
    code = "approval.same_person"


class AlreadyDecided(Conflict):
    code = "approval.already_decided"


class NoSuchApproval(Missing):
    code = "approval.not_found"


class ChangedSince(Conflict):
    """What is there now is not what was asked for."""

    code = "approval.changed_since"


class OnApproved(Protocol):
    def __call__(self, subject: Any, /, *, by: User, at: dt.datetime) -> object: ...


class Content(Protocol):
    def __call__(self, subject: Any, /) -> str: ...


def _nothing(subject: Any, /) -> str:
    return ""


@dataclass(frozen=True)
class _Act:
    on_approved: OnApproved
    permission: str
    label: str | Promise
    on_refused: OnApproved | None = None
    content: Content = _nothing


class Principals(Protocol):
    def __call__(self, deputy: User, at: dt.datetime, /) -> list[User]: ...


def _nobody(deputy: User, at: dt.datetime, /) -> list[User]:
    return []


_acts: dict[str, _Act] = {}
_principals: list[Principals] = [_nobody]


def register(
    action: str,
    on_approved: OnApproved,
    permission: str = "approval.decide",
    label: str | Promise = "",
    on_refused: OnApproved | None = None,
) -> None:
    """Say what follows when `action` is approved, which permission decides it, and what it is called;
    and what follows when it is refused, where anything does."""
    _acts[action] = _Act(on_approved, permission, label or action, on_refused)


def register_content(action: str, content: Content) -> None:
    """Say what of its subject an act approves, as a hash: what changed since is asked for anew."""
    _acts[action] = dataclasses.replace(_acts[action], content=content)


def register_principals(principals_of: Principals) -> None:
    """Say who knows in whose stead a person may decide."""
    _principals[:] = [principals_of]


def label_of(approval: Approval) -> str | Promise:
    """What the act is called in the reader's language."""
    return _acts[approval.action].label if approval.action in _acts else approval.action


def request(*, action: str, subject: Model, by: Actor, at: dt.datetime, note: str = "") -> Approval:
    """Ask for a second person's decision. While one waits, asking again returns the waiting one; where
    its content has changed, that one is asked for anew, with what is there now."""
    asked = {
        "note": note,
        "content_hash": _content(action, subject),
        "requested_by": users.person(by),
        "requested_at": at,
    }
    approval, is_new = Approval.objects.get_or_create(
        action=action,
        subject_kind=audit.kind_of(subject),
        subject_id=str(subject.pk),
        decision="",
        defaults={
            "subject_label": str(subject)[:200],
            "organisation_id": getattr(subject, "organisation_id", None),
            **asked,
        },
    )
    if is_new or approval.content_hash == asked["content_hash"]:
        return approval
    with transaction.atomic():
        Approval.objects.filter(pk=approval.pk, decision="").update(**asked)
        audit.record(action="approval.renewed", subject=approval, by=by, at=at)
    approval.refresh_from_db()
    return approval


def is_current(approval: Approval) -> bool:
    """Whether what was asked for is what is there now."""
    if not approval.content_hash:
        return True
    return approval.content_hash == _content(approval.action, subject_of(approval))


def _content(action: str, subject: Model) -> str:
    return _acts[action].content(subject) if action in _acts else ""


def approve(*, approval: Approval, by: User, at: dt.datetime, reason: str = "") -> Approval:
    """Approve, and do what the act registered, in one transaction."""
    return _decide(approval, Approval.Decision.APPROVED, by, at, reason)


def refuse(*, approval: Approval, by: User, at: dt.datetime, reason: str) -> Approval:
    """Refuse with a reason; what was asked for is not done."""
    return _decide(approval, Approval.Decision.REFUSED, by, at, reason)


def pending_for(user: User, *, at: dt.datetime) -> QuerySet[Approval]:
    """What waits for this person: acts they may decide, themselves or in another's stead, of their
    organisation, asked by others."""
    deciders = [user, *_principals[0](user, at)]
    decidable = [
        action
        for action, act in _acts.items()
        if any(roles.may(decider, act.permission) for decider in deciders)
    ]
    waiting = Approval.objects.filter(decision="", action__in=decidable).exclude(requested_by=user)
    return waiting.filter(Q(organisation=None) | Q(organisation_id=user.organisation_id)).order_by(
        "requested_at"
    )


def asked_by(user: User) -> QuerySet[Approval]:
    """What this person asked for and how it was decided, newest first, the last twenty."""
    return Approval.objects.filter(requested_by=user).order_by("-requested_at")[:20]


def visible(*, pk: int, to: User) -> Approval:
    """A request of the person's organisation; NoSuchApproval when it is not theirs to see."""
    own = Q(organisation=None) | Q(organisation_id=to.organisation_id)
    approval = Approval.objects.filter(own, pk=pk).first()
    if approval is None:
        raise NoSuchApproval(_("There is no such request."))
    return approval


def waiting(*, action: str, subject: Model) -> Approval | None:
    """The request that waits for a decision, if any."""
    return _about(action, subject).filter(decision="").first()


def is_approved(*, action: str, subject: Model) -> bool:
    """Whether the newest decided request was approved."""
    newest = _about(action, subject).exclude(decision="").order_by("-decided_at", "-id").first()
    return newest is not None and newest.decision == Approval.Decision.APPROVED


def approved_among(*, action: str, subjects: Collection[Model]) -> set[object]:
    """The keys of those whose newest decided request was approved; one query however many."""
    by_id = {str(each.pk): each.pk for each in subjects}
    kinds = {audit.kind_of(each) for each in subjects}
    decided = Approval.objects.exclude(decision="").filter(
        action=action, subject_kind__in=kinds, subject_id__in=by_id
    )
    newest = decided.order_by("subject_id", "-decided_at", "-id").distinct("subject_id")
    return {by_id[row.subject_id] for row in newest if row.decision == Approval.Decision.APPROVED}


def _about(action: str, subject: Model) -> QuerySet[Approval]:
    return Approval.objects.filter(
        action=action, subject_kind=audit.kind_of(subject), subject_id=str(subject.pk)
    )


def _decide(approval: Approval, decision: str, by: User, at: dt.datetime, reason: str) -> Approval:
    act = _acts[approval.action]
    principal = _principal(by, act.permission, at)
    if approval.requested_by_id == by.pk:
        raise SamePerson(_("Another person must decide what you asked for."), approval=approval.pk)
    with transaction.atomic():
        won = Approval.objects.filter(pk=approval.pk, decision="").update(
            decision=decision, decided_by=by, decided_at=at, reason=reason
        )
        if not won:
            raise AlreadyDecided(_("This was decided already."), approval=approval.pk)
        approval.refresh_from_db()
        if decision == Approval.Decision.APPROVED and not is_current(approval):
            raise ChangedSince(
                _(
                    "It was changed after it was asked for: it must be asked for again, so that what is "
                    "approved is what was read."
                ),
                approval=approval.pk,
            )
        audit.record(
            action=f"{approval.action}.{decision}",
            subject=approval,
            by=by,
            at=at,
            facts={"in_stead_of": principal.pk} if principal != by else {},
        )
        if decision == Approval.Decision.APPROVED:
            act.on_approved(subject_of(approval), by=by, at=at)
        elif act.on_refused is not None:
            act.on_refused(subject_of(approval), by=by, at=at)
    return approval


def _principal(by: User, permission: str, at: dt.datetime) -> User:
    """Whose permission it is decided with: the person's own, else that of whom they stand in for.

    Raises MayNot when neither has it.
    """
    if roles.may(by, permission):
        return by
    for principal in _principals[0](by, at):
        if roles.may(principal, permission):
            return principal
    raise roles.MayNot(_("Your role does not allow this."), permission=permission)


def subject_of(approval: Approval) -> Model:
    """The row that the approval is about."""
    model: type[Model] = apps.get_model(approval.subject_kind)
    return model._default_manager.get(pk=approval.subject_id)
