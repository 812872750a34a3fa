"""The book of published figures (docs/figures.md): each with where it is computed and where it is told.

Written by `manage.py figures` from the code itself: a row names the function, not a sentence about it,
so a figure that moves or goes breaks the book before it misleads a reader. A test holds it fresh, and
finds a figure in a report that the book does not name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from backend.reporting import contents, due, economy, holdings, reached
from backend.reporting.charts import figures as chart_figures
from campaigns import figures as campaign_figures
from campaigns import statements
from campaigns.programmes import outputs, standing
from properties import economy as home_economy
from properties import figures, freezing, groups, public, referrals, years
from properties.city import avoided, context, dashboard, dossiers
from properties.indicators import EVIDENCE, REGISTRY

HEAD = """# Published figures

Written by `python manage.py figures` from the code; a test holds it fresh. What an audience is told of a
figure is decided once, when a snapshot is frozen (`properties.indicators.telling`, `properties.disclosure`);
formulas and proofs of the indicators are in [indicators.md](indicators.md).

"""
TABLE = """
## {title}

| figure | code | computed in | told in |
|---|---|---|---|
"""
INDICATORS = """
## Indicators

Told as each audience may know them: figures (page, API), report (page, PDF, CSV, JSON), the city's dossier,
and to everybody as open data (CSV, JSON, Common Impact Data Standard, IRIS+ and SDG).

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
DUE, PROGRAMMES = (
    "campaign page, page of the issues, API",
    "programme (page, API), open data (CSV, JSON)",
)
DESK, DOSSIER = "the city's dashboard (page, API)", "dossier (page, PDF, API)"
PRINTED = f"{DESK}, {DOSSIER}"
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
    Row("Plan against paid", "planned paid rest", public.homes_so_far, "campaign page"),
    Row("Reports due, and late since when", "due_on late_since", due.of_issuer, DUE),
    Row("Reports owed and issued", "due issued", reached.progress, "page of the issues, API"),
)  # fmt: skip
CITY: Sequence[Row] = (
    Row("Homes and households by circoscrizione, trend", "districts trend", dashboard.of_city, DESK),
    Row("Hotel costs spared, with what they assume", "avoided assumptions", avoided.sheet, PRINTED),
    Row("Evictions, by others", "context", context.evictions, PRINTED),
    Row("Residents, by others", "residents", context.residents, DESK),
    Row("Households that the city referred: received, what became of each, days to keys",
        "referrals total rows wait", referrals.dossier, PRINTED),
    Row("Figures as they may be printed", "indicators setbacks", dossiers.printable, DOSSIER),
)  # fmt: skip
PROGRAMME: Sequence[Row] = (
    Row("Projects by stage", "funnel funded_not_named", standing.of, PROGRAMMES),
    Row("Money of a call", "money_eur budget grant_maximum own_share_percent granted own_share paid due",
        standing.of, PROGRAMMES),
    Row("Grant of a project", "grant_eur own_share_eur", standing.of_project, PROGRAMMES),
    Row("Output figures, entered with quality and what they count", "figures", outputs.enter, PROGRAMMES),
    Row("Sum of figures that are alike", "value", outputs.total, "programme (page, API)"),
)  # fmt: skip

TABLES = {
    "Money, for everybody and for each investor": ROWS,
    "For the city": CITY,
    "Programmes of the city": PROGRAMME,
}


def document() -> str:
    """The whole book, in English."""
    with translation.override("en"):
        tables = "".join(_table(title, rows) for title, rows in TABLES.items())
        indicators = "".join(
            f"| {row.number} | {row.name} | `{row.code}` | `{place(row.compute)}` | "
            f"{EVIDENCE[row.code]} |\n"
            for row in REGISTRY
        )
    return HEAD + tables.removeprefix("\n") + INDICATORS + indicators


def _table(title: str, rows: Sequence[Row]) -> str:
    return TABLE.format(title=title) + "".join(
        f"| {row.name} | `{row.code}` | `{place(row.source)}` | {row.told} |\n" for row in rows
    )


def named() -> set[str]:
    """Every code that the book names."""
    rows = (row for rows in TABLES.values() for row in rows)
    return {code for row in rows for code in row.code.split()} | {row.code for row in REGISTRY}


def place(source: Callable[..., Any]) -> str:
    """Module and name of what computes a figure; of one made in a function, that function."""
    return f"{source.__module__}.{source.__qualname__.partition('.<locals>')[0]}"
