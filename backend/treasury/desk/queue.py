"""Find differences: by kind, state, owner, account, amount and age; the oldest first."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from backend.core.models import User
from backend.treasury.models import DeskAct, Discrepancy

MINE, NOBODY = "mine", "nobody"


class State(models.TextChoices):
    """Where a difference is, as the desk sees it."""

    WAITING = "waiting", _("waiting")
    ASKED = "asked", _("waiting for another person")
    RESOLVED = "resolved", _("resolved")
    ALL = "all", _("all")


@dataclass(frozen=True)
class Wanted:
    """Which differences are looked for; what is not said does not matter. `owner` is `mine`,
    `nobody` or the number of a person; amounts are in whichever currency."""

    kind: str = ""
    state: str = State.WAITING
    owner: str = ""
    account: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    older_than_days: int | None = None


def find(*, wanted: Wanted, to: User, at: dt.datetime) -> QuerySet[Discrepancy]:
    """The differences of the person's organisation that are wanted, oldest first."""
    rows = _in_state(Discrepancy.objects.visible_to(to), wanted.state).filter(_told(wanted, to))
    if wanted.older_than_days is not None:
        day = clock.day_of(at) - dt.timedelta(days=wanted.older_than_days)
        rows = rows.filter(opened_at__lt=clock.start_of(day))
    related = rows.select_related("bank_account", "expectation", "line", "owner")
    return related.order_by("opened_at", "id")


def _in_state(rows: QuerySet[Discrepancy], state: str) -> QuerySet[Discrepancy]:
    asked = DeskAct.objects.filter(
        Q(line=OuterRef("line")) | Q(expectation=OuterRef("expectation"), line=None),
        state=DeskAct.State.ASKED,
    )
    rows = rows.annotate(is_asked=Exists(asked))
    if state == State.WAITING:
        return rows.filter(resolved_at=None)
    if state == State.ASKED:
        return rows.filter(resolved_at=None, is_asked=True)
    return rows.filter(resolved_at__isnull=False) if state == State.RESOLVED else rows


def _told(wanted: Wanted, to: User) -> Q:
    found = Q()
    if wanted.kind:
        found &= Q(kind=wanted.kind)
    if wanted.owner:
        found &= _owned(wanted.owner, to)
    if wanted.account is not None:
        found &= Q(bank_account=wanted.account)
    if wanted.least is not None:
        found &= Q(amount__gte=wanted.least)
    if wanted.most is not None:
        found &= Q(amount__lte=wanted.most)
    return found


def _owned(owner: str, to: User) -> Q:
    if owner == MINE:
        return Q(owner=to)
    return Q(owner=None) if owner == NOBODY else Q(owner=int(owner))
