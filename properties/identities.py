"""Who a household is: sealed with a key, opened with a purpose that is written down (P12, P22).

The only module that reads or writes `HouseholdIdentity`. A keyed hash of the tax code finds a household
that is counted twice without opening anybody's name.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, encryption, users
from backend.core.errors import Conflict, Missing, Refused
from backend.core.models import User
from backend.core.users import Actor
from properties.models import Hardship, Household, HouseholdIdentity, Trait

FIELDS = ("name", "phone", "email", "tax_code")
BATCH = 500


class NoPurpose(Refused):
    code = "household.no_purpose"


class CountedTwice(Conflict):
    code = "household.counted_twice"


class NoName(Refused):
    code = "household.no_name"


@dataclass(frozen=True)
class Identity:
    """Who a household is, opened. Never stored, never logged."""

    name: str
    phone: str = ""
    email: str = ""
    tax_code: str = ""
    special: tuple[str, ...] = ()
    """Answers of special categories, newest last: opened with the name, and never without a trace."""


def seal(*, household: Household, said: Mapping[str, str]) -> HouseholdIdentity:
    """Keep who a household is. Raises CountedTwice when somebody with this tax code is here."""
    code = said.get("tax_code", "").strip()
    prints = encryption.fingerprints(code) if code else []
    if HouseholdIdentity.objects.filter(fingerprint__in=prints).exists():
        raise _twice()
    try:
        with transaction.atomic():
            return HouseholdIdentity.objects.create(
                household=household,
                sealed=encryption.encrypt(json.dumps({key: said.get(key, "") for key in FIELDS})),
                fingerprint=prints[0] if prints else None,
            )
    except IntegrityError as problem:  # two at once: the database lets one of them through
        raise _twice() from problem


def complete(*, household: Household, said: Mapping[str, str]) -> HouseholdIdentity:
    """Keep who a household is, or of what is kept only what is told anew; nothing is given back.

    Raises NoName where none is kept and none is told, CountedTwice.
    """
    known = HouseholdIdentity.objects.select_for_update().filter(household=household).first()
    kept = json.loads(encryption.decrypt(known.sealed)) if known else {}
    told = {key: said.get(key, "").strip() or kept.get(key, "") for key in FIELDS}
    if not told["name"]:
        raise NoName(_("Say the name."), field="name")
    with transaction.atomic():
        HouseholdIdentity.objects.filter(household=household).delete()
        return seal(household=household, said=told)


@transaction.atomic
def read(*, household: Household, purpose: str, by: User, at: dt.datetime) -> Identity:
    """Open who a household is; who asked, when and for what is written down first.

    Only the caseworker of the case, or an auditor. Raises NoPurpose, Missing.
    """
    _trace(household, purpose, by, at)
    return unseal(household)


@transaction.atomic
def read_special(
    *, household: Household, purpose: str, by: User, at: dt.datetime
) -> tuple[list[Trait], list[Hardship]]:
    """Open what a household answered of special categories, and why it fell into arrears; no name.

    Traced as a name is, for the same people (P13, P22). Raises NoPurpose.
    """
    _trace(household, purpose, by, at)
    return list(household.traits.order_by("on", "pk")), list(household.hardships.order_by("on"))


def _trace(household: Household, purpose: str, by: User, at: dt.datetime) -> None:
    users.require(by, "identity.view")
    if len(purpose.strip()) < 5:
        raise NoPurpose(_("Say for what you need to know it."), field="purpose")
    # Written before anything is fetched: there is no way to read it without a trace.
    audit.record(action="identity.read", subject=household, by=by, at=at, reason=purpose)


def unseal(household: Household) -> Identity:
    """Open it, once who opens it is written down (`read`, `glass.break_glass`). Raises Missing."""
    found = HouseholdIdentity.objects.filter(household=household).first()
    if found is None:
        raise Missing(_("No names are kept for this household."))
    special = tuple(
        f"{trait.get_kind_display()}: {trait.get_said_display()} ({trait.service})"
        for trait in household.traits.order_by("on", "pk")
    )
    causes = tuple(
        f"{each._meta.verbose_name}: {each.get_cause_display()}"
        for each in household.hardships.order_by("on", "pk")
    )
    return Identity(**json.loads(encryption.decrypt(found.sealed)), special=(*special, *causes))


def rotate_all(*, by: Actor, at: dt.datetime, dry_run: bool = False) -> int:
    """Write every identity anew under the newest key, in batches; how many. Safe to repeat."""
    done = 0
    ids = list(HouseholdIdentity.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            rows = HouseholdIdentity.objects.select_for_update().filter(
                pk__in=ids[start : start + BATCH]
            )
            fresh = [_renewed(row) for row in rows]
            if not dry_run:
                HouseholdIdentity.objects.bulk_update(fresh, ["sealed", "fingerprint"])
            done += len(fresh)
    return done


def _renewed(row: HouseholdIdentity) -> HouseholdIdentity:
    text = encryption.decrypt(row.sealed)
    code = json.loads(text)["tax_code"].strip()
    row.sealed = encryption.encrypt(text)
    row.fingerprint = encryption.fingerprints(code)[0] if code else None
    return row


def _twice() -> CountedTwice:
    return CountedTwice(
        _("A household with this tax code is here already: use that one."), field="tax_code"
    )
