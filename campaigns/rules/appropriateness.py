"""What the rules of 2020 ask of who orders: a questionnaire, a statement, and of large orders a check.

The European rules ask otherwise (`investors.suitability`); a regime names the one or the other.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import law
from backend.core.money import euro
from campaigns.rules import dates
from investors import suitability
from investors.suitability import Need, Order, Standing

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


@law.rule(
    id="I5.questionnaire",
    article="Reg. Consob 18592/2013, art. 15(2)",
    valid_from=dates.CONSOB_2013,
    regimes=dates.CONSOB,
    says=_(
        "Who is no professional orders only after answering the questionnaire well and stating "
        "that to lose all of it can be borne. No loss is simulated."
    ),
    uncertain=_(
        "The article was not read in its text. We take our knowledge test for the questionnaire, "
        "and ask it once."
    ),
)
def missing(*, standing: Standing, order: Order, at: dt.datetime) -> list[Need]:
    """What must still be given before an order of 2020; a questionnaire that went badly is repeated."""
    needs = suitability.account(standing)
    if standing.is_professional:
        return needs
    if standing.tested_at is None or standing.tested_at > at or not standing.has_passed:
        needs.append(Need("knowledge_test", _("Answer the questions on what you would buy well.")))
    if not order.is_acknowledged:
        needs.append(suitability.UNREAD)
    return needs


def warnings(*, standing: Standing, order: Order) -> list[str]:
    """The kinds of warning that an order of 2020 calls for: the same of any sum."""
    return ["loss_of_all"] if standing.is_professional else ["loss_of_all", "bears_loss"]
