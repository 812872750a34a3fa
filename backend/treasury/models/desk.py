"""What people do about lines and differences: explain, split, write off, give up; asked, done, undone.

A row says what was meant; what was booked of it are the allocations of its parts.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import User
from backend.core.states import Moves
from backend.ledger.models import Fund
from backend.treasury.models.bank_statement import BankLine
from backend.treasury.models.expectation import Expectation
from backend.treasury.models.reconciliation import Allocation, Discrepancy


class DeskActQuerySet(models.QuerySet["DeskAct"]):
    def visible_to(self, user: User) -> Self:
        of_line = Q(line__account__holder_id=user.organisation_id)
        of_nothing = Q(line=None, expectation__bank_account__holder_id=user.organisation_id)
        return self.filter(of_line | of_nothing)


class DeskAct(models.Model):
    """An act on a line, or on what did not come (`expectation`). Above a limit (`needs_second`) it is
    asked by one person and done by another. Nothing but its state is ever changed."""

    class Kind(models.TextChoices):
        EXPLAIN = "explain", _("explained by hand")
        SPLIT = "split", _("split")
        WRITE_OFF = "write_off", _("written off")
        GIVE_UP = "give_up", _("given up")

    class State(models.TextChoices):
        ASKED = "asked", _("waits for another person")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused by another person")
        UNDONE = "undone", _("undone")

    MOVES: ClassVar[Moves] = {
        "asked": frozenset({"done", "refused"}),
        "done": frozenset({"undone"}),
        "refused": frozenset(),
        "undone": frozenset(),
    }

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    line = models.ForeignKey(BankLine, null=True, on_delete=models.PROTECT, related_name="acts")
    expectation = models.ForeignKey(
        Expectation, null=True, on_delete=models.PROTECT, related_name="acts"
    )
    discrepancy = models.ForeignKey(
        Discrepancy, null=True, on_delete=models.PROTECT, related_name="acts"
    )
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    reason = models.CharField(_("reason"), max_length=300)
    needs_second = models.BooleanField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)

    objects: ClassVar = DeskActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of the desk")
        verbose_name_plural = _("acts of the desk")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="desk_act_is_about_one_thing",
                condition=Q(kind="give_up", line__isnull=True, expectation__isnull=False)
                | ~Q(kind="give_up") & Q(line__isnull=False, expectation__isnull=True),
            ),
            models.CheckConstraint(
                name="desk_act_of_something_with_a_reason",
                condition=Q(amount__gt=0) & ~Q(reason=""),
            ),
            models.UniqueConstraint(
                name="desk_act_one_asked_per_line", fields=["line"], condition=Q(state="asked")
            ),
            models.UniqueConstraint(
                name="desk_act_one_asked_per_expectation",
                fields=["expectation"],
                condition=Q(state="asked"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}, {self.reason}"

    @property
    def organisation_id(self) -> int:
        """In whose books it is; an approval is shown to its people alone."""
        if self.line is not None:
            return self.line.account.holder_id
        assert self.expectation is not None, "an act is about a line or an expectation"
        return self.expectation.bank_account.holder_id


class DeskPart(models.Model):
    """A part of an act: what it met, or whose money it is or what it was spent for; then what was
    booked of it. Of a line's acts alone."""

    act = models.ForeignKey(DeskAct, on_delete=models.PROTECT, related_name="parts")
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    expectation = models.ForeignKey(
        Expectation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    fund = models.ForeignKey(Fund, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40, blank=True)
    payer = models.CharField(max_length=200, blank=True)
    allocation = models.OneToOneField(
        Allocation, null=True, on_delete=models.PROTECT, related_name="desk_part"
    )

    class Meta:
        verbose_name = _("part of an act")
        verbose_name_plural = _("parts of an act")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="desk_part_is_met_or_meant",
                condition=Q(amount__gt=0)
                & (
                    Q(expectation__isnull=False, fund__isnull=True, purpose="", payer="")
                    | Q(expectation__isnull=True, fund__isnull=False, payer="") & ~Q(purpose="")
                    | Q(expectation__isnull=True, fund__isnull=False, purpose="") & ~Q(payer="")
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.act_id}: {self.amount}"
