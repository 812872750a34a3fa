"""The people who work here: invite them, see how they stand, close and open their accounts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts import lockouts, second_factor, staff
from backend.accounts.models import SecondFactor
from backend.core import clock, pages, undoing
from backend.core.models import Organisation, User
from backend.core.roles import Role


class InviteForm(forms.Form):
    """Whom, as what; an administrator also says of which body."""

    email = forms.EmailField(label=_("E-mail"))
    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    organisation = forms.ModelChoiceField(
        label=_("Company or office"), queryset=Organisation.objects.order_by("name"), required=False
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("it", "Italiano"), ("en", "English")]
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _choices(by)  # type: ignore[attr-defined]  # a choice field
        if not by.has_role(Role.ADMINISTRATOR):
            del self.fields["organisation"]


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _choices(by)  # type: ignore[attr-defined]  # a choice field


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


@pages.page(staff.MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """Who works here, as what, and whether the account is open."""
    page = pages.paged(request, staff.visible_to(pages.person_of(request)))
    locked = lockouts.locked_among(list(page.object_list), clock.wall())
    paired = set(
        SecondFactor.objects.filter(confirmed_at__isnull=False).values_list("user_id", flat=True)
    )
    context = {"page": page, "locked": locked, "paired": paired}
    return render(request, "accounts/staff.html", context)


@pages.page(staff.MANAGE, methods=["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague; a manager's invitation waits for a second person."""
    by = pages.person_of(request)
    form = InviteForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        person = staff.NewPerson(**form.cleaned_data)
        if made := pages.attempt(form, lambda: staff.invite(person=person, by=by, at=clock.now())):
            if not made.is_active:
                return pages.done(request, ASKED, "staff")
            return pages.done(
                request, SENT, "staff", undo=undoing.of("staff.invited", made.pk, "disable")
            )
    return render(request, "accounts/invite.html", {"form": form})


@pages.page(staff.MANAGE, methods=["GET", "HEAD", "POST"])
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: the account's state, and on POST their roles."""
    by = pages.person_of(request)
    user = get_object_or_404(staff.visible_to(by), pk=pk)
    form = RolesForm(request.POST or None, by=by, initial={"roles": user.roles})
    if request.method == "POST" and form.is_valid():
        roles, at = form.cleaned_data["roles"], clock.now()
        undo = undoing.of("staff.roles_changed", pk, roles=user.roles)
        if pages.attempt(form, lambda: _changed(user, roles, by, at)):
            sentence = _("The roles are changed.")
            return pages.done(request, sentence, "staff-member", pk=pk, undo=undo)
    context = {
        "member": user,
        "form": form,
        "closing": ReasonForm(),
        "factor": second_factor.of(user),
        "is_locked": bool(lockouts.locked_among([user], clock.wall())),
        "is_self": user == by,
    }
    return render(request, "accounts/member.html", context)


@pages.page(staff.MANAGE, methods=["POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Disable, enable, unlock, or forget the second factor of an account."""
    by = pages.person_of(request)
    user = get_object_or_404(staff.visible_to(by), pk=pk)
    if act == "disable":
        form = ReasonForm(request.POST)
        form.is_valid()
        reason = form.cleaned_data.get("reason", "")
        staff.disable(user=user, by=by, at=clock.now(), reason=reason)
        return pages.done(request, _("The account is closed."), "staff-member", pk=pk)
    if act not in ACTS:
        raise Http404
    rule, sentence = ACTS[act]
    rule(user=user, by=by, at=clock.now())
    return pages.done(request, sentence, "staff-member", pk=pk)


def _changed(user: User, roles: list[str], by: User, at: Any) -> bool:
    staff.change_roles(user=user, roles=roles, by=by, at=at)
    return True


def _choices(by: User) -> list[tuple[str, str | Promise]]:
    return [(role.value, role.label) for role in staff.roles_to_give(by)]


SENT = _("The invitation is on its way.")
ASKED = _("A second person must approve it; then the invitation is mailed.")
ACTS: dict[str, tuple[Callable[..., object], str | Promise]] = {
    "enable": (staff.enable, _("The account opens again as soon as whoever must has approved it.")),
    "unlock": (lockouts.unlock, _("The account is unlocked.")),
    "reset": (
        staff.reset_second_factor,
        _("At the next login a new second factor is set up."),
    ),
}
