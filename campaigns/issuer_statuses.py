"""What an issuer is registered as (innovative start-up, innovative SME), from when until when.

Dated data with evidence; a correction is a newer row, and the newest that is in force counts.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit
from backend.core.errors import Refused
from backend.core.models import Organisation
from backend.core.users import Actor
from campaigns.models import IssuerStatus


class BadStatus(Refused):
    code = "issuer_status.bad"


@dataclass(frozen=True)
class Status:
    """A status as the special section of the business register shows it."""

    status: str
    since: dt.date
    evidence: str
    until: dt.date | None = None


def record(*, issuer: Organisation, told: Status, by: Actor, at: dt.datetime) -> IssuerStatus:
    """Write down a status. Raises BadStatus when it ends before it begins."""
    if told.until is not None and told.until <= told.since:
        raise BadStatus(_("It ends after it begins."), field="until")
    with transaction.atomic():
        row = IssuerStatus.objects.create(issuer=issuer, recorded_at=at, **vars(told))
        facts = {"status": told.status, "since": told.since.isoformat()}
        audit.record(action="issuer.status_recorded", subject=issuer, by=by, at=at, facts=facts)
    return row
