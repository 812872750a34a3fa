"""Whether a body may go live: its processing register and its impact assessment are kept (P26).

Real people are taken in by nobody without them; synthetic ones may be, and say so.
"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from backend.core.errors import Conflict
from backend.core.models import Organisation
from properties.models import PrivacyRecord

MAX_AGE = dt.timedelta(days=3 * 365)
"""A record that nobody reviewed for three years counts as none."""


class NotReady(Conflict):
    code = "privacy.not_ready"


def missing(organisation: Organisation, *, on: dt.date) -> list[str]:
    """The kinds of record (GDPR 30, 35) that are not there, empty, or reviewed too long ago."""
    rows = PrivacyRecord.objects.filter(
        organisation=organisation, reviewed_on__gt=on - MAX_AGE, reviewed_on__lte=on
    )
    kept = set(rows.exclude(text__regex=r"^\s*$").values_list("kind", flat=True))
    return [kind for kind in PrivacyRecord.Kind.values if kind not in kept]


def refuse_unready(organisation: Organisation, *, on: dt.date) -> None:
    """Raise NotReady where real people would be taken in without register and assessment."""
    if not organisation.is_synthetic and (lacks := missing(organisation, on=on)):
        raise NotReady(
            _("Write the processing register and the impact assessment first (GDPR 30, 35)."),
            missing=lacks,
        )
