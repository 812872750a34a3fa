"""The gallery: every component once, with invented content; shown in a demo alone.

docs/design.md says how each is written. A change to a component is looked at here first.
"""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from backend.core import charts, clock, pages
from backend.core.money import euro


class Sample(forms.Form):
    """One field of each kind; sent empty it shows its errors."""

    email = forms.EmailField(label="E-mail", help_text="Ti scriviamo solo per questo.")
    amount = forms.DecimalField(
        label="Quanto vorresti mettere (euro)", min_value=500, decimal_places=2
    )
    day = forms.DateField(
        label="Data", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label="Tipo", choices=[("a", "Asta"), ("b", "Privato")])
    way = forms.ChoiceField(
        label="Come paghi",
        widget=forms.RadioSelect,
        choices=[("card", "Carta"), ("transfer", "Bonifico")],
    )
    note = forms.CharField(label="Nota", required=False, widget=forms.Textarea)
    read = forms.BooleanField(label="Ho letto che posso perdere quello che metto.")


@pages.page(methods=["GET", "HEAD", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page; 404 outside a demo."""
    if not settings.DEMO:
        raise Http404
    form = Sample(request.POST if request.method == "POST" else None)
    form.is_valid()
    return render(request, "design.html", {"form": form, **samples(clock.today())})


def samples(today: dt.date) -> dict[str, Any]:
    """Invented content for every component, around a day."""
    return {
        "today": today,
        "soon": today + dt.timedelta(days=12),
        "gone": today - dt.timedelta(days=3),
        "moment": clock.start_of(today) + dt.timedelta(hours=14, minutes=30),
        "figures": _figures(),
        "big": euro("300000.00"),
        "lines": _lines(),
        "steps": _timeline(today),
        "checks": _checks(),
        "chart": _chart(),
        "funnel": _funnel(),
        "tones": ("idle", "running", "waiting", "done", "stopped"),
    }


def _figures() -> dict[str, Any]:
    return {
        "promised": euro("214500.00"),
        "paid": euro("171000.00"),
        "settled": euro("148250.00"),
        "target": euro("300000.00"),
        "days_left": 23,
    }


def _lines() -> list[dict[str, Any]]:
    return [
        {
            "label": "Prezzo, via Fantasia 1",
            "planned": euro("61500.00"),
            "paid": euro("61500.00"),
        },
        {
            "label": "Imposte e notaio",
            "planned": euro("4200.00"),
            "paid": euro("3985.40"),
        },
        {"label": "Lavori", "planned": euro("9800.00"), "paid": euro("0.00")},
    ]


def _timeline(today: dt.date) -> list[dict[str, Any]]:
    days = dt.timedelta(days=1)
    return [
        {"label": "Aggiudicata all'asta", "when": today - 40 * days, "state": "done"},
        {"label": "Cauzione versata", "when": today - 38 * days, "state": "done"},
        {"label": "Saldo del prezzo", "when": today + 12 * days, "state": "current"},
        {"label": "Decreto di trasferimento", "when": None, "state": "next"},
    ]


def _checks() -> list[dict[str, Any]]:
    return [
        {"label": "Scheda informativa completa", "done": True},
        {"label": "Conto vincolato indicato", "done": True},
        {
            "label": "Approvazione di una seconda persona",
            "done": False,
            "note": "Chiesta ieri.",
        },
    ]


def _chart() -> charts.BarChart:
    rows = [
        charts.Row("Acquisto", 61500, "61.500 €", 61500),
        charts.Row("Imposte e notaio", 3985, "3.985 € di 4.200 €", 4200),
        charts.Row("Lavori", 6200, "6.200 € di 9.800 €", 9800),
    ]
    return charts.bars(
        "Previsto e pagato per questa casa",
        rows,
        source="Dai libri, a oggi. La tacca è il previsto.",
        heads=("Voce", "Pagato"),
    )


def _funnel() -> list[charts.Step]:
    return [
        charts.Step("300.000 €", "raccolti", "coin"),
        charts.Step("6", "case", "home"),
        charts.Step("19", "persone che ci vivono", "people"),
    ]
