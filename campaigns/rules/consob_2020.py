"""Consob regulation 18592/2013 as it stood in 2020, for offers of that time."""

from django.utils.translation import gettext_lazy as _

from campaigns.rules import appropriateness, dates, limits, reflection, sheet_forms
from campaigns.rules.interface import Protection, Regime
from investors import categories

REGIME = Regime(
    code="consob_2020",
    name=_("Consob regulation 18592/2013 (offers until 2023)"),
    article="Reg. Consob 18592/2013, art. 13",
    valid_from=dates.CONSOB_2013,
    valid_to=dates.TRANSITION_ENDS,
    reflection_days=reflection.ITALIAN_DAYS,
    end_for_order=reflection.end_of_withdrawal,
    protection=Protection(
        missing=appropriateness.missing,
        warnings=appropriateness.warnings,
        is_lifted=categories.is_professional,
    ),
    owner_is_bound=reflection.is_announced,
    end_after_change=reflection.end_of_revocation,
    ceiling=limits.italian_ceiling,
    sheet=sheet_forms.CONSOB_SHEET,
    professional_share=True,
    judges_orders=True,
)
