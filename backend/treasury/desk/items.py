"""A difference as people hold it: who looks after it, what they noted, and its trail to the end."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Refused
from backend.core.models import AuditEvent, User
from backend.core.users import Actor
from backend.treasury.models import Allocation, BankLine, DeskAct, Discrepancy

RESOLVE = "discrepancy.resolve"
NOT_HERE = _("This person does not work at this desk.")


class NotOfTheDesk(Refused):
    code = "discrepancy.not_of_the_desk"


class NothingNoted(Refused):
    code = "discrepancy.nothing_noted"


def assign(
    *, discrepancy: Discrepancy, owner: User | None, by: Actor, at: dt.datetime
) -> Discrepancy:
    """Make a person look after a difference; None gives it back to the whole desk.

    Raises NotOfTheDesk for who may not resolve it or works for another organisation.
    """
    users.require(by, RESOLVE)
    if owner is not None and not _works_here(owner, discrepancy):
        raise NotOfTheDesk(NOT_HERE, field="owner")
    with transaction.atomic():
        Discrepancy.objects.filter(pk=discrepancy.pk).update(owner=owner)
        facts = {"owner": owner.get_username() if owner else ""}
        audit.record(action="discrepancy.assigned", subject=discrepancy, by=by, at=at, facts=facts)
    discrepancy.owner = owner
    return discrepancy


def note(*, discrepancy: Discrepancy, text: str, by: Actor, at: dt.datetime) -> AuditEvent:
    """Write down what was found out; kept as it is, in the trail. Raises NothingNoted."""
    users.require(by, RESOLVE)
    if not text.strip():
        raise NothingNoted(_("Write what you found out."), field="text")
    return audit.record(
        action="discrepancy.noted", subject=discrepancy, by=by, at=at, reason=text.strip()
    )


def colleagues(discrepancy: Discrepancy) -> list[User]:
    """Who may look after a difference, by name."""
    holder = discrepancy.bank_account.holder_id
    people = User.objects.filter(organisation=holder, is_active=True)
    return sorted(
        (one for one in people if one.may(RESOLVE)), key=lambda one: one.get_full_name().lower()
    )


def trail(discrepancy: Discrepancy) -> QuerySet[AuditEvent]:
    """All that happened to a difference, its line and the acts about them, oldest first."""
    about = Q(**_named(Discrepancy, [discrepancy.pk]))
    if discrepancy.line_id is not None:
        parts = Allocation.objects.filter(line=discrepancy.line_id).values_list("pk", flat=True)
        about |= Q(**_named(BankLine, [discrepancy.line_id])) | Q(**_named(Allocation, parts))
    acts = acts_about(discrepancy).values_list("pk", flat=True)
    return AuditEvent.objects.filter(about | Q(**_named(DeskAct, acts))).order_by("id")


def acts_about(discrepancy: Discrepancy) -> QuerySet[DeskAct]:
    """What was done or asked for about the line, or about what did not come, newest first."""
    same = Q(discrepancy=discrepancy)
    if discrepancy.line_id is not None:
        same |= Q(line=discrepancy.line_id)
    return DeskAct.objects.filter(same).order_by("-id")


def _works_here(owner: User, discrepancy: Discrepancy) -> bool:
    return owner.may(RESOLVE) and owner.organisation_id == discrepancy.bank_account.holder_id


def _named(model: type, ids: object) -> dict[str, object]:
    kind = model._meta.label_lower  # type: ignore[attr-defined]  # a model's
    return {"subject_kind": kind, "subject_id__in": [str(pk) for pk in ids]}  # type: ignore[attr-defined]
