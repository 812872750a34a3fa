"""Lo.C.A.Re.: whether a lease may run under the city's scheme, and on which terms it does.

`findings` is pure: facts and limits in, what speaks against it out. The limits are dated parameters
(housing.md 3.5; figures of the scheme as published, to be checked each year).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, clock, parameters, users
from backend.core.errors import Conflict, Refused
from backend.core.money import euro
from backend.core.users import Actor
from properties.models import Household, LocareTerms, Tenancy

Kind, Isee, Priority = Tenancy.Kind, Household.Isee, LocareTerms.Priority
CONTRACTS = (Kind.TERM_3_2, Kind.TERM_4_2, Kind.TERM_5_2, Kind.TERM_6_2)
"""Agreed rent for three years or more, plus two."""
WITHIN_LIMIT = (Isee.VERY_LOW, Isee.LOW, Isee.MODEST)
"""Brackets up to € 26,000, the edge of the scheme and of the bracket."""

BARRED = "locare.barred_categories"
CERTIFICATE_DAYS = "locare.certificate_days"
RESIDENCE_DAYS = "locare.residence_days"
OWNER_GRANT = "locare.owner_grant"


class NotEligible(Refused):
    """Something speaks against it; `facts["findings"]` tells all of it."""

    code = "locare.not_eligible"


class AgreedAlready(Conflict):
    code = "locare.agreed_already"


@dataclass(frozen=True, kw_only=True)
class NewTerms:
    """What the city is shown, and what it grants the tenant."""

    certificate_on: dt.date
    in_turin_since: dt.date
    is_case: bool = False
    tenant_grant: Money | None = None


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The edges of the scheme on a day."""

    barred: frozenset[str]
    certificate: dt.timedelta
    residence: dt.timedelta


@dataclass(frozen=True, kw_only=True)
class Case:
    """What eligibility rests on: the lease, the home, the household, as of the day it begins."""

    on: dt.date
    contract: str
    has_agreed_rent: bool
    isee: str
    categories: frozenset[str]
    certificate_on: dt.date
    in_turin_since: dt.date


Finding = tuple[str, str | Promise]
"""The field at fault, and the sentence."""


def findings(case: Case, limits: Limits) -> list[Finding]:
    """All that speaks against Lo.C.A.Re.; nothing when the lease may run under it. Pure."""
    is_valid = case.certificate_on <= case.on <= case.certificate_on + limits.certificate
    judged: Sequence[tuple[bool, str, str | Promise]] = (
        (case.contract in CONTRACTS, "kind", _("The scheme asks for an agreed rent, 3+2 to 6+2.")),
        (case.has_agreed_rent, "agreed_most", _("Say what the local agreement allows at most.")),
        (case.isee in WITHIN_LIMIT, "isee", _("The income (ISEE) is above € 26,000 or not known.")),
        (
            not case.categories & limits.barred,
            "category",
            _("Homes of categories A/1, A/7, A/8 and A/9 are barred."),
        ),
        (is_valid, "certificate_on", _("The income certificate is valid for a year.")),
        (
            case.in_turin_since + limits.residence <= case.on,
            "in_turin_since",
            _("A year of living or working in Turin is needed."),
        ),
    )
    return [(field, sentence) for holds, field, sentence in judged if not holds]


def priority(*, isee: str, is_case: bool) -> str:
    """Who comes first: the poorest, then the poor with a case (housing.md 3.5). Pure."""
    if isee == Isee.VERY_LOW:
        return Priority.FIRST
    return Priority.SECOND if isee == Isee.LOW and is_case else Priority.NONE


@transaction.atomic
def agree(*, tenancy: Tenancy, new: NewTerms, by: Actor, at: dt.datetime) -> LocareTerms:
    """Put a lease under Lo.C.A.Re., once. Raises NotEligible with every finding, AgreedAlready."""
    users.require(by, "tenancy.edit")
    on = tenancy.starts_on
    if found := findings(case_of(tenancy, new), limits(on)):
        raise NotEligible(
            " ".join(str(sentence) for _field, sentence in found),
            field=found[0][0],
            findings=[field for field, _sentence in found],
        )
    terms = LocareTerms(
        tenancy=tenancy,
        certificate_on=new.certificate_on,
        in_turin_since=new.in_turin_since,
        is_case=new.is_case,
        priority=priority(isee=tenancy.household.isee, is_case=new.is_case),
        agreed_on=clock.day_of(at),
        owner_grant=euro(parameters.value(OWNER_GRANT, on=on)),
        tenant_grant=new.tenant_grant,
        at=at,
        by_label=users.label(by),
    )
    try:
        with transaction.atomic():
            terms.save(force_insert=True)
    except IntegrityError as problem:
        raise AgreedAlready(_("This lease runs under Lo.C.A.Re. already.")) from problem
    audit.record(action="tenancy.locare", subject=tenancy, by=by, at=at)
    return terms


def case_of(tenancy: Tenancy, new: NewTerms) -> Case:
    """The facts of a lease that the scheme looks at."""
    keys = tenancy.unit.keys.filter(ends_on=None).values_list("category", flat=True)
    return Case(
        on=tenancy.starts_on,
        contract=tenancy.kind,
        has_agreed_rent=tenancy.agreed_most is not None,
        isee=tenancy.household.isee,
        categories=frozenset(category.replace("/", "").upper() for category in keys if category),
        certificate_on=new.certificate_on,
        in_turin_since=new.in_turin_since,
    )


def limits(on: dt.date) -> Limits:
    """The edges of the scheme in force on a day."""
    return Limits(
        barred=frozenset(parameters.value(BARRED, on=on).split()),
        certificate=dt.timedelta(days=int(parameters.value(CERTIFICATE_DAYS, on=on))),
        residence=dt.timedelta(days=int(parameters.value(RESIDENCE_DAYS, on=on))),
    )
