"""The addresses of investors: API and pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from backend.core import pages
from investors.api import assessments, investors, qualifications
from investors.pages import profile

pages.register_nav(_("My profile"), "profile", "profile.own", order=90)

api_urlpatterns = [
    path("me/", investors.Me.as_view(), name="me"),
    path("investors/", investors.InvestorList.as_view(), name="investors"),
    path("investors/<int:pk>/", investors.InvestorDetail.as_view(), name="investor"),
    path(
        "investors/<int:pk>/representations/",
        investors.Representations.as_view(),
        name="representations",
    ),
    path(
        "representations/<int:pk>/end/",
        investors.EndRepresentation.as_view(),
        name="representation-end",
    ),
    path(
        "investors/<int:pk>/identity-checks/",
        investors.IdentityChecks.as_view(),
        name="identity-checks",
    ),
    path(
        "investors/<int:pk>/qualifications/",
        qualifications.Qualifications.as_view(),
        name="qualifications",
    ),
    path(
        "qualifications/<int:pk>/decision/",
        qualifications.Decide.as_view(),
        name="qualification-decision",
    ),
    path("qualifications/<int:pk>/end/", qualifications.End.as_view(), name="qualification-end"),
    path(
        "investors/<int:pk>/knowledge-test/", assessments.TakeTest.as_view(), name="knowledge-test"
    ),
    path(
        "investors/<int:pk>/loss-simulation/",
        assessments.SimulateLoss.as_view(),
        name="loss-simulation",
    ),
    path(
        "investors/<int:pk>/acknowledgements/",
        assessments.Acknowledgements.as_view(),
        name="acknowledgements",
    ),
    path("knowledge-test/", assessments.Questions.as_view(), name="knowledge-questions"),
    path("loss-simulation/", assessments.ComputeLoss.as_view(), name="loss-computation"),
    path("warnings/", assessments.WarningTexts.as_view(), name="warning-texts"),
]

page_urlpatterns = [path("profile/", profile.profile, name="profile")]
