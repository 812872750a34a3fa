"""A row of every kind that an address names, all of one issuer and its people: what a stranger asks for.

The rules make what tests/house/test_bodies.py builds. Of every other kind one row is written as its
table will have it, with the triggers at rest: it need not tell a story, only belong to somebody.
"""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from djmoney.models.fields import CurrencyField, MoneyField
from djmoney.money import Money

from backend.accounts.models import ApiToken, Deputy, LoginSession
from backend.core.models import Organisation, User
from backend.core.money import euro
from backend.treasury.models import (
    BankLine,
    DeskAct,
    ReconciliationRun,
    StatementFile,
    StatementRefusal,
)
from backend.webhooks.models import Delivery, Webhook
from campaigns.models import (
    Call,
    Campaign,
    Movement,
    OutputFigure,
    PayoutItem,
    Pledge,
    Programme,
    Project,
    ProviderFinding,
    RegulatorFile,
    TranslationRequest,
)
from investors.models import Investor
from properties.models import Consent, Dossier, GlassBreak
from tests.cast import Cast

Model = type[models.Model]
AT = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
NEVER = dt.datetime(2199, 1, 1, tzinfo=dt.UTC)
# By kind of field, the special before the general.
PLAIN: tuple[tuple[Any, Any], ...] = (
    (MoneyField, Money(1, "EUR")),
    (models.BooleanField, False),
    (models.DateTimeField, AT),
    (models.DateField, AT.date()),
    (models.DecimalField, Decimal(1)),
    (models.JSONField, {}),
    (models.BinaryField, b"%PDF-"),
    (models.UUIDField, uuid.UUID(int=7)),
    (ArrayField, ["x"]),
    (models.IntegerField, 1),
    (models.FloatField, 1.0),
    (models.CharField, "x"),
    (models.TextField, "x"),
    (models.FileField, "x.pdf"),
)


class Rows:
    """The rows of one issuer, each found or written when it is first asked for."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.known: dict[Model, models.Model] = {
            Organisation: cast.issuer,
            User: cast.owner,
            Investor: Investor.objects.acted_for_by(cast.investor).get(),
        }

    def fill(self) -> None:
        """Write what a plain value would not do for."""
        cast, later = self.cast, AT + dt.timedelta(days=30)
        self.one(Deputy, principal=cast.owner, deputy=cast.colleague)
        self.one(ApiToken, user=cast.investor, expires_at=later)
        self.one(LoginSession, user=cast.investor, session_key="theirs", expire_date=NEVER)
        self.one(Webhook, organisation=cast.issuer)
        self.one(Delivery, next_try_at=AT)
        self.one(DeskAct, line=self.one(BankLine))
        self.one(Consent, ends_on=later.date())
        said: dict[str, Any] = {"finding": "justified", "reviewed_at": AT, "note": "x"}
        self.one(GlassBreak, by=cast.caseworker, reviewed_by=cast.auditor, **said)
        self.one(ReconciliationRun, holder=cast.issuer)
        self.one(StatementRefusal, file=self.one(StatementFile, organisation=cast.issuer))
        self.one(ProviderFinding, pledge=self.one(Pledge))
        self.one(
            PayoutItem, campaign=self.one(Campaign), movement=self.one(Movement, net=euro("0.00"))
        )
        self.one(TranslationRequest, campaign=self.one(Campaign), proven_at=AT)
        self.one(RegulatorFile, about=cast.issuer)
        self.one(Programme, organisation=cast.city)
        self.one(Call, programme=self.one(Programme))
        self.one(Project, call=self.one(Call))
        self.one(OutputFigure, project=self.one(Project))
        self.one(Dossier, city=cast.city)

    def one(self, model: Model, **told: Any) -> models.Model:
        """The row of a model."""
        if model not in self.known:
            last = None if told else model._base_manager.last()
            self.known[model] = last or self._write(model, told)
        return self.known[model]

    def _write(self, model: Model, told: dict[str, Any]) -> models.Model:
        fields = [f for f in model._meta.concrete_fields if f.name not in told and self._needs(f)]
        row = model(**{f.name: self._value(f) for f in fields}, **told)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            models.Model.save_base(row, raw=True, force_insert=True)
        return row

    def _needs(self, field: Any) -> bool:
        may_be_empty = field.null or (field.blank and not field.is_relation)
        is_the_tables = field.primary_key or field.generated or isinstance(field, CurrencyField)
        return not (may_be_empty or is_the_tables or field.has_default())

    def _value(self, field: Any) -> Any:
        if field.is_relation:
            return self.one(field.related_model)
        if field.choices:
            return next(value for value, _label in field.flatchoices if value != "")
        return next(value for kind, value in PLAIN if isinstance(field, kind))
