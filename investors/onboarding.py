"""How an investor comes to be: registered by a user who acts for it, or by an import.

Codes are checked here. A synthetic investor's tax code must look like one and be invalid, so that
nobody's real code stands under an invented name.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from stdnum import iban as ibans
from stdnum.exceptions import ValidationError
from stdnum.it import codicefiscale, iva

from backend.core import audit
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation, User
from backend.core.users import Actor
from investors.models import Investor, Representation

SYNTHETIC_TAX_CODE = re.compile(r"[A-Z0-9]{11,16}")
SYNTHETIC_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


class WrongTaxCode(Refused):
    code = "investor.tax_code"


class WrongIban(Refused):
    code = "investor.iban"


class KnownAlready(Conflict):
    code = "investor.known_already"


@dataclass(frozen=True)
class Profile:
    """What somebody says about an investor."""

    kind: str
    name: str
    tax_code: str
    email: str
    language: str = "it"
    iban: str = ""
    is_synthetic: bool = False


def register(*, profile: Profile, user: User, by: Actor, at: dt.datetime) -> Investor:
    """Make an investor for whom the user acts. Raises WrongTaxCode, WrongIban, KnownAlready."""
    tax_code, iban = checked_tax_code(profile), checked_iban(profile.iban, profile.is_synthetic)
    try:
        with transaction.atomic():
            investor = Investor.objects.create(
                kind=profile.kind,
                name=profile.name,
                tax_code=tax_code,
                email=profile.email,
                language=profile.language,
                iban=iban,
                is_synthetic=profile.is_synthetic,
                registered_at=at,
            )
            Representation.objects.create(investor=investor, user=user, since=at)
            audit.record(action="investor.registered", subject=investor, by=by, at=at)
    except IntegrityError as problem:
        raise KnownAlready(_("An investor with this tax code is registered already.")) from problem
    return investor


def change_iban(*, investor: Investor, iban: str, by: Actor, at: dt.datetime) -> Investor:
    """Change where money would be returned. Raises WrongIban."""
    investor.iban = checked_iban(iban, investor.is_synthetic)
    with transaction.atomic():
        investor.save(update_fields=["iban"])
        audit.record(action="investor.iban_changed", subject=investor, by=by, at=at)
    return investor


def introduce(*, investor: Investor, organisation: Organisation) -> None:
    """Let the staff of an organisation see an investor who deals with it. Safe to repeat."""
    investor.known_to.add(organisation)


def checked_tax_code(profile: Profile) -> str:
    """The tax code in its plain form: codice fiscale of a person, eleven digits of an entity."""
    plain = re.sub(r"[\s.-]", "", profile.tax_code).upper()
    if profile.is_synthetic:
        return _synthetic(plain)
    rule = codicefiscale if profile.kind == Investor.Kind.PERSON else iva
    try:
        return str(rule.validate(plain))
    except ValidationError as problem:
        raise WrongTaxCode(_("The tax code is not right: please check it.")) from problem


def _synthetic(plain: str) -> str:
    """A code that looks like one and is nobody's."""
    if not SYNTHETIC_TAX_CODE.fullmatch(plain):
        raise WrongTaxCode(_("A synthetic tax code has 11 to 16 letters and digits."))
    if codicefiscale.is_valid(plain):
        raise WrongTaxCode(_("This could be somebody's real tax code: invent another one."))
    return plain


def checked_iban(text: str, is_synthetic: bool) -> str:
    """The IBAN in its plain form, or nothing where nothing was given."""
    plain = re.sub(r"\s", "", text).upper()
    if not plain:
        return ""
    if is_synthetic and SYNTHETIC_IBAN.fullmatch(plain):
        return plain
    try:
        return str(ibans.validate(plain))
    except ValidationError as problem:
        raise WrongIban(_("The IBAN is not right: please check it.")) from problem
