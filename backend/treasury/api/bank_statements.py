"""Statements: hand in a file, list what was handed in; the bank accounts and what is on them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, each
from backend.treasury import bank_accounts, bank_statements, statements
from backend.treasury.api.shapes import AccountSerializer, StatementSerializer
from backend.treasury.models import BankAccount, BankStatement
from backend.treasury.parsed import TooLarge


class FileInput(Input):
    file = serializers.FileField(allow_empty_file=True)


class UploadedSerializer(serializers.Serializer[Any]):
    repeated = serializers.BooleanField(help_text="whether the file was handed in before")
    statements = StatementSerializer(many=True)


class BankStatements(Endpoint):
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    def permission_for(self, request: Request) -> str:
        return "statement.upload" if request.method == "POST" else "line.view"

    @extend_schema(responses=StatementSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The statements of the accounts one may see, newest first."""
        rows = BankStatement.objects.visible_to(self.person).select_related("account", "file")
        return self.paged(rows.order_by("-to_on", "-id"), each(StatementSerializer))

    @extend_schema(
        request={"multipart/form-data": FileInput},
        responses={201: UploadedSerializer, 200: UploadedSerializer},
    )
    def post(self, request: Request) -> Response:
        """Hand in a statement file (camt.053).

        Safe to repeat without a key: the content of the file is the key. 201 for a file that is
        new, 200 with the first import's statements for one that is not.
        """
        file = self.read(FileInput)["file"]
        if file.size > bank_statements.MAX_BYTES:
            raise TooLarge(_("The file is too large."), size_bytes=file.size)
        at = clock.now()
        found = statements.upload(raw=file.read(), by=self.person, at=at, name=file.name)
        is_new = any(row.imported_at == at for row in found)
        told = UploadedSerializer({"repeated": not is_new, "statements": found})
        return Response(told.data, status=201 if is_new else 200)


class BankAccounts(Endpoint):
    permission = "line.view"

    @extend_schema(responses=AccountSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The bank accounts one may see, with what the books and the bank say is on them."""
        rows = BankAccount.objects.visible_to(self.person).select_related("holder").order_by("name")
        return self.paged(rows, lambda page: each(AccountSerializer)(bank_accounts.standings(page)))
