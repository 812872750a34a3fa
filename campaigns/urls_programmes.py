"""The addresses of the city's programmes, calls and projects; see `urls`."""

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from backend.core import converters
from backend.core import pages as shell
from backend.core.roles import Role
from campaigns.api import evidence, programmes, projects
from campaigns.pages import programmes as programme_pages

register_converter(converters.ProjectEntry, "entry")

shell.register_nav(_("Programmes"), "programmes", "programme.view", order=30)
shell.register_home(Role.PROGRAMME_OFFICER, "programmes", order=30)

api = [
    path("programmes/", programmes.ProgrammeList.as_view(), name="programmes"),
    path("programmes/<slug:code>/", programmes.ProgrammeDetail.as_view(), name="programme"),
    path(
        "programmes/<slug:code>/calls/",
        programmes.ProgrammeCalls.as_view(),
        name="programme-calls",
    ),
    path("calls/<slug:code>/projects/", programmes.CallProjects.as_view(), name="call-projects"),
    path("output-totals/", programmes.OutputTotal.as_view(), name="output-totals"),
    path("projects/<slug:code>/", projects.ProjectDetail.as_view(), name="project"),
    path("projects/<slug:code>/moves/", projects.ProjectMoves.as_view(), name="project-moves"),
    path("projects/<slug:code>/award/", projects.ProjectAward.as_view(), name="project-award"),
    path(
        "projects/<slug:code>/outputs/", projects.ProjectOutputs.as_view(), name="project-outputs"
    ),
    path(
        "projects/<slug:code>/evidence/",
        evidence.ProjectEvidence.as_view(),
        name="project-evidence",
    ),
    path(
        "projects/<slug:code>/proceedings/",
        evidence.ProjectProceedings.as_view(),
        name="project-proceedings",
    ),
    path(
        "projects/<slug:code>/proceedings/end/",
        evidence.ProceedingsEnd.as_view(),
        name="project-proceedings-end",
    ),
    path(
        "project-instalments/<int:pk>/paid/",
        projects.InstalmentPaid.as_view(),
        name="project-instalment-paid",
    ),
    path(
        "project-reports/<int:pk>/handed-in/",
        projects.ReportHandedIn.as_view(),
        name="project-report-handed-in",
    ),
    path(
        "outputs/<int:pk>/withdrawal/",
        projects.OutputWithdrawal.as_view(),
        name="output-withdrawal",
    ),
]

pages = [
    path("city/programmes/", programme_pages.programme_list, name="programmes"),
    path("city/programmes/<slug:code>/", programme_pages.programme, name="programme"),
    path("city/calls/<slug:code>/projects/", programme_pages.enrol, name="call-projects"),
    path("city/projects/<slug:code>/", programme_pages.project, name="project"),
    path("city/projects/<slug:code>/<entry:what>/", programme_pages.act, name="project-act"),
    path("city/instalments/<int:pk>/paid/", programme_pages.paid, name="project-instalment-paid"),
    path(
        "city/reports/<int:pk>/handed-in/",
        programme_pages.handed_in,
        name="project-report-handed-in",
    ),
    path("city/outputs/<int:pk>/withdrawal/", programme_pages.withdraw, name="output-withdrawal"),
]
