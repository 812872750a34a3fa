"""How a bank writes its tables: saved per account, so that the next file is read without asking.

What a layout means for a file is in `formats.delimited`, which is pure.
"""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from backend.core import audit, users
from backend.core.errors import Refused
from backend.core.users import Actor
from backend.treasury.formats.delimited import AMOUNTS, FIELDS, NEEDED, Balances, Layout, Sheet
from backend.treasury.models import BankAccount, TableLayout


class BadLayout(Refused):
    code = "table_layout.bad"


class NoLayout(Refused):
    code = "table_layout.missing"


def save(*, bank_account: BankAccount, layout: Layout, by: Actor, at: dt.datetime) -> TableLayout:
    """Save how this account's tables are read, in place of what was saved before. Raises BadLayout."""
    users.require(by, "statement.upload")
    _refuse_bad(layout)
    with transaction.atomic():
        row, _created = TableLayout.objects.update_or_create(
            bank_account=bank_account, defaults=asdict(layout)
        )
        audit.record(
            action="table_layout.saved", subject=bank_account, by=by, at=at, facts=asdict(layout)
        )
    return row


def of(bank_account: BankAccount) -> Layout | None:
    """The saved layout, if there is one."""
    row = TableLayout.objects.filter(bank_account=bank_account).first()
    if row is None:
        return None
    return Layout(row.columns, row.date_form, row.decimal_mark, row.is_newest_first)


def sheet(
    *, bank_account: BankAccount, opening: Money | None = None, closing: Money | None = None
) -> Sheet:
    """How to read a table of this account; the balances where the table has none. Raises NoLayout."""
    layout = of(bank_account)
    if layout is None:
        raise NoLayout(
            _("Say first what the columns of this account's tables mean."), iban=bank_account.iban
        )
    balances = Balances(opening=opening, closing=closing)
    return Sheet(bank_account.iban, bank_account.currency, layout, balances)


def _refuse_bad(layout: Layout) -> None:
    unknown = sorted(set(layout.columns) - set(FIELDS))
    if unknown:
        raise BadLayout(
            _("There is no field “%(name)s”.") % {"name": unknown[0]}, fields=list(FIELDS)
        )
    named = {name for name, heading in layout.columns.items() if heading.strip()}
    if not named >= set(NEEDED) or not named & set(AMOUNTS):
        raise BadLayout(_("Name at least the column of the date and one of the amount."))
    if "amount" in named and named & {"money_in", "money_out"}:
        raise BadLayout(
            _("Name either one signed column for the amount, or one for money in and one for out.")
        )
    if layout.date_form not in TableLayout.DateForm.values:
        raise BadLayout(_("Dates of this form cannot be read."))
    if layout.decimal_mark not in TableLayout.DecimalMark.values:
        raise BadLayout(_("The decimal mark is a comma or a point."))
