"""The addresses of investors: API and pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from backend.core import pages
from investors.api import investors as api
from investors.pages import profile

pages.register_nav(_("My profile"), "profile", "profile.own", order=90)

api_urlpatterns = [
    path("me/", api.Me.as_view(), name="me"),
    path("investors/", api.InvestorList.as_view(), name="investors"),
    path("investors/<int:pk>/", api.InvestorDetail.as_view(), name="investor"),
    path("investors/<int:pk>/knowledge-test/", api.TakeTest.as_view(), name="knowledge-test"),
    path("investors/<int:pk>/loss-simulation/", api.SimulateLoss.as_view(), name="loss-simulation"),
    path("knowledge-test/", api.Questions.as_view(), name="knowledge-questions"),
]

page_urlpatterns = [path("profile/", profile.profile, name="profile")]
