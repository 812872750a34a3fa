"""Time in the books: how far an organisation's are closed, its months, and what moved on a day.

All three are written as the triggers of migration 0005 allow: `Books` and `DayTotal` by triggers
alone, a `Month` once.
"""

import calendar
import datetime as dt
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation, User
from backend.ledger.models.entries import Account, Fund


class Books(models.Model):
    """The books of an organisation. Writers share this row, who closes a month holds it alone."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.PROTECT, related_name="books"
    )
    closed_until = models.DateField(null=True)

    class Meta:
        verbose_name = _("books")
        verbose_name_plural = _("books")

    def __str__(self) -> str:
        return str(self.organisation)


class MonthQuerySet(models.QuerySet["Month"]):
    def visible_to(self, user: User) -> Self:
        """The months of the person's organisation."""
        return self.filter(organisation_id=user.organisation_id)


class Month(models.Model):
    """A month of an organisation's books, from when its close is asked for. `digest` is over all
    that stood in it when it was closed; the first month closed holds what came before it, too."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="months")
    first_day = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by_label = models.CharField(max_length=200, blank=True)
    transfers = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar = MonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("month of the books")
        verbose_name_plural = _("months of the books")
        constraints: ClassVar = [
            models.UniqueConstraint(name="month_once", fields=["organisation", "first_day"]),
            models.CheckConstraint(name="month_starts_on_the_first", condition=Q(first_day__day=1)),
            models.CheckConstraint(
                name="month_close_has_who_and_what",
                condition=Q(closed_at__isnull=True, closed_by_label="", digest="")
                | Q(closed_at__isnull=False) & ~Q(closed_by_label="") & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{formats.date_format(self.first_day, 'YEAR_MONTH_FORMAT')}, {self.organisation}"

    @property
    def last_day(self) -> dt.date:
        days = calendar.monthrange(self.first_day.year, self.first_day.month)[1]
        return self.first_day.replace(day=days)


class DayTotal(models.Model):
    """What came into and left an account on a day; of a fund's payers, what they moved together."""

    account = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="days", db_index=False
    )
    fund = models.ForeignKey(Fund, null=True, on_delete=models.PROTECT, related_name="payer_days")
    currency = models.CharField(max_length=3)
    on = models.DateField()
    came = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal("0.00"))
    gone = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal("0.00"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="day_total_once",
                fields=["account", "fund", "currency", "on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="day_total_of_one",
                condition=Q(account__isnull=True, fund__isnull=False)
                | Q(account__isnull=False, fund__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id or self.fund_id} {self.on}: {self.came} - {self.gone}"
