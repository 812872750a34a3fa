"""Tax codes, foreign tax numbers, IBANs and countries: is what was typed right, and its plain form. Pure.

A synthetic investor's code must look like one and be invalid, so that nobody's real code stands
under an invented name.
"""

import datetime as dt
import re
from typing import Any

from babel import Locale
from django.utils.translation import gettext_lazy as _
from stdnum import iban as ibans
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.it import codicefiscale, iva

from backend.core import languages
from backend.core.errors import Refused

HOME = "IT"
SYNTHETIC_TAX_CODE = re.compile(r"[A-Z0-9]{11,16}")
SYNTHETIC_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
FOREIGN_NUMBER = re.compile(r"[A-Z0-9]{4,40}")
# Babel's territories hold continents and two codes that are no country.
COUNTRIES = frozenset(
    str(code)
    for code in Locale("en").territories
    if re.fullmatch(r"[A-Z]{2}", str(code))
    and code not in {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
)


class WrongTaxCode(Refused):
    code = "investor.tax_code"


class WrongIban(Refused):
    code = "investor.iban"


class WrongCountry(Refused):
    code = "investor.tax_country"


def tax_code_of_person(text: str) -> str:
    """The codice fiscale in its plain form. Raises WrongTaxCode, which says what is wrong with it."""
    plain = _plain(text)
    if plain.isdigit() and len(plain) == 11:  # as given for the time before the code of letters
        return _checked(iva, plain, _("The check digit of this tax code is wrong."))
    return _checked(codicefiscale, plain, _("The check letter of this tax code is wrong."))


def tax_code_of_entity(text: str) -> str:
    """The eleven digits of a body (codice fiscale or partita IVA). Raises WrongTaxCode."""
    plain = _plain(text).removeprefix(HOME)
    return _checked(iva, plain, _("The check digit of this tax code is wrong."))


def synthetic_tax_code(text: str) -> str:
    """A code that looks like one and is nobody's. Raises WrongTaxCode."""
    plain = _plain(text)
    if not SYNTHETIC_TAX_CODE.fullmatch(plain):
        raise WrongTaxCode(
            _("A synthetic tax code has 11 to 16 letters and digits."), field="tax_code"
        )
    if codicefiscale.is_valid(plain):
        raise WrongTaxCode(
            _("This could be somebody's real tax code: invent another one, like SYNTHETIC0000001."),
            field="tax_code",
        )
    return plain


def birth_date(tax_code: str) -> dt.date | None:
    """The day of birth that an Italian code of letters holds; None of any other code."""
    if len(tax_code) != 16 or not codicefiscale.is_valid(tax_code):
        return None
    day: dt.date = codicefiscale.get_birth_date(tax_code)
    return day


def foreign_number(text: str) -> str:
    """A foreign tax number in its plain form; only its look is checked. Raises WrongTaxCode."""
    plain = re.sub(r"[\s./-]", "", text).upper()
    if not FOREIGN_NUMBER.fullmatch(plain):
        raise WrongTaxCode(
            _("A foreign tax number has 4 to 40 letters and digits."), field="foreign_tax_number"
        )
    return plain


def country(text: str) -> str:
    """A country by its two letters. Raises WrongCountry."""
    plain = text.strip().upper()
    if plain not in COUNTRIES:
        raise WrongCountry(
            _("Name the country by its two letters, such as IT."), field="tax_country"
        )
    return plain


def country_name(code: str) -> str:
    """The country in the reader's language."""
    return str(Locale(languages.active()).territories.get(code, code))


def iban(text: str, *, is_synthetic: bool = False) -> str:
    """The IBAN in its plain form, or nothing where nothing was given. Raises WrongIban."""
    plain = re.sub(r"\s", "", text).upper()
    if not plain or (is_synthetic and SYNTHETIC_IBAN.fullmatch(plain)):
        return plain
    try:
        return str(ibans.validate(plain))
    except InvalidChecksum as problem:
        raise WrongIban(
            _("The check digits of this IBAN are wrong: please look at it again."), field="iban"
        ) from problem
    except ValidationError as problem:
        raise WrongIban(_("The IBAN is not right: please check it."), field="iban") from problem


def _plain(text: str) -> str:
    return re.sub(r"[\s.-]", "", text).upper()


def _checked(kind: Any, plain: str, wrong_sum: object) -> str:
    try:
        return str(kind.validate(plain))
    except InvalidChecksum as problem:
        raise WrongTaxCode(str(wrong_sum), field="tax_code") from problem
    except InvalidLength as problem:
        raise WrongTaxCode(
            _("A tax code has 16 characters, that of a body 11 digits."), field="tax_code"
        ) from problem
    except ValidationError as problem:
        raise WrongTaxCode(
            _("The tax code is not right: please check it."), field="tax_code"
        ) from problem
