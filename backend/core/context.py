"""What every page's shell shows: navigation, the demo's day. A context processor; no rule."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from backend.core import clock, pages


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation of this person and, in a demo, the day it is there. Read only when shown."""
    user = getattr(request, "user", None)
    return {
        "is_demo": settings.DEMO,
        "demo_day": SimpleLazyObject(clock.today) if settings.DEMO else None,
        "nav": SimpleLazyObject(lambda: pages.nav_for(user)) if user is not None else [],
        "here": request.path,
    }


def is_within(path: str, url: str) -> bool:
    """Whether a page stands under a navigation link, so that the link is marked as current."""
    return path == url or (url != "/" and path.startswith(url))


