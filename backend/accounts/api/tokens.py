"""Tokens for programs: list one's own, make one, void one. A token makes no tokens."""

from typing import ClassVar

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import api_tokens
from backend.accounts.models import ApiToken
from backend.core import clock
from backend.core.api import Endpoint, Input, each
from backend.core.calls import Scoped
from backend.core.errors import Forbidden


class NeedsLogin(Forbidden):
    """A token cannot do this: log in on the pages, where the second factor is asked for."""

    code = "token.needs_login"


class ApiTokenSerializer(serializers.ModelSerializer[ApiToken]):
    class Meta:
        model = ApiToken
        fields: ClassVar = [
            "id", "name", "beginning", "scopes", "created_at", "expires_at", "last_used_on",
            "revoked_at",
        ]  # fmt: skip


class NewTokenSerializer(ApiTokenSerializer):
    key = serializers.CharField(help_text="shown this once; only its hash is kept")

    class Meta(ApiTokenSerializer.Meta):
        fields: ClassVar = [*ApiTokenSerializer.Meta.fields, "key"]


class TokenInput(Input):
    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.CharField(max_length=80), min_length=1, max_length=100
    )
    days = serializers.IntegerField(min_value=1, max_value=api_tokens.MOST_DAYS, default=90)


class TokenList(Endpoint):
    """One's own tokens, the newest first; never their keys."""

    permission = ""

    @extend_schema(responses=ApiTokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = ApiToken.objects.filter(user=self.person).order_by("-id")
        return self.paged(rows, each(ApiTokenSerializer))

    @extend_schema(request=TokenInput, responses={201: NewTokenSerializer})
    def post(self, request: Request) -> Response:
        """Make a token. Its key is in this answer and nowhere else. Needs a login, not a token."""
        _require_login(request)
        wish = api_tokens.Wish(**self.read(TokenInput))
        made = api_tokens.make(user=self.person, wish=wish, instant=clock.wall(), at=clock.now())
        made.token.key = made.key  # type: ignore[attr-defined]  # shown this once
        return Response(NewTokenSerializer(made.token).data, status=201)


class RevokeToken(Endpoint):
    """Void a token of one's own, now."""

    permission = ""

    @extend_schema(request=None, responses=ApiTokenSerializer)
    def post(self, request: Request, pk: int) -> Response:
        token = get_object_or_404(ApiToken, pk=pk, user=self.person)
        api_tokens.revoke(token=token, by=self.person, instant=clock.wall(), at=clock.now())
        token.refresh_from_db()
        return Response(ApiTokenSerializer(token).data)


def _require_login(request: Request) -> None:
    if isinstance(request.auth, Scoped):
        raise NeedsLogin(_("A token makes no tokens: log in to make one."))
