"""Making an account as an investor, by programs of one's own: the mail goes to the person all the same."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import pace, sign_ups
from backend.accounts.sign_ups import Newcomer
from backend.core import clock
from backend.core.api import Endpoint, Input


class NewcomerInput(Input):
    email = serializers.EmailField(max_length=150)
    first_name = serializers.CharField(max_length=150)
    last_name = serializers.CharField(max_length=150)
    language = serializers.ChoiceField([("it", "it"), ("en", "en")], default="it")


class NewcomerPasswordInput(Input):
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class AskedForAccountSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(help_text="where a mail is on its way to")


class SignUps(Endpoint):
    """Ask for an account: a link is mailed. The answer is the same whether there is one already."""

    permission = None

    @extend_schema(request=NewcomerInput, responses={202: AskedForAccountSerializer})
    def post(self, request: Request) -> Response:
        newcomer = Newcomer(**self.read(NewcomerInput))
        pace.keep(request._request, "sign-up")
        sign_ups.ask(newcomer=newcomer, at=clock.now())
        return Response({"email": newcomer.address}, status=202)


class FinishSignUp(Endpoint):
    """Open the account with the token of the mailed link and a password of one's own."""

    permission = None

    @extend_schema(request=NewcomerPasswordInput, responses={201: AskedForAccountSerializer})
    def post(self, request: Request, token: str) -> Response:
        password = self.read(NewcomerPasswordInput)["password"]
        user = sign_ups.finish(token=token, password=password, at=clock.now())
        return Response({"email": user.email}, status=201)
