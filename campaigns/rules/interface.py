"""What every regime must answer."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Regime:
    """A legal regime: its code, its name, the days of reflection and the article they stand in."""

    code: str
    name: str | Promise
    reflection_days: int
    article: str
