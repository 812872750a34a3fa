"""The people who work here: list, invite, roles, disable, enable, unlock, reset."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import lockouts, staff
from backend.core import clock
from backend.core.api import Endpoint, Input, each
from backend.core.models import Organisation, User
from backend.core.roles import Role


class StaffMemberSerializer(serializers.ModelSerializer[User]):
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    language = serializers.ChoiceField([("it", "it"), ("en", "en")])

    class Meta:
        model = User
        fields: ClassVar = [
            "id", "email", "first_name", "last_name", "roles", "organisation", "language", "is_active",
        ]  # fmt: skip


class RolesInput(Input):
    roles = serializers.ListField(
        child=serializers.ChoiceField(Role.choices), min_length=1, max_length=len(Role)
    )


class InvitationInput(RolesInput):
    email = serializers.EmailField(max_length=150)
    first_name = serializers.CharField(max_length=150)
    last_name = serializers.CharField(max_length=150)
    organisation = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.all(), required=False, allow_null=True, default=None
    )
    language = serializers.ChoiceField([("it", "it"), ("en", "en")], default="it")


class DisablingInput(Input):
    reason = serializers.CharField(max_length=300)


class StaffList(Endpoint):
    """The people who work here: an administrator sees all, a manager those of the same body."""

    permission = staff.MANAGE

    @extend_schema(responses=StaffMemberSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.paged(staff.visible_to(self.person), each(StaffMemberSerializer))

    @extend_schema(request=InvitationInput, responses={201: StaffMemberSerializer})
    def post(self, request: Request) -> Response:
        """Invite a colleague. Whom a manager invites enters once a second person approved it."""
        person = staff.NewPerson(**self.read(InvitationInput))
        made = staff.invite(person=person, by=self.person, at=clock.now())
        return Response(StaffMemberSerializer(made).data, status=201)


class StaffAct(Endpoint):
    """Something done to the account of a colleague."""

    permission = staff.MANAGE
    rule: Callable[..., object]

    @extend_schema(request=None, responses=StaffMemberSerializer)
    def post(self, request: Request, pk: int) -> Response:
        return self.answer(pk, type(self).rule)

    def answer(self, pk: int, rule: Callable[..., object], **told: Any) -> Response:
        """Call a rule for a colleague that one may see; the account as it is then."""
        user = get_object_or_404(staff.visible_to(self.person), pk=pk)
        rule(user=user, by=self.person, at=clock.now(), **told)
        return Response(StaffMemberSerializer(user).data)


class Roles(StaffAct):
    """Give a colleague other roles. It logs them out."""

    @extend_schema(request=RolesInput, responses=StaffMemberSerializer)
    def post(self, request: Request, pk: int) -> Response:
        return self.answer(pk, staff.change_roles, **self.read(RolesInput))


class Disable(StaffAct):
    """Close a colleague's account: every session ends, every token is void."""

    @extend_schema(request=DisablingInput, responses=StaffMemberSerializer)
    def post(self, request: Request, pk: int) -> Response:
        return self.answer(pk, staff.disable, **self.read(DisablingInput))


class Enable(StaffAct):
    """Open a closed account again; a manager's wish waits for a second person."""

    rule = staticmethod(staff.enable)


class Unlock(StaffAct):
    """Let a colleague try again who gave too many wrong passwords or codes."""

    rule = staticmethod(lockouts.unlock)


class ResetSecondFactor(StaffAct):
    """Forget a colleague's second factor: at the next login they set up a new one."""

    rule = staticmethod(staff.reset_second_factor)
