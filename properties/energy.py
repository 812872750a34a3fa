"""Energy certificates of homes: keep one, and say which held on a day.

A certificate holds for ten years at most, and ends earlier where the checks of the plant are missed
(D.Lgs. 192/2005 art. 6; the day stands in the paper and is typed in).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Refused, RuleBroken
from backend.core.users import Actor
from properties.models import EnergyCertificate, Unit

LONGEST_YEARS = 10


class BadCertificate(Refused):
    code = "energy.bad_certificate"


@dataclass(frozen=True, kw_only=True)
class NewCertificate:
    """A certificate; demand is EPgl,nren in kWh per square metre and year. Without days: a class told."""

    energy_class: str
    demand: Decimal | None = None
    code: str = ""
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None


@transaction.atomic
def certify(*, unit: Unit, new: NewCertificate, by: Actor, at: dt.datetime) -> EnergyCertificate:
    """Keep one more certificate of a home. Raises BadCertificate."""
    users.require(by, "unit.edit")
    for _place, problem in problems([(0, new)]):
        raise problem
    (kept,) = keep_many([(unit, new)])
    facts = {"class": new.energy_class, "code": new.code}
    audit.record(action="unit.certified", subject=unit, by=by, at=at, facts=facts)
    return kept


def keep_many(new: Sequence[tuple[Unit, NewCertificate]]) -> list[EnergyCertificate]:
    """Write down certificates of homes, once `problems` has found nothing against them."""
    return EnergyCertificate.objects.bulk_create(
        EnergyCertificate(unit=unit, **asdict(one)) for unit, one in new
    )


def problems(
    new: Sequence[tuple[int, NewCertificate]], *, field: str = "expires_on"
) -> list[tuple[int, RuleBroken]]:
    """The certificates of a list whose days cannot be."""
    return [
        (place, BadCertificate(sentence, field=field))
        for place, one in new
        if (sentence := _fault(one))
    ]


def newest(certificates: Iterable[EnergyCertificate]) -> EnergyCertificate | None:
    """The last one issued; one without days counts as the oldest."""
    return max(
        certificates, key=lambda each: (each.issued_on or dt.date.min, each.pk), default=None
    )


def _fault(new: NewCertificate) -> str | Promise:
    if (new.issued_on is None) != (new.expires_on is None):
        return _("A certificate has a day of issue and a day on which it expires.")
    if new.issued_on is None or new.expires_on is None:
        return ""
    if new.expires_on <= new.issued_on:
        return _("A certificate expires after it is issued.")
    if new.expires_on > _years_later(new.issued_on, LONGEST_YEARS):
        return _("An energy certificate holds for ten years at most.")
    return ""


def _years_later(day: dt.date, years: int) -> dt.date:
    # 29 February has no birthday in most years: the law then counts to the end of the month.
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if leap else day.day)
