"""Statements: hand in a file, list what was handed in; the bank accounts and what is on them."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, each
from backend.core.filters import Filters
from backend.treasury import bank_accounts, bank_statements, layouts, statements
from backend.treasury.api.shapes import AccountSerializer, StatementSerializer
from backend.treasury.formats.delimited import FIELDS, Layout, Sheet
from backend.treasury.models import BankAccount, BankStatement, TableLayout
from backend.treasury.parsed import TooLarge


class FileInput(Input):
    file = serializers.FileField(allow_empty_file=True)
    account = serializers.IntegerField(
        required=False, help_text="the bank account, where the file is a table (CSV, XLSX)"
    )
    opening = serializers.DecimalField(
        14, 2, required=False, help_text="of a table without a running balance"
    )
    closing = serializers.DecimalField(14, 2, required=False, help_text="as opening")


class LayoutInput(Input):
    columns = serializers.DictField(
        child=serializers.CharField(max_length=120, allow_blank=True),
        help_text=f"the bank's heading for each of: {', '.join(FIELDS)}",
    )
    date_form = serializers.ChoiceField(TableLayout.DateForm.choices, default="%d/%m/%Y")
    decimal_mark = serializers.ChoiceField(TableLayout.DecimalMark.choices, default=",")
    is_newest_first = serializers.BooleanField(default=False)


class UploadedSerializer(serializers.Serializer[Any]):
    repeated = serializers.BooleanField(help_text="whether the file was handed in before")
    statements = StatementSerializer(many=True)


FILTERS = Filters(days=("to_on", "imported_at"), order=("id", "to_on", "imported_at"))


class BankStatements(Endpoint):
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    def permission_for(self, request: Request) -> str:
        return "statement.upload" if request.method == "POST" else "line.view"

    @extend_schema(parameters=FILTERS.parameters, responses=StatementSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The statements of the accounts one may see, newest first."""
        rows = BankStatement.objects.visible_to(self.person).select_related("account", "file")
        rows = FILTERS.narrow(rows.order_by("-to_on", "-id"), request)
        return self.paged(rows, each(StatementSerializer))

    @extend_schema(
        request={"multipart/form-data": FileInput},
        responses={201: UploadedSerializer, 200: UploadedSerializer},
    )
    def post(self, request: Request) -> Response:
        """Hand in a statement file: camt.053, camt.054, CBI, MT940, or a table of an account.

        Safe to repeat without a key: the content of the file is the key. 201 for a file that is
        new, 200 with the first import's statements for one that is not.
        """
        told = self.read(FileInput)
        file = told["file"]
        if file.size > bank_statements.MAX_BYTES:
            raise TooLarge(_("The file is too large."), size_bytes=file.size)
        at = clock.now()
        found = statements.upload(
            raw=file.read(), by=self.person, at=at, name=file.name, sheet=self._sheet(told)
        )
        is_new = any(row.imported_at == at for row in found)
        shown = UploadedSerializer({"repeated": not is_new, "statements": found})
        return Response(shown.data, status=201 if is_new else 200)

    def _sheet(self, told: dict[str, Any]) -> Sheet | None:
        if "account" not in told:
            return None
        mine = BankAccount.objects.visible_to(self.person)
        account = get_object_or_404(mine, pk=told["account"])
        balances = {
            name: Money(told[name], account.currency)
            for name in ("opening", "closing")
            if name in told
        }
        return layouts.sheet(bank_account=account, **balances)


class BankAccounts(Endpoint):
    permission = "line.view"

    @extend_schema(responses=AccountSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The bank accounts one may see, with what the books and the bank say is on them."""
        rows = BankAccount.objects.visible_to(self.person).select_related("holder").order_by("name")
        return self.paged(rows, lambda page: each(AccountSerializer)(bank_accounts.standings(page)))


class TableLayouts(Endpoint):
    permission = "statement.upload"

    @extend_schema(request=LayoutInput, responses=LayoutInput)
    def put(self, request: Request, pk: int) -> Response:
        """Say what the columns of an account's tables mean, for all files to come."""
        account = get_object_or_404(BankAccount.objects.visible_to(self.person), pk=pk)
        layout = Layout(**self.read(LayoutInput))
        saved = layouts.save(bank_account=account, layout=layout, by=self.person, at=clock.now())
        return Response(LayoutInput(saved).data)
