"""Back office of treasury: everything can be read; only rules write."""

from django.contrib import admin

from backend.core.admin import Personal, ReadOnly
from backend.treasury import models

admin.site.register(
    [
        models.Allocation,
        models.BankAccount,
        models.BankStatement,
        models.Discrepancy,
        models.Expectation,
        models.ReconciliationRun,
        models.StatementRefusal,
    ],
    ReadOnly,
)
admin.site.register(models.BankLine, Personal)
