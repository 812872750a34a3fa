"""Conflicts of interest: declared by who invests, seen by staff, told to the public as numbers alone.

Whether a tie forbids or must be disclosed is for the rules of law of the campaign (R7); here is who
has one. The public learns that such people invest in a project and what ties them, never who.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, errors, users
from backend.core.models import Organisation
from backend.core.users import Actor
from investors.models import Conflict, Investor


class DeclaredAlready(errors.Conflict):
    code = "conflict.declared_already"


def declare(
    *, investor: Investor, organisation: Organisation, tie: str, by: Actor, at: dt.datetime
) -> Conflict:
    """Declare a tie of the investor to an organisation from today on. Raises DeclaredAlready."""
    try:
        with transaction.atomic():
            declared = Conflict.objects.create(
                investor=investor,
                organisation=organisation,
                tie=tie,
                since=clock.day_of(at),
                declared_by=users.person(by),
                declared_at=at,
            )
            _note("conflict.declared", declared, by, at)
    except IntegrityError as problem:
        raise DeclaredAlready(_("This tie is declared already.")) from problem
    return declared


def end(*, conflict: Conflict, by: Actor, at: dt.datetime) -> Conflict:
    """Say that a tie is no more; today is its last day. Safe to repeat."""
    if conflict.until is None:
        with transaction.atomic():
            conflict.until = clock.day_of(at)
            conflict.save(update_fields=["until"])
            _note("conflict.ended", conflict, by, at)
    return conflict


def standing(
    organisations: Iterable[Organisation],
    investors: Collection[int] | QuerySet[Any],
    *,
    on: dt.date,
) -> QuerySet[Conflict]:
    """The ties of these investors to these organisations on a day, for staff.

    A queryset of investors is asked within the same query, however many they are.
    """
    return Conflict.objects.filter(
        Q(until=None) | Q(until__gte=on),
        organisation__in=list(organisations),
        investor__in=investors,
        since__lte=on,
    ).select_related("investor", "organisation")


def disclosure(
    organisations: Iterable[Organisation],
    investors: Collection[int] | QuerySet[Any],
    *,
    on: dt.date,
) -> dict[str, int]:
    """What the public is told of a project: how many of its investors have which tie, by tie."""
    pairs = standing(organisations, investors, on=on).values_list("tie", "investor").distinct()
    return dict(Counter(tie for tie, _investor in pairs))


def _note(action: str, conflict: Conflict, by: Actor, at: dt.datetime) -> None:
    audit.record(
        action=action,
        subject=conflict.investor,
        by=by,
        at=at,
        facts={"organisation": conflict.organisation_id, "tie": conflict.tie},
    )
