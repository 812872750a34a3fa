"""Back office of core: people and organisations can be edited; what happened can only be read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

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


class ReadOnly(admin.ModelAdmin[Model]):
    """Rows that rules write and nobody edits."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Audited(admin.ModelAdmin[Model]):
    """Rows that people keep here: each change leaves its audit row, and nothing is deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Save, and say who changed which fields (not what they held) in the same transaction."""
        super().save_model(request, obj, form, change)
        by = request.user
        assert isinstance(by, User), "the back office knows no anonymous person"
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
admin.site.register([Alert, AuditEvent, Approval, Job, Notice], ReadOnly)
