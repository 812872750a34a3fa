"""Since when each home is ours, and until when: read from titles, mandates and sales by their days.

What a unit is called now (`ownership`) says nothing of an earlier day; figures of any day ask here.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from backend.core.models import Organisation
from properties.indicators.facts import Span
from properties.models import Acquisition, AcquisitionStep, Sale

TAKEN, GIVEN_BACK, REVOKED = ("MANDATE_SIGNED", "IN_MANAGEMENT"), "RETURNED", "REVOKED"


def owned(organisation: Organisation) -> dict[int, Span]:
    """By home from its title to the deed of its sale, or to the day that a gift was revoked."""
    rows = Acquisition.objects.filter(organisation=organisation, title_on__isnull=False)
    titles = rows.order_by("-title_on").values_list("unit", "title_on")
    sold = Sale.objects.filter(organisation=organisation, state=Sale.State.CLOSED)
    ends = dict(sold.values_list("unit", "deed_on"))
    steps = _steps(organisation).filter(state=REVOKED, acquisition__title_on__isnull=False)
    ends.update(steps.values_list("acquisition__unit", "on"))
    return _spans(titles, ends)


def managed(organisation: Organisation) -> dict[int, Span]:
    """By home from the day that its mandate was signed until it was given back."""
    steps = _steps(organisation).order_by("-on", "-pk")
    taken = steps.filter(state__in=TAKEN).values_list("acquisition__unit", "on")
    back = steps.filter(state=GIVEN_BACK).values_list("acquisition__unit", "on")
    return _spans(taken, dict(back))


def _steps(organisation: Organisation) -> QuerySet[AcquisitionStep]:
    return AcquisitionStep.objects.filter(acquisition__organisation=organisation)


def _spans(
    begun: Iterable[tuple[int, dt.date | None]], ends: dict[int, dt.date | None]
) -> dict[int, Span]:
    # The newest comes first, so that the first day of a home is the one that is kept.
    return {home: Span(day, ends.get(home)) for home, day in begun if day}
