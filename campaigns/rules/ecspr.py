"""Regulation (EU) 2020/1503 on crowdfunding services (ECSPR)."""

from django.utils.translation import gettext_lazy as _

from campaigns.rules.interface import Regime

REGIME = Regime(
    code="ecspr",
    name=_("European crowdfunding regulation (EU) 2020/1503"),
    # Art. 22(2)-(3): four calendar days from the order or the expression of interest.
    reflection_days=4,
    article="Reg. (EU) 2020/1503, art. 22",
)
