"""Who calls: `Authorization: Bearer <key>` (or `Token <key>`), else the session of the pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from backend.accounts import api_tokens
from backend.accounts.models import ApiToken
from backend.core import clock
from backend.core.models import User

WORDS = (b"bearer", b"token")


class Grant:
    """What a call was let in with; the base endpoint asks it whether a permission is covered."""

    def __init__(self, token: ApiToken) -> None:
        self.token = token

    def covers(self, permission: str, *, is_read: bool) -> bool:
        return api_tokens.covers(self.token, permission, is_read=is_read)


class TokenAuthentication(BaseAuthentication):
    """Looks the key's hash up. An unknown, expired or revoked key is 401, and not told apart."""

    def authenticate(self, request: Request) -> tuple[User, Grant] | None:
        said = get_authorization_header(request).split()
        if not said or said[0].lower() not in WORDS:
            return None
        key = said[1].decode("ascii", "replace") if len(said) == 2 else ""
        token = api_tokens.find(key, clock.wall())
        if token is None:
            raise AuthenticationFailed(_("This token opens nothing (any more)."))
        return token.user, Grant(token)

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # drf-spectacular has no types
    """How it stands in the OpenAPI document."""

    target_class = "backend.accounts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made on the page “My account”, or by `POST /api/v1/tokens/`.",
        }
