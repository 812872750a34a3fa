"""What a bank reported of a payment order: the file as it came, and the status of each transfer.

Both append-only. A report moves no money: what was executed, the statement shows.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.treasury.models.payment_order import CreditTransfer, PaymentOrder


class OrderReport(models.Model):
    """A status report (pain.002) of an order; `status` is ISO's code for all of it, or empty."""

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="reports")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    status = models.CharField(_("status"), max_length=4, blank=True)
    received_at = models.DateTimeField(_("received"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("report of a payment order")
        verbose_name_plural = _("reports of payment orders")
        constraints: ClassVar = [
            models.UniqueConstraint(name="order_report_once", fields=["order", "sha256"])
        ]

    def __str__(self) -> str:
        return f"{self.order.message_id}: {self.status}"

    @property
    def organisation_id(self) -> int:
        """Whose people decide on it."""
        return self.order.organisation_id


class ReportedTransfer(models.Model):
    """What one report says of one transfer, with the bank's reason code (AC04, MD07 …) and words."""

    report = models.ForeignKey(OrderReport, on_delete=models.PROTECT, related_name="transfers")
    transfer = models.ForeignKey(CreditTransfer, on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(_("status"), max_length=4)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    words = models.CharField(_("in words"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reported transfer")
        verbose_name_plural = _("reported transfers")
        constraints: ClassVar = [
            models.UniqueConstraint(name="reported_transfer_once", fields=["report", "transfer"])
        ]

    def __str__(self) -> str:
        return f"{self.transfer}: {self.status}"
