"""Back office of accounts: a person's standing can be seen and mended; what opens an account never.

People are invited on their page, not added here; a password is chosen by its owner alone.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from backend.accounts import sessions
from backend.accounts.models import Deputy
from backend.core import clock
from backend.core.admin import Audited, ReadOnly
from backend.core.models import User


@admin.register(User)
class PersonAdmin(Audited):
    """Names, roles and the rights of the back office. Who is changed logs in again."""

    list_display = ("username", "organisation", "roles", "is_active")
    list_filter = ("is_active", "is_staff")
    search_fields = ("username", "first_name", "last_name")
    fields = (
        "username", "email", "first_name", "last_name", "roles", "organisation", "language",
        "is_active", "is_staff", "is_superuser", "last_login", "date_joined",
    )  # fmt: skip
    readonly_fields = ("last_login", "date_joined")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """As every change here; and the person's other sessions end."""
        super().save_model(request, obj, form, change)
        by = request.user
        assert isinstance(by, User), "the back office knows no anonymous person"
        own = request.session.session_key or ""
        sessions.end_all(user=obj, by=by, at=clock.now(), but=own)


admin.site.register(Deputy, ReadOnly)
# Roles say who may what here; groups would be a second table of the same.
if admin.site.is_registered(Group) and isinstance(admin.site._registry[Group], GroupAdmin):
    admin.site.unregister(Group)
