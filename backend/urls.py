"""Every address of the site: the API below /api/v1/, the pages below /, the admin.

Each app brings `api_urlpatterns` and `page_urlpatterns` in its own urls.py.
"""

import importlib
import importlib.util
from typing import Any

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

# While the house is being built: an app's urls are taken as soon as they are there.
APPS = ["backend.core", "backend.treasury", "investors", "campaigns", "properties", "backend.api", "backend.pages"]


def _patterns(name: str) -> list[Any]:
    found: list[Any] = []
    for app in APPS:
        if importlib.util.find_spec(f"{app}") and importlib.util.find_spec(f"{app}.urls"):
            found += getattr(importlib.import_module(f"{app}.urls"), name, [])
    return found


schema = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include((schema + _patterns("api_urlpatterns"), "api"))),
    *_patterns("page_urlpatterns"),
]
