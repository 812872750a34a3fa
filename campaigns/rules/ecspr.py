"""Regulation (EU) 2020/1503 on crowdfunding services (ECSPR)."""

from django.utils.translation import gettext_lazy as _

from campaigns.rules import dates, limits, reflection, sheet_forms
from campaigns.rules.interface import Protection, Regime
from investors import categories, suitability

REGIME = Regime(
    code="ecspr",
    name=_("European crowdfunding regulation (EU) 2020/1503"),
    article="Reg. (EU) 2020/1503, art. 22",
    valid_from=dates.ECSPR,
    valid_to=None,
    reflection_days=reflection.EUROPEAN_DAYS,
    end_for_order=reflection.end_for_order,
    protection=Protection(
        missing=suitability.missing,
        warnings=suitability.warnings,
        is_lifted=categories.lifts_protection,
    ),
    owner_is_bound=reflection.owner_is_bound,
    end_after_change=reflection.end_after_change,
    ceiling=limits.european_ceiling,
    sheet=sheet_forms.KIIS,
    is_reported=True,
    answers_translations=True,
)
