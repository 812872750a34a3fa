"""The addresses of the money that goes back by bank; see `urls`."""

from django.urls import path

from campaigns.api import returns
from campaigns.pages import returns as return_pages

api = [
    path(
        "campaigns/<slug:slug>/refunds/",
        returns.CampaignRefunds.as_view(),
        name="campaign-refunds",
    ),
    path(
        "campaigns/<slug:slug>/refund-orders/",
        returns.RefundOrders.as_view(),
        name="campaign-refund-orders",
    ),
    path("refunds/<int:pk>/again/", returns.RefundAgain.as_view(), name="refund-again"),
    path(
        "pledges/<int:pk>/return-accounts/",
        returns.ReturnAccounts.as_view(),
        name="pledge-return-accounts",
    ),
    path(
        "return-accounts/<int:pk>/check/",
        returns.ReturnAccountCheck.as_view(),
        name="return-account-check",
    ),
    path(
        "return-accounts/<int:pk>/paper/",
        returns.ReturnAccountPaper.as_view(),
        name="return-account-paper",
    ),
]

pages = [
    path(
        "desk/campaigns/<slug:slug>/refunds/",
        return_pages.campaign_returns,
        name="campaign-desk-returns",
    ),
    path(
        "desk/campaigns/<slug:slug>/refunds/order/",
        return_pages.draft,
        name="campaign-desk-refund-order",
    ),
    path("desk/refunds/<int:pk>/again/", return_pages.again, name="refund-again"),
    path(
        "desk/return-accounts/<int:pk>/check/",
        return_pages.check_account,
        name="return-account-check",
    ),
    path(
        "desk/return-accounts/<int:pk>/paper/",
        return_pages.account_paper,
        name="return-account-paper",
    ),
    path("pledges/<int:pk>/account/", return_pages.tell_account, name="pledge-return-account"),
]
