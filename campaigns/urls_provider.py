"""The addresses of what the payment provider holds, finds and takes back: proofs, payouts, cash, debts."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from backend.core import pages as core_pages
from campaigns.api import debts, findings
from campaigns.api import provider as provider_api
from campaigns.pages import debts as debt_pages
from campaigns.pages import findings as finding_pages
from campaigns.pages import provider as provider_pages

core_pages.register_nav(
    _("Payment provider"), "provider", "provider.view", order=54, under="treasury"
)
core_pages.register_nav(
    _("Card findings"), "provider-findings", "finding.resolve", order=55, under="treasury"
)
core_pages.register_nav(
    _("Debts of investors"), "debts", "provider.view", order=56, under="treasury"
)

api = [
    path("debts/", debts.Debts.as_view(), name="debts"),
    path("provider-findings/", findings.FindingList.as_view(), name="provider-findings"),
    path(
        "provider-findings/<int:pk>/resolve/",
        findings.ResolveFinding.as_view(),
        name="provider-finding-resolve",
    ),
    path("provider-proofs/", provider_api.Proofs.as_view(), name="provider-proofs"),
    path("provider-pulls/", provider_api.Pulls.as_view(), name="provider-pulls"),
    path("provider-payouts/", provider_api.PayoutList.as_view(), name="provider-payouts"),
    path("provider-payouts/<int:pk>/", provider_api.PayoutDetail.as_view(), name="provider-payout"),
    path("provider-cash/", provider_api.WaitingCash.as_view(), name="provider-cash"),
    path(
        "provider-cash/<int:pk>/return/",
        provider_api.ReturnCash.as_view(),
        name="provider-cash-return",
    ),
]

pages = [
    path("desk/debts/", debt_pages.debt_list, name="debts"),
    path("desk/findings/", finding_pages.provider_findings, name="provider-findings"),
    path(
        "desk/findings/<int:pk>/resolve/",
        finding_pages.resolve_finding,
        name="provider-finding-resolve",
    ),
    path("desk/provider/", provider_pages.overview, name="provider"),
    path("desk/provider/prove/", provider_pages.prove, name="provider-prove"),
    path("desk/provider/pull/", provider_pages.pull, name="provider-pull"),
    path("desk/provider/payouts/<int:pk>/", provider_pages.payout, name="provider-payout"),
    path("desk/provider/cash/<int:pk>/return/", provider_pages.return_cash, name="cash-return"),
]
