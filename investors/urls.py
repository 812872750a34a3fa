"""The addresses of investors: API and pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from backend.core import pages, tones, undoing
from investors.api import assessments, complaints, conflicts, investors, qualifications
from investors.pages import assessing, desk, profile, standing
from investors.pages import complaints as complaint_pages

undoing.register("representation.named", "profile-representation-end")
undoing.register("qualification.asked", "profile-category-end")
tones.register("waiting", "received", "admissible")
tones.register("done", "granted", "answered")
tones.register("stopped", "inadmissible")
pages.register_nav(_("My profile"), "profile", "profile.own", order=90)
pages.register_nav(_("Investors"), "desk-investors", "investor.view", order=45)
pages.register_nav(
    _("Complaints"), "complaint-desk", "complaint.view", order=58, under="desk-investors"
)

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
    path("investors/<int:pk>/reads/", investors.Reads.as_view(), name="investor-reads"),
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
    path(
        "qualifications/<int:pk>/withdraw/",
        qualifications.Withdraw.as_view(),
        name="qualification-withdraw",
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
        "investors/<int:pk>/loss-components/removal/",
        assessments.ForgetComponents.as_view(),
        name="loss-components-removal",
    ),
    path(
        "investors/<int:pk>/acknowledgements/",
        assessments.Acknowledgements.as_view(),
        name="acknowledgements",
    ),
    path("knowledge-test/", assessments.Questions.as_view(), name="knowledge-questions"),
    path("loss-simulation/", assessments.ComputeLoss.as_view(), name="loss-computation"),
    path("investors/<int:pk>/conflicts/", conflicts.Conflicts.as_view(), name="conflicts"),
    path("conflicts/<int:pk>/end/", conflicts.EndConflict.as_view(), name="conflict-end"),
    path("complaints/", complaints.ComplaintList.as_view(), name="complaints"),
    path("complaints/<int:pk>/", complaints.ComplaintDetail.as_view(), name="complaint"),
    path("complaints/<int:pk>/ruling/", complaints.RuleComplaint.as_view(), name="complaint-rule"),
    path(
        "complaints/<int:pk>/answer/", complaints.AnswerComplaint.as_view(), name="complaint-answer"
    ),
    path(
        "complaints/<int:pk>/withdraw/",
        complaints.WithdrawComplaint.as_view(),
        name="complaint-withdraw",
    ),
    path("warnings/", assessments.WarningTexts.as_view(), name="warning-texts"),
]

page_urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/new/", profile.new, name="profile-new"),
    path("profile/<int:pk>/details/", profile.details, name="profile-details"),
    path("profile/<int:pk>/acknowledge/", profile.acknowledge, name="profile-acknowledge"),
    path("profile/<int:pk>/test/", assessing.test, name="profile-test"),
    path("profile/<int:pk>/simulation/", assessing.simulation, name="profile-simulation"),
    path("profile/<int:pk>/simulation/forget/", assessing.forget, name="profile-figures-forget"),
    path("simulation/", assessing.tool, name="simulation"),
    path("profile/<int:pk>/category/", standing.category, name="profile-category"),
    path("profile/categories/<int:pk>/end/", standing.end_category, name="profile-category-end"),
    path("profile/<int:pk>/people/", standing.people, name="profile-people"),
    path(
        "profile/representations/<int:pk>/end/",
        standing.end_representation,
        name="profile-representation-end",
    ),
    path("profile/<int:pk>/ties/", standing.ties, name="profile-ties"),
    path("profile/ties/<int:pk>/end/", standing.end_tie, name="profile-tie-end"),
    path("complaints/", complaint_pages.own, name="complaints"),
    path("complaints/<int:pk>/", complaint_pages.complaint, name="complaint"),
    path("complaints/<int:pk>/withdraw/", complaint_pages.withdraw, name="complaint-withdraw"),
    path("complaints/<int:pk>/ruling/", complaint_pages.rule, name="complaint-rule"),
    path("complaints/<int:pk>/answer/", complaint_pages.answer, name="complaint-answer"),
    path("desk/complaints/", complaint_pages.desk, name="complaint-desk"),
    path("desk/investors/", desk.investors, name="desk-investors"),
    path("desk/investors/<int:pk>/", desk.investor, name="desk-investor"),
    path("desk/investors/<int:pk>/identity/", desk.identify, name="desk-investor-identity"),
    path("desk/investors/<int:pk>/status/", desk.status, name="desk-investor-status"),
    path("desk/qualifications/<int:pk>/decide/", desk.decide, name="desk-qualification-decide"),
    path("desk/qualifications/<int:pk>/end/", desk.end, name="desk-qualification-end"),
]
