"""What every page's shell shows: navigation, the demo's day. A context processor; no rule.

The values that cost a query are callables: a template that does not show them asks nothing.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from backend.core import clock, pages


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation of this person and, in a demo, the day it is there."""
    user = getattr(request, "user", None)
    return {
        "is_demo": settings.DEMO,
        "demo_day": clock.today if settings.DEMO else None,
        "nav": (lambda: pages.nav_for(user)) if user is not None else [],
        "here": request.path,
    }
