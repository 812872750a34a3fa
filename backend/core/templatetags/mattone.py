"""Tags for money, days, states and charts, in the reader's language. No figure is computed here.

Days are "gio 12 nov 2026", money "1.234,50 €" with tabular figures; a missing value is a dash.
"""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from django import template
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from djmoney.money import Money

from backend.core import charts, clock, idempotency, law, pages, tones, undoing
from backend.core.money import from_cents
from backend.core.pages import NavItem
from backend.core.roles import Role
from backend.core.users import SYSTEM

register = template.Library()
NOTHING = "–"


def locale() -> str:
    """Babel's locale of the active language."""
    return "it_IT" if (get_language() or "it").startswith("it") else "en_IE"


@register.simple_tag
def once_key() -> str:
    """A hidden field with a key of this form's own: sent again, it does nothing a second time."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', idempotency.FIELD, uuid.uuid4().hex
    )


@register.filter
def cited(article: str) -> str:
    """An article of law in the reader's language."""
    return law.cited(article)


@register.simple_tag
def way_back(message: Message, request: HttpRequest) -> undoing.Back | None:
    """How what a message tells of is undone, for who reads it."""
    return undoing.back(message, pages.user_of(request))


@register.simple_tag
def money(value: Money | None, short: bool = False) -> str:
    """An amount with its currency; `short` leaves out ",00" (for key numbers, not for tables)."""
    if value is None:
        return NOTHING
    digits = 0 if short and value.amount == int(value.amount) else 2
    pattern = "#,##0 ¤" if locale() == "it_IT" else "¤#,##0"
    pattern = pattern if not digits else pattern.replace("#,##0", "#,##0.00")
    text = format_currency(
        value.amount,
        str(value.currency),
        pattern,
        locale=locale(),
        currency_digits=False,
    )
    return format_html('<span class="money">{}</span>', text)


@register.simple_tag
def amount(value: Money | None) -> str:
    """An amount without its currency, for tables that name it once in the head."""
    if value is None:
        return NOTHING
    return format_decimal(value.amount, "#,##0.00", locale=locale())


@register.simple_tag
def cents(value: int) -> str:
    """An amount without its currency from whole cents, as frozen figures hold it."""
    return amount(from_cents(value))


@register.simple_tag
def number(value: Decimal | int | None) -> str:
    """A count or decimal with the language's separators."""
    return NOTHING if value is None else format_decimal(value, locale=locale())


@register.simple_tag
def percent(value: Decimal | float | None, digits: int = 0) -> str:
    """A share (0.25) as a percentage (25 %)."""
    if value is None:
        return NOTHING
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    return format_percent(value, pattern, locale=locale())


@register.simple_tag
def day(value: dt.date | None) -> str:
    """A day as "gio 12 nov 2026"; of an instant, the day in Turin."""
    if value is None:
        return NOTHING
    date = clock.day_of(value) if isinstance(value, dt.datetime) else value
    text = format_date(date, "EEE d MMM y", locale=locale())
    return format_html('<time datetime="{}" class="nowrap">{}</time>', date.isoformat(), text)


@register.simple_tag
def moment(value: dt.datetime | None) -> str:
    """An instant as "gio 12 nov 2026, 14:30", in Turin."""
    if value is None:
        return NOTHING
    there = value.astimezone(clock.ROME)
    text = format_date(there, "EEE d MMM y", locale=locale())
    hour = format_time(there, "HH:mm", locale=locale())
    return format_html('<time datetime="{}">{}, {}</time>', there.isoformat(), text, hour)


@register.simple_tag
def days_to(value: dt.date, today: dt.date) -> str:
    """How far a day is, in words: "today", "in 5 days", "3 days ago"."""
    left = (value - today).days
    if left == 0:
        return _("today")
    if left > 0:
        return ngettext("in %(days)d day", "in %(days)d days", left) % {"days": left}
    return ngettext("%(days)d day ago", "%(days)d days ago", -left) % {"days": -left}


@register.inclusion_tag("components/badge.html")
def badge(state: Any, label: str = "", tone: str = "", of: Any = None) -> dict[str, str]:
    """A state as a word with a shape. Takes a record with `state`, or the state itself.

    `of` is the record whose model knows the words of a state that it had or may have.

    Tones: idle, running, waiting, done, stopped; without one, the table of tones knows.
    """
    code = str(getattr(state, "state", state))
    words = str(label) or _words(state if of is None else of, code)
    known = tone or tones.tone_of(code)
    return {"label": words, "tone": known, "shape": tones.SHAPES[known]}


def _words(record: Any, code: str) -> str:
    meta = getattr(record, "_meta", None)
    choices = dict(meta.get_field("state").flatchoices) if meta else {}
    return str(choices[code]) if code in choices else tones.label_of(code)


@register.inclusion_tag("components/progress.html")
def progress(
    promised: Money,
    paid: Money,
    settled: Money,
    target: Money,
    days_left: int | None = None,
) -> dict[str, charts.Progress]:
    """The bar of a campaign: settled within paid within promised, against the target."""
    drawn = charts.progress(
        promised=promised,
        paid=paid,
        settled=settled,
        target=target,
        days_left=days_left,
    )
    return {"progress": drawn}


@register.inclusion_tag("components/house.html")
def house(
    promised: Money, paid: Money, settled: Money, target: Money
) -> dict[str, list[charts.Storey]]:
    """The same as a house of bricks, for the eye: what it tells stands in the bar beside it."""
    return {"storeys": charts.house(promised=promised, paid=paid, settled=settled, target=target)}


@register.filter
def actor(by_label: str) -> str:
    """Who acted, as it was written down; the system in the reader's language."""
    return _("the system") if by_label == SYSTEM.label else by_label


@register.filter
def role_names(user: Any) -> str:
    """The roles of a person in words, for the user menu."""
    return ", ".join(str(Role(role).label) for role in user.roles)


@register.filter
def long_day(value: dt.date) -> str:
    """A day in full, as plain text for sentences and mails: "12 novembre 2026"."""
    date = clock.day_of(value) if isinstance(value, dt.datetime) else value
    return format_date(date, "d MMMM y", locale=locale())


@register.filter
def late(due: Any, today: dt.date) -> bool:
    """Whether what is due was late on a day."""
    return bool(due.is_late(today))


@register.filter
def last_day(end: dt.datetime) -> dt.date:
    """The last day of a time that is over at an instant: what ends at 0:00 lasts until 24:00 before."""
    return clock.day_of(end - dt.timedelta(microseconds=1))


@register.filter
def holds(item: NavItem, path: str) -> bool:
    """Whether a page stands under a navigation link, so that the link is marked as current."""
    return item.holds(path)


@register.filter
def apart(form: Any, place: Any) -> Any:
    """The form with ids of its own, from where it is sent: several may stand on one page."""
    if place:
        form.auto_id = f"{slugify(str(place).replace('/', '-'))}-%s"
    return form


@register.filter
def input_type(field: Any) -> str:
    """The kind of a bound form field's widget: text, checkbox, choices, hidden ..."""
    kind = getattr(field.field.widget, "input_type", "text") or "text"
    return "choices" if kind in ("radio",) or _is_many_checkboxes(field) else kind


def _is_many_checkboxes(field: Any) -> bool:
    return type(field.field.widget).__name__ == "CheckboxSelectMultiple"
