"""Figures in the words of the active language: what a suppressed count, a band, a group of homes is
called.

Takes frozen values (JSON of a snapshot's view) and returns text; decides nothing about what is told.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext, ngettext

from backend.core import languages, money
from properties.disclosure import Shown
from properties.indicators import Result, Unit
from properties.models.unit import DISTRICTS


def cents(number: int) -> str:
    """An amount of cents as people write it."""
    return money.as_text(money.from_cents(number), languages.active())


def day(value: dt.date) -> str:
    """A day in full: `30 giugno 2026`."""
    return format_date(value, "d MMMM y", locale=languages.active())


def shown(figure: Mapping[str, Any]) -> str:
    """What a view tells of one indicator, with its unit."""
    return _said(figure["shown"], figure["unit"])


def told(figure: Shown, unit: str) -> str:
    """A figure as an audience may see it, in words."""
    return _said({**asdict(figure), "telling": figure.telling.value}, unit)


def against(figure: Mapping[str, Any], target: int) -> str:
    """A figure with what it was meant to be."""
    return gettext("%(actual)s (target %(target)s)") % {
        "actual": shown(figure),
        "target": aim(figure, target),
    }


def aim(figure: Mapping[str, Any], target: int) -> str:
    """What a figure is meant to be, with its unit."""
    whole = {"telling": "exact", "value": target, "high": None, "parts": []}
    return _said(whole, figure["unit"])


def inside(result: Result, unit: Unit) -> str:
    """A result as it is, for those who may see what is behind it."""
    if unit is Unit.LIST:
        return _listed(zip(result.labels, result.cells, strict=True))
    if unit is Unit.PERCENT:
        if not result.of:
            return "–"
        rate = f"{round(100 * result.value / result.of)} %"
        if result.cells:
            return f"{rate} ({result.value} / {result.of})"
        return rate
    if result.high is not None and result.high != result.value:
        return f"{_exact(result.value, unit)} – {_exact(result.high, unit)}"
    funds = zip(result.labels, result.cells, strict=True) if result.labels else ()
    return _by_fund(_exact(result.value, unit), funds)


def behind(shown: Mapping[str, Any], kind: str) -> str:
    """How many homes or households stand behind a figure: `20 households or more`."""
    number = shown["high"] if shown["telling"] == "fewer_than" else shown["low"] or shown["value"]
    named = {
        "home": ngettext("%(count)s home", "%(count)s homes", number),
        "household": ngettext("%(count)s household", "%(count)s households", number),
    }[kind] % {"count": number}
    if shown["telling"] == "exact":
        return named
    if shown["telling"] == "fewer_than":
        return gettext("fewer than %(number)s") % {"number": named}
    return gettext("%(number)s or more") % {"number": named}


def _said(told: Mapping[str, Any], unit: str) -> str:
    match told["telling"]:
        case "exact":
            return _listed(told["parts"]) if unit == Unit.LIST else _bounded(told, unit)
        case "fewer_than":
            return gettext("fewer than %(number)s") % {"number": told["high"]}
        case "band":
            return _band(told["low"], told["high"], unit)
        case _:
            return gettext("not told, to protect people")


def _bounded(told: Mapping[str, Any], unit: str) -> str:
    """A value, and the most it may be were all well whom nobody could ask."""
    text = _by_fund(_exact(told["value"], unit), told["parts"])
    if told["high"] is None or told["high"] == told["value"]:
        return text
    return gettext("%(text)s, at most %(high)s") % {
        "text": text,
        "high": _exact(told["high"], unit),
    }


def _by_fund(text: str, parts: Iterable[Sequence[Any]]) -> str:
    """An amount with what each fund paid of it."""
    paid = " · ".join(f"{fund}: {cents(amount)}" for fund, amount in parts)
    return f"{text} ({paid})" if paid else text


def _listed(parts: Iterable[Sequence[Any]]) -> str:
    return " · ".join(f"{label}: {count}" for label, count in parts) or "–"


def group(row: Mapping[str, Any]) -> str:
    """A group of homes: how many, whether people were living there, where."""
    count, kind = row["count"], row["kind"]
    if kind == "free":
        text = ngettext("an empty home", "%(count)s empty homes", count)
    elif kind == "kept":
        text = ngettext("a home lived in", "%(count)s homes that people were living in", count)
    else:
        text = ngettext("a home", "%(count)s homes, in some of which people were living", count)
    told = f"{text % {'count': count}} · {districts(row['districts'])}"
    if not row.get("sold"):
        return told
    return gettext("%(homes)s: sold since, what their price did not cover") % {"homes": told}


def setback(kind: str, count: int) -> str:
    """What did not go as planned with a purchase, in a sentence."""
    said = {
        "auction_lost": ngettext(
            "We lost an auction; the deposit came back, or will.",
            "We lost %(count)s auctions; the deposits came back, or will.",
            count,
        ),
        "auction_suspended": ngettext(
            "A court suspended a sale.", "Courts suspended %(count)s sales.", count
        ),
        "deposit_lost": ngettext(
            "We did not pay a balance in time and lost the deposit; own money bears it.",
            "We did not pay %(count)s balances in time and lost the deposits; own money bears them.",
            count,
        ),
        "offer_rejected": ngettext(
            "An offer of ours was rejected.", "%(count)s offers of ours were rejected.", count
        ),
        "papers_failed": ngettext(
            "We gave a home up because its papers were not in order.",
            "We gave %(count)s homes up because their papers were not in order.",
            count,
        ),
        "contract_dissolved": ngettext(
            "A contract was dissolved.", "%(count)s contracts were dissolved.", count
        ),
    }
    return said[kind] % {"count": count}


def districts(numbers: Sequence[int]) -> str:
    """Where: one circoscrizione by its name, several by their numbers (P9)."""
    if len(numbers) == 1:
        return gettext("Circoscrizione %(number)s (%(name)s)") % {
            "number": numbers[0],
            "name": DISTRICTS[numbers[0]],
        }
    listed = ", ".join(str(number) for number in numbers)
    return gettext("Circoscrizioni %(numbers)s") % {"numbers": listed}


def homes(count: int) -> str:
    """A number of homes in words that fit it."""
    return ngettext("%(count)s home", "%(count)s homes", count) % {"count": count}


def _exact(value: int, unit: str) -> str:
    match unit:
        case Unit.EUR:
            return cents(value)
        case Unit.EUR_MONTH:
            return gettext("%(amount)s a month") % {"amount": cents(value)}
        case Unit.PERCENT:
            return f"{value} %"
        case Unit.MEAN_PEOPLE:
            return _number(value / 10)
        case Unit.AREA:
            return f"{_number(round(value / 100))} m²"
        case Unit.ENERGY:
            return gettext("%(number)s kWh a year") % {"number": _number(value)}
        case Unit.CARBON:
            return gettext("%(number)s kg of CO₂ a year") % {"number": _number(value)}
        case _:
            return str(value)


def _number(value: float) -> str:
    return format_decimal(value, locale=languages.active())


def _band(low: int, high: int | None, unit: str) -> str:
    edges = {"low": low, "high": high}
    if unit in (Unit.EUR, Unit.EUR_MONTH):
        amounts = {"low": cents(low), "high": cents(high or 0)}
        text = gettext("between %(low)s and %(high)s") % amounts
        is_monthly = unit == Unit.EUR_MONTH
        return gettext("%(amount)s a month") % {"amount": text} if is_monthly else text
    if unit == Unit.PERCENT:
        return gettext("between %(low)s and %(high)s %%") % edges
    if high is None:
        return gettext("more than %(low)s days") % edges
    if not low:
        return gettext("up to %(high)s days") % edges
    return gettext("between %(low)s and %(high)s days") % edges
