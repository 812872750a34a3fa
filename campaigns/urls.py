"""The addresses of campaigns: API, webhook and pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from backend.core import pages, undoing
from campaigns import (
    urls_grants,
    urls_members,
    urls_offers,
    urls_programmes,
    urls_provider,
    urls_returns,
)
from campaigns.api import (
    campaigns,
    interests,
    platform_orders,
    pledge_acts,
    pledges,
    regulator_files,
    rules,
    webhooks,
)
from campaigns.pages import campaigns as campaign_pages
from campaigns.pages import desk, desk_edit, desk_orders, desk_people, paying, pledging, sources
from campaigns.pages import interests as interest_pages
from campaigns.pages import pledges as pledge_pages
from campaigns.pages import regulator_files as regulator_pages
from campaigns.pages import rules as rule_pages

undoing.register("interest.amended", "interest")
undoing.register("interest.withdrawn", "interest-take-up")
pages.register_nav(_("Campaigns"), "campaigns", None, order=5, under="campaign-desks")
pages.register_nav(_("My campaigns"), "campaign-desks", "campaign.view", order=20)
pages.register_nav(_("Grants"), "grants", "grant.view", order=42, under="treasury")
pages.register_nav(_("Own money"), "own-money", "grant.view", order=44, under="treasury")
pages.register_nav(
    _("Files for the authorities"),
    "regulator-files",
    "regulator.file",
    order=75,
    under="campaign-desks",
)
pages.register_front(
    pages.FrontSection("campaigns/front_section.html", campaign_pages.front, order=10)
)

# Apart, because the site looks at these first: providers tell a lot, and addresses are tried in turn.
webhook_urlpatterns = [path("webhooks/stripe/", webhooks.stripe_events, name="stripe-events")]

api_urlpatterns = [
    *urls_offers.api,
    path("campaigns/", campaigns.CampaignList.as_view(), name="campaigns"),
    path("campaigns/<slug:slug>/", campaigns.CampaignDetail.as_view(), name="campaign"),
    path(
        "campaigns/<slug:slug>/checklist/",
        campaigns.Checklist.as_view(),
        name="campaign-checklist",
    ),
    path("campaigns/<slug:slug>/moves/", campaigns.Moves.as_view(), name="campaign-moves"),
    path("campaigns/<slug:slug>/close/", campaigns.Close.as_view(), name="campaign-close"),
    path("campaigns/<slug:slug>/release/", campaigns.Release.as_view(), name="campaign-release"),
    path(
        "campaigns/<slug:slug>/fee-top-up/",
        campaigns.FeeTopUp.as_view(),
        name="campaign-fee-top-up",
    ),
    path(
        "campaigns/<slug:slug>/interests/",
        interests.CampaignInterests.as_view(),
        name="campaign-interests",
    ),
    path("campaigns/<slug:slug>/rules/", rules.CampaignRules.as_view(), name="campaign-rules"),
    path(
        "campaigns/<slug:slug>/offers-elsewhere/",
        rules.OffersElsewhere.as_view(),
        name="campaign-elsewhere",
    ),
    path(
        "interests/<str:token>/take-up/",
        interests.TakeUpInterest.as_view(),
        name="interest-take-up",
    ),
    path("interests/<str:token>/claim/", interests.ClaimInterest.as_view(), name="interest-claim"),
    path("interests/<str:token>/", interests.InterestByToken.as_view(), name="interest"),
    path(
        "campaigns/<slug:slug>/pledges/",
        pledges.CampaignPledges.as_view(),
        name="campaign-pledges",
    ),
    path(
        "campaigns/<slug:slug>/begun-pledges/",
        pledge_acts.Begin.as_view(),
        name="campaign-begun-pledges",
    ),
    path(
        "campaigns/<slug:slug>/pledge-needs/",
        pledges.PledgeNeeds.as_view(),
        name="campaign-pledge-needs",
    ),
    path(
        "campaigns/<slug:slug>/order-mapping/",
        platform_orders.OrderMappings.as_view(),
        name="campaign-order-mapping",
    ),
    path(
        "campaigns/<slug:slug>/order-files/",
        platform_orders.OrderFiles.as_view(),
        name="campaign-order-files",
    ),
    path(
        "campaigns/<slug:slug>/platform-orders/",
        platform_orders.PlatformOrders.as_view(),
        name="campaign-platform-orders",
    ),
    path("pledges/", pledges.PledgeList.as_view(), name="pledges"),
    path("pledges/<int:pk>/", pledges.PledgeDetail.as_view(), name="pledge"),
    path("pledges/<int:pk>/give-up/", pledge_acts.GiveUp.as_view(), name="pledge-give-up"),
    path("pledges/<int:pk>/revoke/", pledge_acts.Revoke.as_view(), name="pledge-revoke"),
    path("pledges/<int:pk>/confirm/", pledge_acts.Confirm.as_view(), name="pledge-confirm"),
    path("pledges/<int:pk>/refuse/", pledge_acts.Refuse.as_view(), name="pledge-refuse"),
    path("pledges/<int:pk>/amend/", pledge_acts.Amend.as_view(), name="pledge-amend"),
    path(
        "pledges/<int:pk>/provider-payments/",
        pledges.ProviderPayments.as_view(),
        name="pledge-provider-payments",
    ),
    path(
        "regulator-files/<int:year>/",
        regulator_files.RegulatorFiles.as_view(),
        name="regulator-files",
    ),
    path(
        "regulator-files/<int:year>/<slug:kind>/",
        regulator_files.RegulatorFile.as_view(),
        name="regulator-file",
    ),
    path(
        "regulator-files/made/",
        regulator_files.MadeRegulatorFiles.as_view(),
        name="made-regulator-files",
    ),
    path(
        "regulator-files/made/<int:pk>/",
        regulator_files.MadeRegulatorFile.as_view(),
        name="made-regulator-file",
    ),
    *urls_members.api,
    *urls_returns.api,
    *urls_provider.api,
    *urls_grants.api,
    *urls_programmes.api,
]

page_urlpatterns = [
    *urls_offers.pages,
    *urls_members.pages,
    *urls_returns.pages,
    *urls_provider.pages,
    *urls_grants.pages,
    *urls_programmes.pages,
    path("campaigns/", campaign_pages.campaign_list, name="campaigns"),
    path("campaigns/<slug:slug>/", campaign_pages.campaign, name="campaign"),
    path("campaigns/<slug:slug>/progress/", campaign_pages.progress, name="campaign-progress"),
    path("campaigns/<slug:slug>/rules/", rule_pages.of_campaign, name="campaign-rules"),
    path("campaigns/<slug:slug>/pledge/", pledging.new_pledge, name="pledge-new"),
    path("interests/<str:token>/", interest_pages.interest, name="interest"),
    path("interests/<str:token>/claim/", interest_pages.claim, name="interest-claim"),
    path("interests/<str:token>/withdraw/", interest_pages.withdraw, name="interest-withdraw"),
    path("interests/<str:token>/take-up/", interest_pages.take_up, name="interest-take-up"),
    path("pledges/<int:pk>/", pledge_pages.pledge, name="pledge"),
    path("pledges/<int:pk>/revoke/", pledge_pages.revoke, name="pledge-revoke"),
    path("pledges/<int:pk>/confirm/", pledge_pages.confirm, name="pledge-confirm"),
    path("pledges/<int:pk>/amend/", pledge_pages.amend, name="pledge-amend"),
    path("pledges/<int:pk>/pay/", paying.pay, name="pledge-pay"),
    path("pledges/<int:pk>/paid/", paying.paid, name="pledge-paid"),
    path("sources/", sources.sources_page, name="sources"),
    path("desk/campaigns/", desk.campaigns, name="campaign-desks"),
    path("desk/campaigns/new/", desk_edit.new, name="campaign-desk-new"),
    path("desk/campaigns/<slug:slug>/", desk.campaign, name="campaign-desk"),
    path("desk/campaigns/<slug:slug>/edit/", desk_edit.edit, name="campaign-desk-edit"),
    path("desk/campaigns/<slug:slug>/pledges/", desk_people.pledges, name="campaign-desk-pledges"),
    path(
        "desk/campaigns/<slug:slug>/orders/",
        desk_orders.platform_orders_page,
        name="campaign-desk-orders",
    ),
    path(
        "desk/campaigns/<slug:slug>/interests/",
        desk_people.interests,
        name="campaign-desk-interests",
    ),
    path("desk/campaigns/<slug:slug>/elsewhere/", rule_pages.elsewhere, name="campaign-elsewhere"),
    path("desk/campaigns/<slug:slug>/move/", desk.move, name="campaign-desk-move"),
    path("desk/campaigns/<slug:slug>/release/", desk.release, name="campaign-desk-release"),
    path("desk/campaigns/<slug:slug>/fee-top-up/", desk.top_up, name="campaign-desk-top-up"),
    path("desk/regulator/", regulator_pages.regulator_file_list, name="regulator-files"),
    path(
        "desk/regulator/<int:year>/",
        regulator_pages.regulator_file_list,
        name="regulator-files-of",
    ),
    path(
        "desk/regulator/<int:year>/<slug:kind>/",
        regulator_pages.regulator_file,
        name="regulator-file",
    ),
    path(
        "desk/regulator/made/<int:pk>/",
        regulator_pages.made_regulator_file,
        name="made-regulator-file",
    ),
]
