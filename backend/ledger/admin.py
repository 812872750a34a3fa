"""Back office of the ledger: all of it can be read, none of it written."""

from django.contrib import admin

from backend.core.admin import ReadOnly
from backend.ledger.models import (
    Account,
    Balance,
    Books,
    Entry,
    Fund,
    FundPolicy,
    Month,
    Seal,
    Transfer,
)

admin.site.register(
    [Account, Balance, Books, Entry, Fund, FundPolicy, Month, Seal, Transfer], ReadOnly
)
