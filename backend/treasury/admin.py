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
        models.ReconciliationRun,
        models.StatementRefusal,
    ],
    ReadOnly,
)
# They name who paid, or is to be paid.
admin.site.register([models.BankLine, models.Expectation], Personal)
