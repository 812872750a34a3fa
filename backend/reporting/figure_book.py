"""The book of published figures (docs/figures.md): each with where it is computed and where it is told.

Written by `manage.py figures` from the code itself: a row names the function, not a sentence about it,
so a figure that moves or goes breaks the book before it misleads a reader. A test holds it fresh, and
finds a figure in a report that the book does not name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from backend.reporting import contents, economy, holdings
from backend.reporting.charts import figures as chart_figures
from campaigns import figures as campaign_figures
from campaigns import statements
from properties import economy as home_economy
from properties import figures, freezing, groups, years
from properties.indicators import EVIDENCE, REGISTRY

HEAD = """# Published figures

Written by `python manage.py figures` from the code; a test holds it fresh. What an audience is told of a
figure is decided once, when a snapshot is frozen (`properties.indicators.telling`, `properties.disclosure`);
formulas and proofs of the indicators are in [indicators.md](indicators.md).

## Money, for everybody and for each investor

| figure | code | computed in | told in |
|---|---|---|---|
"""
INDICATORS = """
## Indicators

| number | figure | code | computed in | rests on |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Row:
    """A figure that is no indicator: its name and its codes in the data, who computes and who reads it."""

    name: str
    code: str
    source: Callable[..., Any]
    told: str


REPORT, STATEMENT, CAMPAIGN = "report (page, PDF, CSV, JSON)", "statement", "campaign page, API"
FIGURES = "figures (page, API), open data"
ROWS: Sequence[Row] = (
    Row("Promised, paid, settled", "promised paid settled", campaign_figures.of_campaigns, CAMPAIGN),
    Row("The same of one pledge", "paid settled", campaign_figures.of_pledges, "my investments, pledge"),
    Row("Raised", "raised_cents", freezing.document, FIGURES),
    Row("Groups of homes and what was paid for each", "groups", groups.of, f"{FIGURES}, {REPORT}"),
    Row("Put in", "put_in_cents", holdings.of_snapshot, REPORT),
    Row("In homes, by group", "in_homes_cents own_cents", holdings.of_snapshot, REPORT),
    Row("Not in a home yet", "waiting_cents", holdings.of_snapshot, REPORT),
    Row("Part of all that was raised", "share", contents.to_reader, REPORT),
    Row("What went worse", "worse", contents.worse_of, REPORT),
    Row("Purchases that went wrong", "setbacks", figures.setbacks, f"{FIGURES}, {REPORT}"),
    Row("Rents, running costs, result, book value", "economy", home_economy.of_issuer, REPORT),
    Row("Exit, holding period, accounts", "rights", economy.rights, REPORT),
    Row("Targets of a year", "targets", years.targets, "report of the year (page, PDF, CSV, JSON)"),
    Row("Charts", "charts", chart_figures.of_figures, "report (page, PDF)"),
    Row("Opening, movements, closing", "opening closing", statements.of_investor, STATEMENT),
)  # fmt: skip


def document() -> str:
    """The whole book, in English."""
    with translation.override("en"):
        money = "".join(
            f"| {row.name} | `{row.code}` | `{place(row.source)}` | {row.told} |\n" for row in ROWS
        )
        indicators = "".join(
            f"| {row.number} | {row.name} | `{row.code}` | `{place(row.compute)}` | "
            f"{EVIDENCE[row.code]} |\n"
            for row in REGISTRY
        )
    return HEAD + money + INDICATORS + indicators


def named() -> set[str]:
    """Every code that the book names."""
    return {code for row in ROWS for code in row.code.split()} | {row.code for row in REGISTRY}


def place(source: Callable[..., Any]) -> str:
    """Module and name of what computes a figure; of one made in a function, that function."""
    return f"{source.__module__}.{source.__qualname__.partition('.<locals>')[0]}"
