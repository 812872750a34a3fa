"""The statement for a grantor: every cost with its invoice and the hash of its paper; CSV and PDF.

Figures are those of `standing`, as of a day; the seal of the books at that moment stands in the foot.
"""

import datetime as dt
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext

from backend.core import languages, pdf, tables
from backend.core.money import ZERO, as_text
from backend.ledger import seals
from campaigns.grants import standing
from campaigns.grants.standing import Row, Standing
from campaigns.models import Grant

HEADER = (
    "kind", "supplier", "tax_code", "invoice", "issued_on", "arose_on", "amount", "borne_by",
    "paid", "paid_on", "sha256", "synthetic",
)  # fmt: skip


def as_csv(grant: Grant, *, on: dt.date) -> str:
    """Every cost as a row, those of own money too."""
    found = standing.of(grant, on=on)
    rows = [*found.charged_rows, *found.own_rows]
    return tables.write_csv(HEADER, [_cells(row, grant) for row in rows])


def as_pdf(grant: Grant, *, on: dt.date) -> bytes:
    """The statement in the reader's language."""
    found = standing.of(grant, on=on)
    return pdf.render(template="grant_statement", data=_data(found))


def name_of(grant: Grant, on: dt.date, suffix: str) -> str:
    """The name under which a statement is saved."""
    return f"{grant.code}-{on.isoformat()}.{suffix}"


def _cells(row: Row, grant: Grant) -> list[object]:
    cost, invoice = row.cost, row.cost.invoice
    return [
        cost.purpose,
        invoice.supplier,
        invoice.supplier_tax_code,
        invoice.number,
        invoice.issued_on,
        cost.incurred_on,
        f"{cost.amount.amount:.2f}",
        "grant" if cost.fund_id == grant.fund_id else "own",
        f"{row.paid.amount:.2f}",
        row.paid_on or "",
        invoice.sha256,
        grant.organisation.is_synthetic,
    ]


def _data(found: Standing) -> dict[str, Any]:
    grant, language = found.grant, languages.active()
    is_synthetic = grant.organisation.is_synthetic
    return {
        "language": language,
        "title": grant.title,
        "issuer": grant.organisation.name,
        "day": [found.on.year, found.on.month, found.on.day],
        "synthetic": gettext("SYNTHETIC: EVERYTHING IN THIS DOCUMENT IS INVENTED")
        if is_synthetic
        else "",
        "lead": gettext("Statement for %(grantor)s as of %(day)s, agreement %(agreement)s")
        % {"grantor": grant.grantor, "day": _day(found.on), "agreement": grant.agreement},
        "sums": [[label, as_text(amount, language)] for label, amount in _sums(found)],
        "kinds": [
            [kind.label, as_text(kind.charged, language), as_text(kind.own, language)]
            for kind in found.by_kind
        ],
        "costs": [_line(row, grant, language) for row in (*found.charged_rows, *found.own_rows)],
        "seal": (seals.head() or "")[:16],
        "words": _words(),
    }


def _sums(found: Standing) -> list[tuple[str, Any]]:
    return [
        (gettext("Granted"), found.grant.amount),
        (gettext("Received"), found.received),
        (gettext("Charged to the grant"), found.charged),
        (gettext("of which paid"), found.paid),
        (gettext("Own share, paid"), found.own),
        (gettext("Remains to be charged"), found.remains),
        *([(gettext("Paid back to the grantor"), found.repaid)] if found.repaid > ZERO else []),
        (gettext("Received and not spent"), found.cash),
    ]


def _line(row: Row, grant: Grant, language: str) -> list[str]:
    cost, invoice = row.cost, row.cost.invoice
    borne = gettext("grant") if cost.fund_id == grant.fund_id else gettext("own money")
    return [
        f"{invoice.supplier}, {invoice.number}",
        row.kind,
        _day(cost.incurred_on),
        _day(row.paid_on) if row.paid_on else "–",
        as_text(cost.amount, language),
        borne,
        invoice.sha256[:12],
    ]


def _words() -> dict[str, str]:
    return {
        "sums": gettext("In sum"),
        "kinds": gettext("By kind of cost"),
        "costs": gettext("Every cost"),
        "kind": gettext("Kind"),
        "charged": gettext("Charged to the grant"),
        "own": gettext("Own share"),
        "invoice": gettext("Invoice"),
        "arose": gettext("Arose on"),
        "paid": gettext("Paid on"),
        "amount": gettext("Amount"),
        "borne": gettext("Borne by"),
        "hash": gettext("Hash of the paper"),
        "seal": gettext("Seal of the books"),
        "nothing": gettext("Nothing was charged yet."),
    }


def _day(day: dt.date) -> str:
    return format_date(day, format="long", locale=languages.active())
