"""The files for authorities that were made: each a version that never changes, with its hash and trace.

A year that is over was told as it stood: what says something else by now is a new version, with the
reason why. What a file says is in the package's own module.
"""

import datetime as dt

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock, users
from backend.core.errors import Refused
from backend.core.users import Actor
from campaigns.models import RegulatorFile

# One at a time gives a version its number: another who makes the same file waits.
VERSIONS_LOCK = 0x4D54_5246


class ReasonMissing(Refused):
    """The file of a year that is over says something else than the version before."""

    code = "regulator_file.reason_missing"


def keep(*, draft: RegulatorFile, by: Actor, at: dt.datetime) -> RegulatorFile:
    """Keep a file as the next version of its year, unless the last one says the same: then return it.

    Raises ReasonMissing where a version was made after the year's end and this one differs.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [VERSIONS_LOCK])
        last = _last(draft)
        if last is not None and last.sha256 == draft.sha256:
            return _told(last, by, at)
        if last is not None and clock.day_of(last.made_at).year > last.year and not draft.reason:
            words = _("Version %(version)s said something else: please say why this one differs.")
            raise ReasonMissing(words % {"version": last.version}, field="reason")
        draft.version = last.version + 1 if last is not None else 1
        draft.made_at, draft.by_label = at, users.label(by)
        draft.save()
        return _told(draft, by, at)


def _last(draft: RegulatorFile) -> RegulatorFile | None:
    same = RegulatorFile.objects.filter(about=draft.about, kind=draft.kind, year=draft.year)
    return same.order_by("-version").first()


def _told(file: RegulatorFile, by: Actor, at: dt.datetime) -> RegulatorFile:
    facts = {
        "file": file.name,
        "sha256": file.sha256,
        "offers": file.offers,
        "total": str(file.total.amount),
    }
    audit.record(
        action="regulator_file.made", subject=file, by=by, at=at, reason=file.reason, facts=facts
    )
    return file
