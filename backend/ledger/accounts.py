"""Open accounts. An account is known by its code, a readable address: `campaign:1:pledge:7`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.core.errors import Conflict
from backend.core.models import Organisation
from backend.ledger.models import Account, Fund


class OpenedOtherwise(Conflict):
    code = "account.opened_otherwise"


@dataclass(frozen=True)
class AccountSpec:
    """An account to be opened; `purpose` is set for use. Outside and suspense have no fund: they name
    the organisation in whose books they stand."""

    code: str
    kind: str
    fund: Fund | None = None
    purpose: str = ""
    currency: str = "EUR"
    organisation: Organisation | None = None

    @property
    def organisation_id(self) -> int:
        """Whose books: the fund's, where there is one."""
        if self.fund:
            return self.fund.organisation_id
        assert self.organisation is not None, "an account without a fund names its organisation"
        return self.organisation.pk


def open_account(*, code: str, kind: str, fund: Fund | None = None, purpose: str = "") -> Account:
    """Open one euro account of a fund, or return the one that has the code (see open_many)."""
    return open_many([AccountSpec(code, kind, fund, purpose)])[0]


def open_many(specs: Sequence[AccountSpec]) -> list[Account]:
    """Open accounts that do not exist yet; return all, in the order asked. Safe to repeat.

    Raises OpenedOtherwise when a code exists with another kind, fund, purpose or currency.
    """
    rows = [_row(spec) for spec in specs]
    Account.objects.bulk_create(rows, ignore_conflicts=True)
    by_code = Account.objects.in_bulk([spec.code for spec in specs], field_name="code")
    for row in rows:
        _refuse_other(row, by_code[row.code])
    return [by_code[spec.code] for spec in specs]


def open_new(spec: AccountSpec) -> Account:
    """Open an account whose code carries a number that was just drawn: one statement, nothing to look up.

    Raises IntegrityError when the code is taken after all.
    """
    row = _row(spec)
    row.save(force_insert=True)
    return row


def _row(spec: AccountSpec) -> Account:
    return Account(
        code=spec.code,
        kind=spec.kind,
        fund=spec.fund,
        purpose=spec.purpose,
        currency=spec.currency,
        organisation_id=spec.organisation_id,
    )


def _refuse_other(asked: Account, found: Account) -> None:
    fields = ("kind", "fund_id", "purpose", "currency", "organisation_id")
    if any(getattr(asked, name) != getattr(found, name) for name in fields):
        raise OpenedOtherwise(
            _("The account %(code)s exists already and is of another kind.") % {"code": found.code},
            account=found.code,
        )
