"""The knowledge test, the simulation of loss for an investor, and the simulation as a tool for anyone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from backend.core import clock, pages
from investors import assessments, loss
from investors.forms import SimulationForm, TestForm
from investors.models import LossComponents
from investors.pages.profile import READ_WRITE, done, form_page, own

TEST_LEAD = _(
    "Answer with what is true, complete and up to date. A question may stay open, and no answer "
    "shuts you out: what the answers show is told to you."
)
SIMULATION_LEAD = _(
    "From a year's figures, true, complete and up to date, we work out the loss you could bear: a "
    "tenth of your net worth. The figures are used once; what is kept is the result."
)


@pages.page("profile.own", methods=READ_WRITE)
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the knowledge test; the same form sent twice is one test."""
    investor, form = own(request, pk), TestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        taken = assessments.take_test(
            investor=investor, sheet=form.sheet(), by=pages.person_of(request), at=clock.now()
        )
        sentence = _("The questions are answered.")
        return done(request, sentence if taken.has_passed else _("Please read this:"), investor)
    title = _("Questions on what you would buy")
    return form_page(
        request, investor, form, title=title, lead=TEST_LEAD, submit=_("Send my answers")
    )


@pages.page("profile.own", methods=READ_WRITE)
def simulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Simulate the loss that the investor could bear, for a year."""
    investor = own(request, pk)
    form = SimulationForm(request.POST or None, initial=_kept(investor.pk))
    if request.method == "POST" and form.is_valid():
        assessments.simulate_loss(
            investor=investor,
            figures=form.figures(),
            keeps_components=form.cleaned_data["keeps_components"],
            by=pages.person_of(request),
            at=clock.now(),
        )
        return done(request, _("The simulation is done."), investor)
    title, submit = _("The loss you could bear"), _("Work it out")
    return form_page(request, investor, form, title=title, lead=SIMULATION_LEAD, submit=submit)


@pages.page("profile.own", methods=["POST"])
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the figures that were kept for next year."""
    investor, by = own(request, pk), pages.person_of(request)
    assessments.forget_components(investor=investor, by=by, at=clock.now())
    return done(request, _("The figures are deleted. The result stays for its year."), investor)


@pages.page(methods=READ_WRITE)
def tool(request: HttpRequest) -> HttpResponse:
    """The simulation without an account: the result is shown and nothing is kept."""
    form = SimulationForm(request.POST or None)
    del form.fields["keeps_components"]
    result = None
    if request.method == "POST" and form.is_valid():
        result = loss.simulate(form.figures())
    return render(request, "investors/simulation.html", {"form": form, "result": result})


def _kept(investor: int) -> dict[str, Any]:
    """The components of last time, where the person agreed to keep them."""
    kept = LossComponents.objects.filter(simulation__investor=investor)
    last = kept.order_by("simulation__taken_at", "pk").last()
    return dict(last.figures) if last else {}
