"""The identifier of an offer: the LEI of the platform and eight digits (R20)."""

import re

from django.utils.translation import gettext_lazy as _
from stdnum import lei

from backend.core import law
from campaigns.rules import dates

DIGITS = 8
LENGTH = 20 + DIGITS
_SHAPE = re.compile(r"[A-Z0-9]{20}\d{8}", re.ASCII)


@law.rule(
    id="R20",
    article="Delegated Reg. (EU) 2022/2119, art. 3",
    valid_from=dates.STANDARDS_2022,
    regimes=dates.EUROPE,
    says=_(
        "An offer has one identifier: the 20 characters of the platform's LEI and 8 digits. An "
        "update or a translation of the sheet does not change it."
    ),
)
def is_offer_identifier(text: str) -> bool:
    """Whether a text is one: the LEI with right check digits, then eight digits."""
    return bool(_SHAPE.fullmatch(text)) and bool(lei.is_valid(text[:20]))


def make(platform_lei: str, number: int) -> str:
    """The identifier of an offer. ValueError where LEI or number cannot make one."""
    made = f"{platform_lei}{number:0{DIGITS}d}"
    if not is_offer_identifier(made):
        raise ValueError(f"{made} is no identifier of an offer")
    return made


def lei_of(identifier: str) -> str:
    """The LEI of the platform inside an identifier."""
    return identifier[:20]
