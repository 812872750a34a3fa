"""Back office of core: people and organisations can be edited; what happened can only be read."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model
from django.http import HttpRequest

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


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    list_display = ("username", "organisation", "roles", "is_active")
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        ("Mattone", {"fields": ("roles", "organisation", "language")}),
    )


admin.site.register(Organisation)
admin.site.register(Parameter)
admin.site.register([Alert, AuditEvent, Approval, Job, Notice], ReadOnly)
