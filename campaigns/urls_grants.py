"""The addresses of grants, invoices, running costs and own money; see `urls`."""

from django.urls import path

from backend.core import undoing
from campaigns.api import grant_changes, grants, running_costs
from campaigns.pages import grant_changes as change_pages
from campaigns.pages import grants as grant_pages

undoing.register("running_cost.charged", "running-cost-cancel")

api = [
    path("grants/", grants.GrantList.as_view(), name="grants"),
    path("grants/<int:pk>/", grants.GrantDetail.as_view(), name="grant"),
    path("grants/<int:pk>/statement/", grants.GrantStatement.as_view(), name="grant-statement"),
    path(
        "grants/<int:pk>/extensions/",
        grant_changes.GrantExtensions.as_view(),
        name="grant-extensions",
    ),
    path(
        "grants/<int:pk>/repayments/",
        grant_changes.GrantRepayments.as_view(),
        name="grant-repayments",
    ),
    path("invoices/", running_costs.Invoices.as_view(), name="invoices"),
    path("invoices/<int:pk>/paper/", running_costs.InvoicePaper.as_view(), name="invoice-paper"),
    path("running-costs/", running_costs.RunningCosts.as_view(), name="running-costs"),
    path("running-costs/orders/", running_costs.CostOrders.as_view(), name="running-cost-orders"),
    path(
        "running-costs/<int:pk>/cancel/",
        running_costs.RunningCostCancel.as_view(),
        name="running-cost-cancel",
    ),
    path("own-money/", running_costs.OwnMoney.as_view(), name="own-money"),
]

pages = [
    path("desk/grants/", grant_pages.grant_list, name="grants"),
    path("desk/grants/<int:pk>/", grant_pages.grant, name="grant-desk"),
    path("desk/grants/<int:pk>/extension/", change_pages.extend, name="grant-extend"),
    path("desk/grants/<int:pk>/repayment/", change_pages.repay, name="grant-repay"),
    path(
        "desk/grants/<int:pk>/statement/<slug:form>/",
        grant_pages.statement,
        name="grant-statement",
    ),
    path("desk/invoices/", grant_pages.invoice_list, name="invoices"),
    path("desk/invoices/<int:pk>/paper/", grant_pages.invoice_paper, name="invoice-paper"),
    path("desk/own-money/", grant_pages.own, name="own-money"),
    path("desk/running-costs/order/", grant_pages.order, name="running-costs-order"),
    path("desk/running-costs/<int:pk>/cancel/", grant_pages.cancel, name="running-cost-cancel"),
]
