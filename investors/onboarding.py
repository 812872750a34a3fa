"""How an investor comes to be, by a user who acts for it or by an import, and how its data change.

Whether codes are right is decided in `codes`; who acts for whom later on in `representations`.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation, User
from backend.core.users import Actor
from investors import codes
from investors.models import Investor, Representation

ADULT_YEARS = 18
SHOWN_AS = Investor.ShownAs


class KnownAlready(Conflict):
    code = "investor.known_already"


class TaxNumberMissing(Refused):
    code = "investor.tax_number_missing"


class BirthDateMissing(Refused):
    code = "investor.birth_date_missing"


class Minor(Refused):
    code = "investor.minor"


@dataclass(frozen=True)
class Profile:
    """What somebody says about an investor. `acting` is how the user acts for it.

    Who has no Italian tax code gives the country of tax residence and its number there. The date of
    birth is asked of a person only where no Italian code tells it.
    """

    kind: str
    name: str
    tax_code: str
    email: str
    language: str = "it"
    iban: str = ""
    is_synthetic: bool = False
    tax_country: str = codes.HOME
    foreign_tax_number: str = ""
    born_on: dt.date | None = None
    acting: str = ""
    evidence: str = ""

    @property
    def is_person(self) -> bool:
        return self.kind == Investor.Kind.PERSON


def register(*, profile: Profile, user: User, by: Actor, at: dt.datetime) -> Investor:
    """Make an investor for whom the user acts.

    Raises what `codes` raises, TaxNumberMissing, BirthDateMissing, Minor, KnownAlready.
    """
    investor = _investor(profile, at)
    with _once(investor):
        investor.save()
        Representation.objects.create(
            investor=investor,
            user=user,
            kind=_acting(profile),
            evidence=profile.evidence,
            since=at,
        )
        audit.record(action="investor.registered", subject=investor, by=by, at=at)
    return investor


def admit(*, profile: Profile, by: Actor, at: dt.datetime) -> Investor:
    """Make an investor whom an import tells of; nobody acts for it here until somebody claims it.

    Raises what `codes` raises, TaxNumberMissing, BirthDateMissing, Minor, KnownAlready.
    """
    investor = _investor(profile, at)
    with _once(investor):
        investor.save()
        audit.record(action="investor.admitted", subject=investor, by=by, at=at)
    return investor


def change_iban(*, investor: Investor, iban: str, by: Actor, at: dt.datetime) -> Investor:
    """Change where money would be returned. Raises WrongIban."""
    investor.iban = codes.iban(iban, is_synthetic=investor.is_synthetic)
    with transaction.atomic():
        investor.save(update_fields=["iban"])
        audit.record(action="investor.iban_changed", subject=investor, by=by, at=at)
    return investor


def show_as(*, investor: Investor, choice: str, by: Actor, at: dt.datetime) -> Investor:
    """Choose how the public sees the investor: name, initials or not at all (see `naming`)."""
    investor.shown_as = SHOWN_AS(choice)
    with transaction.atomic():
        investor.save(update_fields=["shown_as"])
        audit.record(
            action="investor.shown_as", subject=investor, by=by, at=at, facts={"choice": choice}
        )
    return investor


def introduce(*, investor: Investor, organisation: Organisation) -> None:
    """Let the staff of an organisation see an investor who deals with it. Safe to repeat."""
    investor.known_to.add(organisation)


@contextmanager
def _once(investor: Investor) -> Iterator[None]:
    """A transaction that refuses a code which stands already. It is looked for under every key, because
    the unique hash in the database is that of the newest; that one decides between two at once."""
    known = Investor.objects.with_tax_code(
        investor.tax_code
    ) | Investor.objects.with_foreign_number(investor.tax_country, investor.foreign_tax_number)
    if known.exists():
        raise _known_already()
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        raise _known_already() from problem


def _known_already() -> KnownAlready:
    return KnownAlready(
        _("An investor with this tax code is registered already."), field="tax_code"
    )


def _investor(profile: Profile, at: dt.datetime) -> Investor:
    """The investor as checked, not saved."""
    tax_code = _tax_code(profile)
    country = codes.country(profile.tax_country)
    number = codes.foreign_number(profile.foreign_tax_number) if profile.foreign_tax_number else ""
    _refuse_unknown_to_tax_offices(tax_code, country, number)
    born_on = None if codes.birth_date(tax_code) else profile.born_on
    _refuse_minor(profile, codes.birth_date(tax_code) or born_on, clock.day_of(at))
    return Investor(
        kind=profile.kind,
        name=profile.name,
        tax_code=tax_code,
        tax_country=country,
        foreign_tax_number=number,
        born_on=born_on if profile.is_person else None,
        email=profile.email,
        language=profile.language,
        iban=codes.iban(profile.iban, is_synthetic=profile.is_synthetic),
        is_synthetic=profile.is_synthetic,
        registered_at=at,
    )


def _tax_code(profile: Profile) -> str:
    if not profile.tax_code.strip() and profile.foreign_tax_number:
        return ""
    if profile.is_synthetic:
        return codes.synthetic_tax_code(profile.tax_code)
    if profile.is_person:
        return codes.tax_code_of_person(profile.tax_code)
    return codes.tax_code_of_entity(profile.tax_code)


def _refuse_unknown_to_tax_offices(tax_code: str, country: str, number: str) -> None:
    if tax_code or (number and country != codes.HOME):
        return
    raise TaxNumberMissing(
        _("Without an Italian tax code, give another country of tax residence and its tax number."),
        field="foreign_tax_number",
    )


def _refuse_minor(profile: Profile, born_on: dt.date | None, today: dt.date) -> None:
    """A person who is not of age invests through a legal representative."""
    if not profile.is_person or (profile.is_synthetic and born_on is None):
        return
    if born_on is None:
        raise BirthDateMissing(
            _("Give the date of birth: no Italian tax code tells it."), field="born_on"
        )
    is_adult = (born_on.year + ADULT_YEARS, born_on.month, born_on.day) <= (
        today.year,
        today.month,
        today.day,
    )
    if not is_adult and _acting(profile) == Representation.Kind.SELF:
        raise Minor(
            _("Who is under eighteen invests through a legal representative."), field="acting"
        )


def _acting(profile: Profile) -> str:
    kinds = Representation.Kind
    return profile.acting or (kinds.SELF if profile.is_person else kinds.LEGAL)
