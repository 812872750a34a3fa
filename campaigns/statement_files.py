"""An investor's statement as a file: CSV and PDF, the rows of the page in its order.

Opening, movements, closing: the last is the sum of what stands above it (`investors.statements`).
"""

import datetime as dt

from babel.dates import format_date
from django.utils.translation import gettext

from backend.core import languages, pdf, tables
from backend.core.money import as_text
from investors.models import Investor
from investors.statements import Statement


def name(told: Statement, suffix: str) -> str:
    """What the file is called."""
    return f"statement-{told.first_day}-{told.last_day}.{suffix}"


def as_csv(told: Statement, investor: Investor) -> str:
    """Day, what, amount with a point, and whether all of it is invented (P30)."""
    rows = [
        (told.first_day, gettext("Before"), told.opening.amount),
        *((each.on, str(each.text), each.amount.amount) for each in told.movements),
        (told.last_day, gettext("After"), told.closing.amount),
    ]
    marked = ((*row, investor.is_synthetic) for row in rows)
    return tables.write_csv(["day", "what", "amount", "synthetic"], marked)


def as_pdf(told: Statement, investor: Investor, *, made_on: dt.date) -> bytes:
    """The document in the active language; `made_on` is printed at its foot."""
    language = languages.active()
    period = {"first": _day(told.first_day), "last": _day(told.last_day)}
    rows = [
        (told.first_day, gettext("Before"), told.opening),
        *((each.on, str(each.text), each.amount) for each in told.movements),
        (told.last_day, gettext("After"), told.closing),
    ]
    return pdf.render(
        template="statement",
        data={
            "title": gettext("Statement from %(first)s to %(last)s") % period,
            "language": language,
            "investor": investor.name,
            "tax_code": investor.tax_code,
            "day": [made_on.year, made_on.month, made_on.day],
            "made": gettext("Made on %(day)s") % {"day": _day(made_on)},
            "rows": [[_day(on), text, as_text(amount, language)] for on, text, amount in rows],
            "note": gettext(
                "What was paid is positive, what came back is negative. Shares that passed on count "
                "with what was paid for them at the offer."
            ),
            "synthetic": gettext("SYNTHETIC: EVERYTHING IN THIS DOCUMENT IS INVENTED")
            if investor.is_synthetic
            else "",
            "words": {
                "day": gettext("Day"),
                "what": gettext("What"),
                "amount": gettext("Amount"),
            },
        },
    )


def _day(value: dt.date) -> str:
    return format_date(value, "d MMMM y", locale=languages.active())
