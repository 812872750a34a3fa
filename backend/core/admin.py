"""Back office of core: people and organisations can be edited; what happened can only be read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from backend.core import audit, clock, pages, parameters
from backend.core.models import (
    Alert,
    Approval,
    AuditEvent,
    Job,
    Notice,
    Organisation,
    Parameter,
    User,
)
from backend.core.sealed import PrintField, Sealed


class ReadOnly(admin.ModelAdmin[Model]):
    """Rows that rules write and nobody edits."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Personal(ReadOnly):
    """Rows about people: what is sealed is not shown at all, and who opens a row or a list of them is
    written down, as everywhere (`audit.SHOWN`)."""

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        columns = self.opts.concrete_fields
        hidden = [each.name for each in columns if isinstance(each, Sealed | PrintField)]
        return [*(super().get_exclude(request, obj) or ()), *hidden]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        if isinstance(answer, TemplateResponse) and answer.context_data:
            people = len(answer.context_data["cl"].result_list)
            self._trace(request, _person(request), {"people": people})
        return answer

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        found = self.get_object(request, object_id) if object_id else None
        if found is not None:
            self._trace(request, found, {})
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _trace(self, request: HttpRequest, subject: Model, facts: dict[str, Any]) -> None:
        told = {"place": f"back office, {self.opts.label_lower}", **facts}
        by = _person(request)
        audit.record(action=audit.SHOWN, subject=subject, by=by, at=clock.now(), facts=told)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "the back office knows no anonymous person"
    return request.user


class Audited(admin.ModelAdmin[Model]):
    """Rows that people keep here: each change leaves its audit row, and nothing is deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Save, and say who changed which fields (not what they held) in the same transaction."""
        super().save_model(request, obj, form, change)
        by = _person(request)
        action = "back_office.changed" if change else "back_office.added"
        facts = {"fields": form.changed_data}
        audit.record(action=action, subject=obj, by=by, at=clock.now(), facts=facts)


class ParameterForm(forms.ModelForm[Model]):
    def clean(self) -> dict[str, Any]:
        """Refuse what the readers of this parameter could not use."""
        told: dict[str, Any] = super().clean() or {}
        if "code" in told and "value" in told:
            pages.attempt(
                self,
                lambda: parameters.refuse_unreadable(code=told["code"], value=told["value"]),
            )
        return told


@admin.register(Parameter)
class Parameters(Audited):
    form = ParameterForm


admin.site.register([Organisation], Audited)
admin.site.register([Alert, AuditEvent, Approval, Job], ReadOnly)
admin.site.register(Notice, Personal, exclude=("body",))
