"""Who decides in whose stead, so that a small team always has a second person.

A deputy decides what the principal might, in the same body, on the days named; never on what they
asked for themselves (approvals refuses it, and so does the database). The rows are not deleted.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Deputy
from backend.core import audit, clock, roles, users
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.roles import Role

NAME = "deputy.name"
MOST_DAYS = 366


class NotADeputy(Refused):
    code = "deputy.not_possible"


class EndedAlready(Conflict):
    code = "deputy.ended_already"


@dataclass(frozen=True)
class Span:
    """From which day to which; both count."""

    first_on: dt.date
    last_on: dt.date


def name(
    *, principal: User, deputy: User, span: Span, reason: str, by: User, at: dt.datetime
) -> Deputy:
    """Let another decide in a person's stead. The person does it, or an administrator. Raises NotADeputy."""
    if by.pk != principal.pk or not roles.may(by, NAME):
        users.require(by, "staff.appoint")
    if span.last_on < span.first_on or (span.last_on - span.first_on).days > MOST_DAYS:
        raise NotADeputy(_("The last day comes after the first, within a year."), field="last_on")
    if deputy not in possible_for(principal):
        raise NotADeputy(_("A deputy is a colleague of the same company."), field="deputy")
    row = Deputy.objects.create(
        principal=principal, deputy=deputy, first_on=span.first_on, last_on=span.last_on,
        reason=reason, named_by=by, named_at=at,
    )  # fmt: skip
    facts = {"deputy": deputy.pk, "first_on": str(span.first_on), "last_on": str(span.last_on)}
    audit.record(action="deputy.named", subject=principal, by=by, at=at, facts=facts)
    return row


def end(*, row: Deputy, by: User, at: dt.datetime) -> None:
    """End it now. Raises EndedAlready."""
    if not Deputy.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at):
        raise EndedAlready(_("This ended already."))
    facts = {"deputy": row.deputy_id}
    audit.record(action="deputy.ended", subject=row.principal, by=by, at=at, facts=facts)


def possible_for(principal: User) -> QuerySet[User]:
    """Who may be named: active staff of the same body, but for the person."""
    colleagues = User.objects.filter(
        organisation=principal.organisation_id, organisation__isnull=False, is_active=True
    )
    staff = colleagues.exclude(roles=[]).exclude(roles__contains=[Role.INVESTOR])
    return staff.exclude(pk=principal.pk).order_by("last_name", "first_name")


def principals_of(deputy: User, at: dt.datetime) -> list[User]:
    """In whose stead a person may decide at an instant."""
    day = clock.day_of(at)
    rows = Deputy.objects.filter(
        deputy=deputy, first_on__lte=day, last_on__gte=day, ended_at=None,
        principal__is_active=True, principal__organisation=deputy.organisation_id,
    )  # fmt: skip
    return [row.principal for row in rows.select_related("principal")]


def visible_to(user: User) -> QuerySet[Deputy]:
    """Those that concern a person; of an administrator all."""
    rows = Deputy.objects.select_related("principal", "deputy").order_by("-first_on", "-id")
    if roles.may(user, "staff.appoint"):
        return rows
    return rows.filter(Q(principal=user) | Q(deputy=user))
