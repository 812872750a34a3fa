"""Consob regulation 18592/2013 as it stood in 2020, for offers of that time."""

from django.utils.translation import gettext_lazy as _

from campaigns.rules.interface import Regime

REGIME = Regime(
    code="consob_2020",
    name=_("Consob regulation 18592/2013 (offers until 2023)"),
    # Art. 13: withdrawal within seven days of the order (the letter of the article is uncertain, I3).
    reflection_days=7,
    article="Reg. Consob 18592/2013, art. 13",
)
