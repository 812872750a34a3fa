"""Every address of the site: the API below /api/v1/, the pages below /, the admin.

Each app brings `api_urlpatterns` and `page_urlpatterns` in its own urls.py; the roof has its own.
"""

from csp.decorators import csp_update
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from backend.accounts import urls as accounts
from backend.api import urls as roof_api
from backend.core import urls as core
from backend.pages import urls as roof_pages
from backend.treasury import urls as treasury
from backend.webhooks import urls as webhooks
from campaigns import urls as campaigns
from investors import urls as investors
from properties import urls as properties

# JSON first: what goes wrong there is then told in JSON too.
DESCRIPTIONS = [
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
]

# Its scripts come apart from the page; its few styles do not.
docs = csp_update({"style-src": ["'self'", "'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(url_name="api:schema")
)

api_urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(renderer_classes=DESCRIPTIONS), name="schema"),
    path("docs/", docs, name="docs"),
    *accounts.api_urlpatterns,
    *webhooks.api_urlpatterns,
    *treasury.api_urlpatterns,
    *investors.api_urlpatterns,
    *campaigns.api_urlpatterns,
    *properties.api_urlpatterns,
    *roof_api.api_urlpatterns,
]

handler404 = "backend.core.problems.unknown_address"
handler500 = "backend.core.problems.our_fault"

urlpatterns = [
    *campaigns.webhook_urlpatterns,
    # One door: the back office has no login of its own, which would know no second factor.
    path("admin/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account")),
    path("admin/", admin.site.urls),
    path("api/v1/", include((api_urlpatterns, "api"))),
    *core.page_urlpatterns,
    *accounts.page_urlpatterns,
    *webhooks.page_urlpatterns,
    *treasury.page_urlpatterns,
    *investors.page_urlpatterns,
    *campaigns.page_urlpatterns,
    *properties.page_urlpatterns,
    *roof_pages.page_urlpatterns,
]
