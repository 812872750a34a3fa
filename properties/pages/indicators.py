"""The indicators as they stand today, for those who may see behind them; each leads to its members."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from properties import members, wording
from properties.indicators import EVIDENCE, Unit

WITHHELD = _("in published figures alone")


@pages.page("indicator.view")
def indicators_now(request: HttpRequest) -> HttpResponse:
    """All indicators of one's own issuer, actual and projected apart."""
    user = pages.person_of(request)
    today = clock.today()
    found = members.all_of(user.organisation, as_of=today) if user.organisation else []
    rows = [_row(each) for each in found]
    context = {
        "actual": [row for row in rows if not row["is_projected"]],
        "projected": [row for row in rows if row["is_projected"]],
        "today": today,
    }
    return render(request, "properties/indicators.html", context)


@pages.page("indicator.view")
def members_of(request: HttpRequest, code: str) -> HttpResponse:
    """The homes or households behind one indicator, those of them that the reader may see."""
    indicator = members.find(code)
    rows = members.behind(indicator, person=pages.person_of(request), as_of=clock.today())
    context = {
        "indicator": indicator,
        "kind": members.kind_of(indicator),
        "rows": rows,
        "today": clock.today(),
    }
    return render(request, "properties/indicator_members.html", context)


def _row(live: members.Live) -> dict[str, Any]:
    indicator, result = live.indicator, live.result
    return {
        "number": indicator.number,
        "code": indicator.code,
        "name": indicator.name,
        "standard": indicator.standard,
        "formula": indicator.formula,
        "evidence": EVIDENCE[indicator.code],
        "is_projected": indicator.is_projected,
        "is_listed": members.is_listed(indicator),
        "count": live.count,
        "text": wording.inside(result, Unit(indicator.unit)) if result else WITHHELD,
    }
