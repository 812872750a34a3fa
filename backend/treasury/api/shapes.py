"""How treasury's rows look in JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api import MoneyField, money_json
from backend.treasury import guesses, reasons
from backend.treasury.bank_accounts import Standing
from backend.treasury.models import (
    Allocation,
    BankAccount,
    BankLine,
    BankStatement,
    ReconciliationRun,
)


class AccountSerializer(serializers.Serializer[Standing]):
    """A bank account: what the books and what its newest statement say is on it."""

    id = serializers.IntegerField(source="account.pk")
    iban = serializers.CharField(source="account.iban")
    name = serializers.CharField(source="account.name")
    kind = serializers.ChoiceField(BankAccount.Kind.choices, source="account.kind")
    books = MoneyField()
    bank = MoneyField(allow_null=True, help_text="null before the first statement")
    synthetic = serializers.BooleanField(source="account.holder.is_synthetic")


class StatementSerializer(serializers.ModelSerializer[BankStatement]):
    iban = serializers.CharField(source="account.iban")
    opening = MoneyField(allow_null=True)
    closing = MoneyField(allow_null=True)
    file = serializers.CharField(source="file.sha256", help_text="SHA-256 of its content")

    class Meta:
        model = BankStatement
        fields = (
            "id", "statement_id", "iban", "from_on", "to_on", "opening", "closing", "format", "lines_new",
            "lines_known", "lines_pending", "imported_at", "file",
        )  # fmt: skip


class LineSerializer(serializers.ModelSerializer[BankLine]):
    """A line as the bank wrote it, with what is left of it to be explained."""

    iban = serializers.CharField(source="account.iban")
    amount = MoneyField(help_text="money in is positive")
    left = MoneyField(help_text="without a sign")

    class Meta:
        model = BankLine
        fields = (
            "id", "iban", "booked_on", "value_on", "amount", "left", "counterparty_name",
            "counterparty_iban", "text", "creditor_reference", "end_to_end_id", "bank_id",
            "is_reversal", "return_reason", "statement",
        )  # fmt: skip


class AllocationSerializer(serializers.ModelSerializer[Allocation]):
    """A part of a line that was explained; negative where that was taken back."""

    amount = MoneyField()
    entry = serializers.CharField(source="entry.key", help_text="key of the entry in the books")
    reason = serializers.SerializerMethodField()
    by = serializers.CharField(source="by_label")

    class Meta:
        model = Allocation
        fields = ("id", "line", "expectation", "amount", "entry", "reason", "allocated_at", "by")

    def get_reason(self, row: Allocation) -> str:
        return reasons.text(row.reason)


class GuessSerializer(serializers.Serializer[Any]):
    """An expectation that a line may belong to, with the codes of the reasons, strongest first."""

    expectation = serializers.IntegerField()
    reference = serializers.CharField()
    counterparty = serializers.CharField(allow_blank=True)
    amount = MoneyField()
    reasons = serializers.ListField(child=serializers.CharField())


def guesses_of(line: BankLine) -> list[dict[str, Any]]:
    """What may explain a line (annotated with `allocated`), best first."""
    return [
        {
            "expectation": expectation.pk,
            "reference": expectation.reference,
            "counterparty": expectation.counterparty,
            "amount": money_json(expectation.amount),
            "reasons": list(found.reasons),
        }
        for expectation, found in guesses.of([line])[line.pk]
    ]


class OneLineSerializer(LineSerializer):
    explained_by = serializers.SerializerMethodField()
    guesses = serializers.SerializerMethodField()

    class Meta(LineSerializer.Meta):
        fields = (*LineSerializer.Meta.fields, "explained_by", "guesses")  # type: ignore[assignment]

    @extend_schema_field(AllocationSerializer(many=True))
    def get_explained_by(self, row: BankLine) -> Any:
        parts = row.allocations.select_related("entry").order_by("id")
        return AllocationSerializer(parts, many=True).data

    @extend_schema_field(GuessSerializer(many=True))
    def get_guesses(self, row: BankLine) -> list[dict[str, Any]]:
        return guesses_of(row)


class SumSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    amounts = serializers.DictField(child=serializers.CharField(), help_text="by currency")


class TotalsSerializer(serializers.Serializer[Any]):
    """What a run saw; amounts are strings with two decimals, the longest lists are cut at 100."""

    lines = serializers.IntegerField()
    booked = SumSerializer()
    left = SumSerializer()
    kinds = serializers.DictField(child=serializers.IntegerField())
    reasons = serializers.DictField(child=serializers.IntegerField())
    there_not_here = serializers.ListField(
        child=serializers.DictField(), help_text="on a statement and unexplained"
    )
    here_not_there = serializers.ListField(
        child=serializers.DictField(), help_text="expected by a day that has passed"
    )
    late = serializers.IntegerField()
    accounts = serializers.ListField(child=serializers.DictField(), help_text="books beside bank")
    three_way = serializers.ListField(
        child=serializers.DictField(),
        help_text="what pledges say was paid, beside the ledger and the outside, by campaign",
    )
    payouts = serializers.DictField(help_text="a provider's payouts summed up, and those open")
    provider = serializers.ListField(
        child=serializers.DictField(), help_text="at the provider only, or in our records only"
    )


class RunSerializer(serializers.ModelSerializer[ReconciliationRun]):
    dry_run = serializers.BooleanField(source="is_dry_run")
    by = serializers.CharField(source="by_label")
    totals = serializers.SerializerMethodField()

    class Meta:
        model = ReconciliationRun
        fields = ("id", "dry_run", "ran_at", "by", "finished_at", "totals")

    @extend_schema_field(TotalsSerializer)
    def get_totals(self, row: ReconciliationRun) -> Any:
        return row.totals
