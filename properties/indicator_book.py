"""The book of indicators (docs/indicators.md), written from the registry and from the tests' own marks.

A test names the indicators that it proves with `@pytest.mark.indicator("20")`, on a case or a class.
"""

from django.utils import translation

from properties.indicators import REGISTRY, Indicator
from properties.indicators.shapes import About

HEAD = """# The indicators

Written by `python manage.py indicators` from the registry (`properties/indicators/`); a test holds it
fresh and finds an indicator without a test. Numbers are those of housing.md 3.3: IRIS+ 5.3, HUD, SPM,
Eurostat; a dash is a figure of ours. Every figure is computed from dated facts as of a day, set-based;
projected and actual are never mixed. *Told outside*: things are exact; purchases without the price of
a home that is not told (P27); people are suppressed below the thresholds (P1-P6), and what was told
stands until enough people moved; sensitive is the same with the higher threshold.

"""
TOLD = {
    About.THINGS: "exact",
    About.PURCHASES: "told homes only",
    About.PEOPLE: "suppressed",
    About.SENSITIVE: "suppressed, k = 10",
}


def document(tests: dict[str, list[str]]) -> str:
    """The whole book, in English; `tests` are the places that prove each number."""
    with translation.override("en"):
        return HEAD + "".join(_section(row, _proofs(row, tests)) for row in REGISTRY)


def unproven(tests: dict[str, list[str]]) -> list[str]:
    """Numbers of indicators that no test names."""
    return [row.number for row in REGISTRY if not _proofs(row, tests)]


def main_number(row: Indicator) -> str:
    """The number of housing.md 3.3 that a row belongs to: 20 of 20.6a."""
    return row.number.partition(".")[0].rstrip("abc")


def _proofs(row: Indicator, tests: dict[str, list[str]]) -> list[str]:
    places = [*tests.get(row.number, []), *tests.get(main_number(row), [])]
    return list(dict.fromkeys(places))


def _section(row: Indicator, proofs: list[str]) -> str:
    kind = "projected" if row.is_projected else "actual"
    proven = "".join(f"- `{place}`\n" for place in proofs) or "- no test\n"
    return (
        f"## {row.number}. {row.name}\n\n{row.formula}\n\n"
        f"`{row.code}` · {row.standard} · {row.unit.value} · {kind} · outside: {TOLD[row.about]}."
        f" Tests:\n\n{proven}\n"
    )
