"""My data: what is written down of me, to take with me, and to have erased."""

from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from backend.reporting import erasure, personal_data


class EraseForm(forms.Form):
    """The confirmation."""

    confirms = forms.BooleanField(label=_("I know that this cannot be taken back."))


@pages.page("")
def own_data(request: HttpRequest) -> HttpResponse:
    """The download, and what an erasure would do."""
    return _show(request, EraseForm())


@pages.page("")
def file(request: HttpRequest) -> HttpResponse:
    """All of one's data as a ZIP file."""
    body = personal_data.archive(pages.person_of(request))
    answer = HttpResponse(body, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="mattone-data.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


@pages.page("", methods=["POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Erase what no law keeps, and leave."""
    user, form = pages.person_of(request), EraseForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    gone = pages.attempt(form, lambda: erasure.erase(user=user, by=user, at=clock.now()))
    if gone is None:
        return _show(request, form)
    logout(request)
    return pages.done(request, _("Your account and what no law keeps are erased."), "front")


def _show(request: HttpRequest, form: forms.Form) -> HttpResponse:
    context = {"plan": erasure.plan(pages.person_of(request)), "form": form}
    return render(request, "own_data.html", context)
