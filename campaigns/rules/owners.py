"""Who may be the owner of a project, what it must have shown, and who is too close to the platform."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import law
from campaigns.rules import dates

CLOSE_SHAREHOLDING_PERCENT = Decimal(20)
EXIT_YEARS = 3
START_UP_YEARS = 5


@law.rule(
    id="R1",
    article="Reg. (EU) 2020/1503, art. 1(2)(a)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("The owner of a project acts for a business; a consumer may not raise money."),
)
def may_raise(*, is_consumer: bool) -> bool:
    """Whether an owner may offer at all."""
    return not is_consumer


@law.rule(
    id="R5",
    article="Reg. (EU) 2020/1503, art. 3(6)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("A special purpose vehicle holds one asset that is illiquid or indivisible, no second."),
    uncertain=_(
        "Whether a company that runs a business of its own counts as such a vehicle: the issuer "
        "says so, a lawyer decides."
    ),
)
def may_hold(*, is_spv: bool, assets: int) -> bool:
    """Whether an owner may hold so many assets."""
    return not is_spv or assets <= 1


@dataclass(frozen=True)
class DueDiligence:
    """What the platform found about an owner; None: not looked at."""

    has_clean_record: bool | None = None
    is_in_listed_country: bool | None = None
    checked_on: dt.date | None = None


@law.rule(
    id="R6",
    article="Reg. (EU) 2020/1503, art. 5",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "The platform has looked at the owner: no criminal record in the fields that the article "
        "names, not established in a listed tax or high-risk country."
    ),
)
def lacks_of_diligence(found: DueDiligence) -> list[str | Promise]:
    """What stands against an owner, or was not looked at yet."""
    looks: list[tuple[bool, str | Promise]] = [
        (found.checked_on is None, _("Nobody has checked the owner yet.")),
        (found.has_clean_record is not True, _("A clean criminal record is not shown.")),
        (
            found.is_in_listed_country is not False,
            _("That the owner is not established in a listed country is not shown."),
        ),
    ]
    return [sentence for is_lacking, sentence in looks if is_lacking]


@dataclass(frozen=True)
class Ties:
    """How a person is tied to the platform."""

    shareholding_percent: Decimal = Decimal(0)
    is_manager: bool = False
    is_employee: bool = False
    is_controlled: bool = False


@law.rule(
    id="R7",
    article="Reg. (EU) 2020/1503, art. 8(2)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "Who holds 20 % or more of the platform, manages it, works for it or is controlled by such "
        "people may not own a project there."
    ),
)
def is_too_close(ties: Ties) -> bool:
    """Whether somebody may not be an owner on the platform, and as an investor must be disclosed."""
    holds_much = ties.shareholding_percent >= CLOSE_SHAREHOLDING_PERCENT
    return holds_much or ties.is_manager or ties.is_employee or ties.is_controlled


@law.rule(
    id="R7.disclosure",
    article="Reg. (EU) 2020/1503, art. 8(3)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "Where such people invest, the platform says so in public, offer by offer; they invest on "
        "the same terms as all."
    ),
)
def must_disclose(investors: Iterable[Ties]) -> bool:
    """Whether the offer must say that people of the platform invest in it."""
    return any(is_too_close(ties) for ties in investors)


@law.rule(
    id="I2",
    article="Reg. Consob 18592/2013, art. 24(1)",
    valid_from=dates.CONSOB_2013,
    regimes=dates.CONSOB,
    says=_(
        "The statute lets investors leave, or sell along, when control changes, for at least three "
        "years; shareholder agreements are published."
    ),
)
def statute_protects(*, exit_years: int, publishes_agreements: bool) -> bool:
    """Whether the statute gives exit or tag-along for long enough and agreements are published."""
    return exit_years >= EXIT_YEARS and publishes_agreements


@law.rule(
    id="I12",
    article="DL 179/2012, art. 25(2)(e)",
    valid_from=dates.START_UPS,
    says=_("An innovative start-up distributes no profit while it is one: five years at most."),
)
def may_distribute_profit(*, is_start_up: bool, registered_on: dt.date | None, on: dt.date) -> bool:
    """Whether a profit may be distributed on a day; without a day of registration it may not."""
    if not is_start_up:
        return True
    return registered_on is not None and on >= dates.years_after(registered_on, START_UP_YEARS)
