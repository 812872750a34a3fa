"""Snapshots: take all figures as of a day, hand them to the city, publish what was accepted.

What the city asks and says is in `reviews`. A slow office never silences the issuer: after a set
number of days, and with a second person's yes, a snapshot goes out marked "not yet reviewed".
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import approvals, audit, clock, jobs, parameters, states, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Approval, Organisation
from backend.core.users import SYSTEM, Actor
from backend.ledger import seals
from properties import freezing, told
from properties.models import Snapshot, Unit

Follower = Callable[[Snapshot, dt.datetime], object]
_followers: list[Follower] = []

JOB = "snapshot.take"
UNREVIEWED = "snapshot.publish_unreviewed"
FALLBACK_DAYS = "review.fallback_days"


class TooEarly(Refused):
    code = "snapshot.too_early"


class NotReviewed(Conflict):
    code = "snapshot.not_reviewed"


class ReasonMissing(Refused):
    code = "snapshot.reason_missing"


def when_published(follower: Follower) -> None:
    """Say what a floor above does, in the same transaction, when figures are published."""
    _followers.append(follower)


def request(
    *, organisation: Organisation, as_of: dt.date, reason: str = "", by: Actor, at: dt.datetime
) -> str:
    """Have a snapshot taken by the worker; return the key of its job. Asking twice takes one.

    With a reason, the figures that stand for this day are restated (see take).
    """
    users.require(by, "snapshot.edit")
    _refuse_future(as_of, at)
    version = Snapshot.objects.filter(organisation=organisation, as_of=as_of).count() + 1
    is_new = version == 1 or not reason.strip()
    key = f"{JOB}:{organisation.pk}:{as_of}" + ("" if is_new else f":{version}")
    payload = {"organisation": organisation.pk, "as_of": str(as_of), "reason": reason.strip()}
    if not is_new:
        payload["version"] = version
    jobs.enqueue(kind=JOB, key=key, payload=payload, at=at)
    return key


def request_all(*, as_of: dt.date, at: dt.datetime) -> None:
    """Have a snapshot taken of every issuer that has homes; asking twice takes one."""
    issuers = Unit.objects.values("organisation")
    for organisation in Organisation.objects.filter(pk__in=issuers):
        request(organisation=organisation, as_of=as_of, by=SYSTEM, at=at)


def take_job(payload: dict[str, Any], *, at: dt.datetime) -> None:
    """Take the snapshot of a job, unless one of that day stands already."""
    organisation = Organisation.objects.get(pk=payload["organisation"])
    as_of = dt.date.fromisoformat(payload["as_of"])
    standing = Snapshot.objects.filter(organisation=organisation, as_of=as_of).count()
    if standing < payload.get("version", 1):
        reason = payload.get("reason", "")
        take(organisation=organisation, as_of=as_of, by=SYSTEM, at=at, reason=reason)


@transaction.atomic
def take(
    *, organisation: Organisation, as_of: dt.date, by: Actor, at: dt.datetime, reason: str = ""
) -> Snapshot:
    """Freeze all figures as of a day. A second of that day restates the first, with a reason."""
    _refuse_future(as_of, at)
    # Two at once would both be version 1: they take turns on the issuer's row.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    earlier = Snapshot.objects.filter(organisation=organisation, as_of=as_of).first()
    if earlier and not reason:
        raise ReasonMissing(_("Say why the figures of this day are restated."), field="reason")
    # Sealed now, so that the head printed with these figures covers every entry they rest on.
    seals.seal(at=at)
    before = told.before(organisation, as_of=as_of)
    data = freezing.document(organisation, as_of=as_of, before=before)
    snapshot = Snapshot.objects.create(
        organisation=organisation,
        as_of=as_of,
        version=earlier.version + 1 if earlier else 1,
        data=data,
        content_hash=content_hash(data),
        taken_at=at,
        restates=earlier,
        restatement_reason=reason if earlier else "",
    )
    audit.record(action="snapshot.taken", subject=snapshot, by=by, at=at, reason=reason)
    return snapshot


@transaction.atomic
def submit(*, snapshot: Snapshot, by: Actor, at: dt.datetime) -> Snapshot:
    """Hand the figures to the city for review."""
    users.require(by, "snapshot.edit")
    states.move(record=snapshot, to=Snapshot.State.SUBMITTED, by=by, at=at)
    snapshot.submitted_at = at
    snapshot.save(update_fields=["submitted_at"])
    return snapshot


def publish(*, snapshot: Snapshot, by: Actor, at: dt.datetime) -> Snapshot:
    """Publish what the city accepted. Raises NotReviewed otherwise: see `ask_to_publish`."""
    users.require(by, "snapshot.edit")
    if not snapshot.is_reviewed_by_city:
        raise NotReviewed(_("The city has not accepted these figures yet."))
    return publish_now(snapshot, by=by, at=at)


def ask_to_publish(*, snapshot: Snapshot, by: Actor, at: dt.datetime, note: str = "") -> Approval:
    """Ask a second person to publish figures that the city did not answer about in time."""
    users.require(by, "snapshot.edit")
    days = fallback_days(clock.day_of(at))
    waited = snapshot.submitted_at is not None and at - snapshot.submitted_at >= days
    if snapshot.state != Snapshot.State.SUBMITTED or not waited:
        raise TooEarly(
            _("The city has %(days)s days to answer before this may be asked.")
            % {"days": days.days}
        )
    return approvals.request(action=UNREVIEWED, subject=snapshot, by=by, at=at, note=note)


def fallback_days(on: dt.date) -> dt.timedelta:
    """How long the city has, as set on a day."""
    return dt.timedelta(days=int(parameters.value(FALLBACK_DAYS, on=on)))


def last_published(organisation: Organisation) -> Snapshot | None:
    """The figures of the newest day that went out, in the version that holds."""
    published = Snapshot.objects.filter(organisation=organisation, state=Snapshot.State.PUBLISHED)
    return published.order_by("as_of", "version").last()


def corrected_by(snapshot: Snapshot) -> list[Snapshot]:
    """The earlier versions of the same day, newest first: what a restatement corrects."""
    found = []
    while snapshot.restates is not None:
        snapshot = snapshot.restates
        found.append(snapshot)
    return found


def newest_published(organisation: Organisation, *, as_of: dt.date) -> Snapshot | None:
    """The version of a day that holds now."""
    rows = Snapshot.objects.filter(organisation=organisation, as_of=as_of)
    return rows.filter(state=Snapshot.State.PUBLISHED).defer("data").order_by("version").last()


def key_of(snapshot: Snapshot) -> str:
    """The snapshot as reports name it."""
    return f"snapshot:{snapshot.pk}"


def content_hash(data: dict[str, Any]) -> str:
    """SHA-256 of the figures in one canonical writing."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def publish_now(snapshot: Snapshot, *, by: Actor, at: dt.datetime) -> Snapshot:
    """What follows acceptance, or a second person's yes when the city did not answer."""
    states.move(record=snapshot, to=Snapshot.State.PUBLISHED, by=by, at=at)
    snapshot.published_at = at
    snapshot.save(update_fields=["published_at"])
    for follow in _followers:
        follow(snapshot, at)
    return snapshot


def _refuse_future(as_of: dt.date, at: dt.datetime) -> None:
    if as_of > clock.day_of(at):
        raise TooEarly(_("This day has not come yet."), field="as_of")
