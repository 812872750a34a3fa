"""Above which sums an order of 2020 went through a bank that judged whether it is appropriate (I5)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import law
from backend.core.money import euro
from campaigns.rules import dates

BOUNDS = {"person": euro("500.00"), "body": euro("10000.00")}
TIMES_A_YEAR = 2


@dataclass(frozen=True)
class Judged:
    """What a bank or the portal found of an order."""

    is_appropriate: bool
    was_warned: bool = False


@law.rule(
    id="I5",
    article="Reg. Consob 18592/2013, art. 17(4)",
    valid_from=dates.CONSOB_2013,
    regimes=dates.CONSOB,
    says=_(
        "An order of more than EUR 500 (10,000 of a legal person), or more than twice that in a "
        "year, needs a check of appropriateness."
    ),
    uncertain=_(
        "The yearly bounds were not read in the text, and since 2016 the portal itself may check: "
        "we ask for the check whoever makes it."
    ),
)
def needs_check(*, order: Money, of_the_year: Money, is_person: bool) -> bool:
    """Whether an order needs the check; `of_the_year` is the sum of the year with this order."""
    bound = BOUNDS["person" if is_person else "body"]
    return order > bound or of_the_year > bound * TIMES_A_YEAR


@law.rule(
    id="I5.judged",
    article="Reg. Consob 18592/2013, art. 17(2)-(4)",
    valid_from=dates.CONSOB_2013,
    regimes=dates.CONSOB,
    says=_(
        "An offer closes once each such order was judged; who was told that it is not appropriate "
        "was warned, and may invest all the same."
    ),
    uncertain=_(
        "That a warning is enough follows from the rules for banks (MiFID), which the article names."
    ),
)
def may_stand(found: Judged | None) -> bool:
    """Whether a large order may stand when the offer closes; None: nobody judged it yet."""
    return found is not None and (found.is_appropriate or found.was_warned)
