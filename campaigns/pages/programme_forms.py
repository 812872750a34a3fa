"""The forms of the city's programme officer: programme, call, project, award, report, figure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import DayField, EuroField
from campaigns.models import OutputFigure, Project
from campaigns.programmes import awards, calls, outputs


class ProgrammeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    about = forms.CharField(label=_("What it is"), widget=forms.Textarea(attrs={"rows": 3}))


class CallForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    funder = forms.CharField(label=_("Who funds it"), max_length=300)
    measure = forms.CharField(label=_("Measure, as printed"), max_length=60, required=False)
    budget = EuroField(label=_("Money in all"), required=False)
    grant_maximum = EuroField(label=_("Most for one project"), required=False)
    own_share_percent = forms.IntegerField(
        label=_("Least own share, in percent of the cost"),
        min_value=0,
        max_value=99,
        required=False,
    )

    def new(self) -> calls.NewCall:
        return calls.NewCall(**self.cleaned_data)


class ProjectForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    bodies = forms.CharField(
        label=_("Bodies"), help_text=_("One a line."), widget=forms.Textarea(attrs={"rows": 3})
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)

    def new(self) -> calls.NewProject:
        told = self.cleaned_data
        bodies = [line.strip()[:120] for line in told["bodies"].splitlines() if line.strip()]
        return calls.NewProject(name=told["name"], bodies=bodies, place=told["place"])


class MoveForm(forms.Form):
    """Where a project may go from here, but for `funded`: that is the award."""

    to = forms.ChoiceField(label=_("How far it came"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, project: Project, *args: Any) -> None:
        super().__init__(*args)
        goals = project.MOVES[project.state] - {Project.State.FUNDED}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in Project.State if each in goals
        ]


class AwardForm(forms.Form):
    """Two instalments at most here, one for a report each; the API takes more."""

    agreement = forms.CharField(label=_("Agreement"), max_length=120)
    amount = EuroField(label=_("Grant"))
    own_share = EuroField(label=_("Own share of the bodies"))
    agreed_on = DayField(label=_("Agreed on"))
    first_amount = EuroField(label=_("First instalment"))
    first_due_on = DayField(label=_("Due on"))
    last_amount = EuroField(label=_("Last instalment"), required=False)
    last_due_on = DayField(label=_("Last instalment due on"), required=False)
    report_due_on = DayField(label=_("Report due on"))
    final_report_due_on = DayField(label=_("Final report due on"), required=False)

    def new(self) -> awards.Award:
        told = self.cleaned_data
        parts = [(told[f"{name}_amount"], told[f"{name}_due_on"]) for name in ("first", "last")]
        reports = (told["report_due_on"], told["final_report_due_on"])
        return awards.Award(
            agreement=told["agreement"],
            amount=told["amount"],
            own_share=told["own_share"],
            agreed_on=told["agreed_on"],
            instalments=[awards.Part(*part) for part in parts if all(part)],
            reports_due=[day for day in reports if day],
        )


class OutputForm(forms.Form):
    """A figure as the body reported it."""

    label = forms.CharField(label=_("What was counted"), max_length=200)
    value = forms.DecimalField(
        label=_("How many"), max_digits=12, decimal_places=1, min_value=0, localize=True
    )
    unit = forms.CharField(label=_("Unit, if it is not a number of them"), required=False)
    quality = forms.ChoiceField(label=_("How sure it is"), choices=OutputFigure.Quality.choices)
    counted_as = forms.ChoiceField(label=_("Counted as"), choices=OutputFigure.CountedAs.choices)
    period_from = DayField(label=_("From"))
    period_to = DayField(label=_("To"))
    evidence = forms.CharField(label=_("What it rests on"), max_length=300)
    is_sensitive = forms.BooleanField(label=_("Of a sensitive group"), required=False)
    esf_code = forms.CharField(label=_("ESF indicator"), max_length=4, required=False)
    age_from = forms.IntegerField(
        label=_("From the age of"), min_value=0, max_value=120, required=False
    )
    meets_esf_rule = forms.BooleanField(
        label=_("Each is identified, was asked for characteristics, and had earmarked spending"),
        required=False,
    )

    def new(self) -> outputs.NewOutput:
        return outputs.NewOutput(**self.cleaned_data)


class PaidForm(forms.Form):
    on = DayField(label=_("Paid on"))


class HandedInForm(forms.Form):
    on = DayField(label=_("Handed in on"))
    evidence = forms.CharField(label=_("Where it is kept"), max_length=200)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why it is taken back"), max_length=300)


class AccountsForm(forms.Form):
    accounts_on = DayField(label=_("Accounts handed in on"))
    is_state_aid = forms.BooleanField(label=_("State aid or de minimis"), required=False)


class ProceedingsForm(forms.Form):
    reference = forms.CharField(
        label=_("Reference"), max_length=120, help_text=_("A number, no names.")
    )
    on = DayField(label=_("From"))


class ProceedingsEndForm(forms.Form):
    on = DayField(label=_("Ended on"))
