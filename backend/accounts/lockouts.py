"""Wrong passwords and codes are counted; after too many one waits a while. Times are the wall's.

Per address and network after five, so that a stranger elsewhere locks nobody out; per address after
fifty from anywhere, for whoever tries from many networks. It opens by itself, or by a colleague.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import FailedSignIn
from backend.core import audit, users
from backend.core.errors import Refused
from backend.core.models import User
from backend.core.users import SYSTEM, Actor

MOST_FROM_ONE_NETWORK = 5
MOST_FROM_ANYWHERE = 50
LOCKED_FOR = dt.timedelta(minutes=15)
FORGOTTEN_AFTER = dt.timedelta(hours=1)
ANYWHERE = ""


class LockedOut(Refused):
    """Too many wrong passwords or codes; `facts["until"]` says when it opens by itself."""

    code = "sign_in.locked_out"
    status = 429


@dataclass(frozen=True)
class Attempt:
    """Somebody at the door: whose address they give, from which network, when by the wall."""

    address: str
    network: str
    instant: dt.datetime


def require_open(attempt: Attempt) -> None:
    """Raise LockedOut while an address is locked, for this network or for all."""
    networks = (_hash(attempt.network), ANYWHERE)
    rows = _rows(attempt.address).filter(network_hash__in=networks)
    ends = rows.filter(locked_until__gt=attempt.instant).order_by("-locked_until")
    until = ends.values_list("locked_until", flat=True).first()
    if until is None:
        return
    hour = timezone.localtime(until).strftime("%H:%M")
    sentence = _(
        "Too many attempts that were not right. Try again after %(hour)s, or ask a colleague "
        "who looks after accounts to unlock yours."
    )
    raise LockedOut(sentence % {"hour": hour}, until=until)


def failed(attempt: Attempt) -> None:
    """Count a wrong password or code, and lock when there were too many."""
    address, instant = attempt.address, attempt.instant
    with transaction.atomic():
        here = _count(address, _hash(attempt.network), MOST_FROM_ONE_NETWORK, instant)
        anywhere = _count(address, ANYWHERE, MOST_FROM_ANYWHERE, instant)
        known = User.objects.filter(username__iexact=address.strip()).first()
        if known is not None:
            what = "locked_out" if here or anywhere else "failed"
            audit.record(action=f"sign_in.{what}", subject=known, by=SYSTEM, at=instant)


def forget(*, address: str, network: str) -> None:
    """The right password and code: what was wrong from this network counts no more."""
    _rows(address).filter(network_hash__in=(_hash(network), ANYWHERE)).delete()


def unlock(*, user: User, by: Actor, at: dt.datetime) -> None:
    """Let a person try again at once. Needs `staff.manage`."""
    users.require(by, "staff.manage")
    _rows(user.username).delete()
    audit.record(action="sign_in.unlocked", subject=user, by=by, at=at)


def locked_among(people: list[User], instant: dt.datetime) -> set[int]:
    """Those of the people who are locked out somewhere, by number."""
    hashes = {_hash(person.username): person.pk for person in people}
    rows = FailedSignIn.objects.filter(address_hash__in=hashes, locked_until__gt=instant)
    return {hashes[found] for found in rows.values_list("address_hash", flat=True)}


def _count(address: str, network_hash: str, most: int, instant: dt.datetime) -> bool:
    """One more failure; whether this one locked."""
    row, _created = FailedSignIn.objects.select_for_update().get_or_create(
        address_hash=_hash(address), network_hash=network_hash, defaults={"last_at": instant}
    )
    is_old = row.last_at < instant - FORGOTTEN_AFTER
    row.failures = 1 if is_old else row.failures + 1
    row.last_at = instant
    is_locked = row.failures >= most and row.failures % most == 0
    if is_locked:
        row.locked_until = instant + LOCKED_FOR
    row.save()
    return is_locked


def _rows(address: str) -> QuerySet[FailedSignIn]:
    return FailedSignIn.objects.filter(address_hash=_hash(address))


def _hash(text: str) -> str:
    return hashlib.sha256(text.strip().lower().encode()).hexdigest()
