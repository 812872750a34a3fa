"""What the resources share: one row that the caller may see, whose rows they make, which fund."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Refused
from backend.core.models import Organisation, User
from backend.ledger.models import Fund

M = TypeVar("M", bound=Model)


class NoOrganisation(Refused):
    code = "person.no_organisation"


class NoSuchFund(Refused):
    code = "fund.unknown"


def one(rows: QuerySet[M], pk: int) -> M:
    """The row, if it is among those; else 404."""
    found: M = get_object_or_404(rows, pk=pk)
    return found


def organisation_of(person: User) -> Organisation:
    """Whose rows the person makes."""
    if person.organisation is None:
        raise NoOrganisation(_("You belong to no organisation."))
    return person.organisation


def fund_of(person: User, code: str) -> Fund | None:
    """A fund of the person's organisation by its code; None where no code is given."""
    if not code:
        return None
    fund = Fund.objects.filter(organisation=person.organisation_id, code=code).first()
    if fund is None:
        raise NoSuchFund(_("Your organisation has no fund with this code."), field="fund")
    return fund
