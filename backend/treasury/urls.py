"""Addresses of treasury: the API below /api/v1/, the pages below /treasury/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from backend.core import pages, tones, undoing
from backend.core.roles import Role
from backend.treasury.api import balances as api_balances
from backend.treasury.api import bank_lines, bank_statements, reconciliation
from backend.treasury.api import desk as api_desk
from backend.treasury.api import discrepancies as api_discrepancies
from backend.treasury.api import months as api_months
from backend.treasury.api import overrides as api_overrides
from backend.treasury.api import payment_orders as api_orders
from backend.treasury.pages import (
    balances,
    discrepancies,
    lines,
    months,
    overrides,
    overview,
    payment_orders,
    runs,
    splits,
    statements,
    tables,
)

pages.register_nav(_("Money"), "treasury", "line.view", order=40)
pages.register_home(Role.FINANCE, "treasury", order=30)
pages.register_home(Role.AUDITOR, "treasury", order=35)
undoing.register("line.explained", "treasury-undo")
undoing.register("difference.given_up", "treasury-undo")
undoing.register("difference.given", "treasury-give")
tones.register("waiting", "drafted", "ordered")
tones.register("done", "executed")
tones.register("stopped", "dropped", "not_executed")
tones.register("waiting", "short", "over", "duplicate", "unexplained")

api_urlpatterns = [
    path("bank-accounts/", bank_statements.BankAccounts.as_view(), name="bank-accounts"),
    path(
        "bank-accounts/<int:pk>/table-layout/",
        bank_statements.TableLayouts.as_view(),
        name="table-layout",
    ),
    path("bank-statements/", bank_statements.BankStatements.as_view(), name="bank-statements"),
    path(
        "bank-statements/<int:pk>/bridge/",
        api_overrides.BridgeGap.as_view(),
        name="statement-bridge",
    ),
    path("statement-gaps/", api_overrides.StatementGaps.as_view(), name="statement-gaps"),
    path(
        "statement-refusals/", api_overrides.StatementRefusals.as_view(), name="statement-refusals"
    ),
    path(
        "statement-refusals/<int:pk>/accept/",
        api_overrides.AcceptRefused.as_view(),
        name="statement-refusal-accept",
    ),
    path("bank-lines/", bank_lines.BankLines.as_view(), name="bank-lines"),
    path("bank-lines/<int:pk>/", bank_lines.OneBankLine.as_view(), name="bank-line"),
    path("bank-lines/<int:pk>/classify/", api_desk.Classify.as_view(), name="line-classify"),
    path("bank-lines/<int:pk>/accept/", api_desk.Accept.as_view(), name="line-accept"),
    path("bank-lines/<int:pk>/offset/", bank_lines.Offset.as_view(), name="line-offset"),
    path("bank-lines/<int:pk>/returned/", api_orders.Returned.as_view(), name="line-returned"),
    path("payment-orders/", api_orders.PaymentOrders.as_view(), name="payment-orders"),
    path(
        "payment-orders/<int:pk>/transfers/",
        api_orders.OrderTransfers.as_view(),
        name="payment-order-transfers",
    ),
    path(
        "payment-orders/<int:pk>/drop/", api_orders.OrderDrop.as_view(), name="payment-order-drop"
    ),
    path(
        "payment-orders/<int:pk>/file/", api_orders.OrderFile.as_view(), name="payment-order-file"
    ),
    path(
        "payment-orders/<int:pk>/reports/",
        api_orders.OrderReports.as_view(),
        name="payment-order-reports",
    ),
    path(
        "credit-transfers/<int:pk>/give-up/",
        api_orders.GiveUp.as_view(),
        name="credit-transfer-give-up",
    ),
    path("bank-lines/<int:pk>/take-back/", api_desk.TakeBack.as_view(), name="line-take-back"),
    path("bank-lines/<int:pk>/split/", api_desk.Split.as_view(), name="line-split"),
    path("bank-lines/<int:pk>/write-off/", api_desk.WriteOff.as_view(), name="line-write-off"),
    path("desk-acts/<int:pk>/undo/", api_desk.UndoAct.as_view(), name="desk-act-undo"),
    path("reconciliation-runs/", reconciliation.ReconciliationRuns.as_view(), name="runs"),
    path("discrepancies/", api_discrepancies.Discrepancies.as_view(), name="discrepancies"),
    path("discrepancies/<int:pk>/", api_discrepancies.OneDiscrepancy.as_view(), name="discrepancy"),
    path(
        "discrepancies/<int:pk>/owner/",
        api_discrepancies.Owner.as_view(),
        name="discrepancy-owner",
    ),
    path(
        "discrepancies/<int:pk>/notes/",
        api_discrepancies.Notes.as_view(),
        name="discrepancy-notes",
    ),
    path(
        "discrepancies/<int:pk>/resolve/",
        api_discrepancies.Resolve.as_view(),
        name="discrepancy-resolve",
    ),
    path("books/balances/", api_balances.TrialBalance.as_view(), name="books-balances"),
    path("books/accounts/<int:pk>/", api_balances.AccountStatement.as_view(), name="books-account"),
    path("books/exports/", api_balances.BooksExport.as_view(), name="books-exports"),
    path("books/months/", api_months.Months.as_view(), name="books-months"),
    path("books/checks/", reconciliation.BooksChecks.as_view(), name="books-checks"),
]

page_urlpatterns = [
    path("treasury/", overview.treasury, name="treasury"),
    path("treasury/statements/", statements.statement_list, name="treasury-statements"),
    path("treasury/accounts/<int:pk>/table/", tables.table_layout, name="treasury-table"),
    path("treasury/statements/<int:pk>/", statements.statement, name="treasury-statement"),
    path("treasury/statements/<int:pk>/bridge/", overrides.bridge, name="treasury-bridge"),
    path("treasury/refusals/<int:pk>/accept/", overrides.accept, name="treasury-accept-refused"),
    path("treasury/lines/", lines.unexplained, name="treasury-lines"),
    path("treasury/lines/<int:pk>/", lines.line, name="treasury-line"),
    path("treasury/lines/<int:pk>/accept/<int:expectation>/", lines.accept, name="treasury-accept"),
    path("treasury/lines/<int:pk>/offset/<int:against>/", lines.offset, name="treasury-offset"),
    path("treasury/lines/<int:pk>/take-back/", lines.take_back, name="treasury-take-back"),
    path("treasury/lines/<int:pk>/returned/", payment_orders.returned, name="treasury-returned"),
    path("treasury/orders/", payment_orders.order_list, name="treasury-orders"),
    path("treasury/orders/<int:pk>/", payment_orders.order, name="treasury-order"),
    path("treasury/orders/<int:pk>/file/", payment_orders.order_file, name="treasury-order-file"),
    path("treasury/orders/<int:pk>/drop/", payment_orders.drop, name="treasury-order-drop"),
    path("treasury/orders/<int:pk>/report/", payment_orders.report, name="treasury-order-report"),
    path("treasury/transfers/<int:pk>/give-up/", payment_orders.give_up, name="treasury-give-up"),
    path("treasury/differences/", discrepancies.desk, name="treasury-differences"),
    path("treasury/differences/<int:pk>/", discrepancies.item, name="treasury-difference"),
    path("treasury/differences/<int:pk>/owner/", discrepancies.give, name="treasury-give"),
    path("treasury/differences/<int:pk>/note/", discrepancies.note, name="treasury-note"),
    path("treasury/differences/<int:pk>/resolve/", discrepancies.resolve, name="treasury-resolve"),
    path("treasury/lines/<int:pk>/split/", splits.split, name="treasury-split"),
    path("treasury/lines/<int:pk>/write-off/", splits.write_off, name="treasury-write-off"),
    path("treasury/acts/<int:pk>/undo/", splits.undo, name="treasury-undo"),
    path("treasury/runs/", runs.runs, name="treasury-runs"),
    path("treasury/runs/<int:pk>/", runs.run, name="treasury-run"),
    path("treasury/balances/", balances.trial_balance, name="treasury-balances"),
    path("treasury/balances/export/", balances.export, name="treasury-export"),
    path("treasury/balances/<int:pk>/", balances.account, name="treasury-account"),
    path("treasury/months/", months.month_list, name="treasury-months"),
    path("books/", overview.books_check, name="books-check"),
]
