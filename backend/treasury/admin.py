"""Back office of treasury: everything can be read; only rules write."""

from django.contrib import admin

from backend.core.admin import ReadOnly
from backend.treasury import models

admin.site.register(
    [
        models.Allocation,
        models.BankAccount,
        models.BankLine,
        models.BankStatement,
        models.Discrepancy,
        models.Expectation,
        models.ReconciliationRun,
        models.StatementRefusal,
    ],
    ReadOnly,
)
