"""What the card provider reported and our records do not explain: opened by us, closed by a person."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.users import Actor
from campaigns.models import Campaign, Pledge, ProviderFinding


class ResolvedAlready(Conflict):
    code = "finding.resolved_already"


class WordsMissing(Refused):
    code = "finding.words_missing"


def open_one(
    *, kind: str, key: str, told: str, pledge: Pledge | None = None, at: dt.datetime
) -> ProviderFinding:
    """Open a finding, or return the one about the same thing: a repeat is no second finding."""
    finding, _created = ProviderFinding.objects.get_or_create(
        key=f"{kind}:{key}",
        defaults={"kind": kind, "told": told[:300], "pledge": pledge, "opened_at": at},
    )
    return finding


def is_about_charge(charge_id: str) -> bool:
    """Whether a card payment was reported that our records do not explain."""
    kinds = (
        ProviderFinding.Kind.AMOUNT,
        ProviderFinding.Kind.CURRENCY,
        ProviderFinding.Kind.UNKNOWN,
    )
    return ProviderFinding.objects.filter(
        key__in=[f"{kind}:{charge_id}" for kind in kinds]
    ).exists()


def visible_to(user: User) -> QuerySet[ProviderFinding]:
    """Findings about pledges of one's campaigns, and those about no pledge of anybody."""
    ours = Q(pledge=None) | Q(pledge__campaign__in=Campaign.objects.of_staff(user))
    return ProviderFinding.objects.filter(ours)


def resolve(
    *, finding: ProviderFinding, resolution: str, by: Actor, at: dt.datetime
) -> ProviderFinding:
    """Close a finding with what was found out. Raises WordsMissing, ResolvedAlready."""
    if not resolution.strip():
        raise WordsMissing(_("Say what was found out."), field="resolution")
    with transaction.atomic():
        won = ProviderFinding.objects.filter(pk=finding.pk, resolved_at=None).update(
            resolved_at=at, resolution=resolution
        )
        if not won:
            raise ResolvedAlready(_("This finding is closed already."))
        audit.record(action="finding.resolved", subject=finding, by=by, at=at, reason=resolution)
    finding.refresh_from_db()
    return finding
