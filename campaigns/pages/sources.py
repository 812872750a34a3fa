"""The Sources page: what is known of the real case, each statement with where it was read."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import pages
from campaigns import sources
from campaigns.models import SourceDocument, SourceFact


@pages.page()
def sources_page(request: HttpRequest) -> HttpResponse:
    """Facts by subject, projects with the figures that may be shown, and the documents."""
    context = {
        "subjects": _subjects(),
        "programmes": sources.told_programmes(),
        "documents": SourceDocument.objects.all(),
    }
    return render(request, "campaigns/sources.html", context)


def _subjects() -> list[dict[str, Any]]:
    facts = SourceFact.objects.prefetch_related("sources").order_by("subject", "position")
    return [
        {"subject": subject, "facts": list(group)}
        for subject, group in groupby(facts, key=lambda fact: fact.subject)
    ]
