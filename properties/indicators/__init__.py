"""The indicators: pure functions of dated facts as of a day, in one registry.

Numbers, standard ids and formulas are those of housing.md 3.3 (IRIS+ 5.3, HUD). Facts are gathered
in `properties.figures`; what an audience may see of a result is decided by `tell`.
"""

from properties.indicators.facts import Facts, HomeFact, Outcome, Payment, Span, Stay
from properties.indicators.registry import BY_CODE, EVIDENCE, REGISTRY
from properties.indicators.shapes import About, Indicator, Result, Unit, quotient
from properties.indicators.telling import behind, is_far, settled, tell

__all__ = [
    "BY_CODE",
    "EVIDENCE",
    "REGISTRY",
    "About",
    "Facts",
    "HomeFact",
    "Indicator",
    "Outcome",
    "Payment",
    "Result",
    "Span",
    "Stay",
    "Unit",
    "behind",
    "is_far",
    "quotient",
    "settled",
    "tell",
]
