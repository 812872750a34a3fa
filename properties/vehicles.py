"""A special purpose vehicle holds one home (ECSPR art. 3(6), R5): a second is refused when it is tried.

Which issuer is one stands with its campaign; the rule is `campaigns.rules.owners`.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Conflict
from backend.ledger.models import Fund
from campaigns.models import Campaign
from campaigns.rules import owners
from properties.models import Acquisition, Unit
from properties.models.routes import LAST_STATE, ROUTES


class SecondHome(Conflict):
    """The money is that of a special purpose vehicle, which holds one home already."""

    code = "acquisition.second_home_of_vehicle"


def refuse_second(*, unit: Unit, fund: Fund | None) -> None:
    """Refuse to try for another home with the money of a vehicle; a try that failed does not count."""
    if fund is None or not Campaign.objects.filter(fund=fund, is_spv=True).exists():
        return
    held = {each.unit_id for each in _unsold(fund) if not _failed(each)}
    if not owners.may_hold(is_spv=True, assets=len(held | {unit.pk})):
        raise SecondHome(
            _("This money is that of a special purpose vehicle: it buys one home, and has one."),
            field="fund",
        )


def _unsold(fund: Fund) -> QuerySet[Acquisition]:
    return Acquisition.objects.filter(fund=fund).exclude(unit__ownership=Unit.Ownership.SOLD)


def _failed(acquisition: Acquisition) -> bool:
    is_over = not ROUTES[acquisition.route].get(acquisition.state)
    return is_over and acquisition.state != LAST_STATE[acquisition.route]
