"""Statements: hand in a file, list what was handed in; the bank accounts and what is on them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint
from backend.treasury import bank_accounts, bank_statements, statements
from backend.treasury.api import shapes
from backend.treasury.models import BankAccount, BankStatement
from backend.treasury.parsed import TooLarge


class FileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True)


class BankStatements(Endpoint):
    """POST is safe to repeat without a key: the content of the file is the key.

    201 for a file that is new, 200 with the first import's statements for one that is not.
    """

    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    def permission_for(self, request: Request) -> str:
        return "statement.upload" if request.method == "POST" else "line.view"

    def get(self, request: Request) -> Response:
        rows = BankStatement.objects.visible_to(self.person).select_related("account", "file")
        return shapes.paged(request, rows.order_by("-to_on", "-id"), shapes.statement)

    @extend_schema(request={"multipart/form-data": FileSerializer})
    def post(self, request: Request) -> Response:
        sent = FileSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        file = sent.validated_data["file"]
        if file.size > bank_statements.MAX_BYTES:
            raise TooLarge(_("The file is too large."), size_bytes=file.size)
        at = clock.now()
        found = statements.upload(raw=file.read(), by=self.person, at=at, name=file.name)
        is_new = any(row.imported_at == at for row in found)
        body = {"repeated": not is_new, "statements": [shapes.statement(row) for row in found]}
        return Response(body, status=201 if is_new else 200)


class BankAccounts(Endpoint):
    permission = "line.view"

    def get(self, request: Request) -> Response:
        rows = BankAccount.objects.visible_to(self.person).select_related("holder").order_by("name")
        found = bank_accounts.standings(rows)
        return Response([shapes.account(one.account, one.books, one.bank) for one in found])
