"""What a manager keeps of a home: its papers, its energy certificates, its cadastral keys."""

import io
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import clock, downloads, pages
from properties import cadastre, documents, energy
from properties.models import HomeDocument, Unit
from properties.pages import homes
from properties.pages.home_forms import CertificateForm, DocumentForm, KeyForm


@pages.page("unit.edit", methods=["POST"])
def add_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a paper."""
    unit, form = homes.own_unit(request, pk), DocumentForm(request.POST, request.FILES)
    return _answer(request, unit, ("document_form", form, _("The paper is kept.")), _keep)


@pages.page("unit.edit", methods=["POST"])
def add_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an energy certificate."""
    unit, form = homes.own_unit(request, pk), CertificateForm(request.POST)
    return _answer(
        request, unit, ("certificate_form", form, _("The certificate is kept.")), _certify
    )


@pages.page("unit.edit", methods=["POST"])
def change_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a cadastral key, and end those that it comes in place of."""
    unit = homes.own_unit(request, pk)
    form = KeyForm(request.POST, unit=unit)
    return _answer(
        request, unit, ("key_form", form, _("The cadastral key is written down.")), _begin
    )


@pages.page("unit.view")
def document(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a paper, to be saved."""
    rows = HomeDocument.objects.visible_to(pages.person_of(request))
    found = get_object_or_404(rows, pk=pk)
    return downloads.file(name=documents.file_name(found), content=io.BytesIO(found.content))


Named = tuple[str, forms.Form, str | Promise]
Act = Callable[[HttpRequest, Unit, dict[str, Any]], object]


def _answer(request: HttpRequest, unit: Unit, named: Named, act: Act) -> HttpResponse:
    """Do it and go back to the home, or show its page with the form as it was filled in."""
    name, form, sentence = named
    done = (
        pages.attempt(form, lambda: act(request, unit, form.cleaned_data))
        if form.is_valid()
        else None
    )
    if done is not None:
        return pages.done(request, sentence, "home-page", pk=unit.pk)
    return homes.render_home(request, unit, {name: form})


def _keep(request: HttpRequest, unit: Unit, typed: dict[str, Any]) -> object:
    raw = typed.pop("file").read()
    new = documents.NewDocument(raw=raw, **typed)
    return documents.keep(unit=unit, new=new, by=pages.person_of(request), at=clock.now())


def _certify(request: HttpRequest, unit: Unit, typed: dict[str, Any]) -> object:
    new = energy.NewCertificate(**typed)
    return energy.certify(unit=unit, new=new, by=pages.person_of(request), at=clock.now())


def _begin(request: HttpRequest, unit: Unit, typed: dict[str, Any]) -> object:
    on, ended = typed.pop("on"), list(typed.pop("ended"))
    new = cadastre.NewKey(**typed)
    by, at = pages.person_of(request), clock.now()
    return cadastre.replace(ended=ended, begun=[(unit, new)], on=on, by=by, at=at)
