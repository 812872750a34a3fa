"""What other systems may be told of bank accounts (backend.webhooks.events): no line, no name."""

from django.utils.translation import gettext_lazy as _

from backend.treasury.models import BankStatement, PaymentOrder
from backend.webhooks.events import Source

SOURCES = (
    Source(
        BankStatement,
        "statement",
        organisation="account__holder",
        names={"account": "account"},
        acts={"statement.imported": _("taken in")},
    ),
    Source(
        PaymentOrder,
        "payment_order",
        organisation="bank_account__holder",
        names={"account": "bank_account"},
    ),
)
