"""The addresses of campaigns: API, webhook and pages."""

from django.urls import path

from campaigns.api import campaigns, findings, interests, pledges, webhooks

api_urlpatterns = [
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
    path("interests/<str:token>/", interests.InterestByToken.as_view(), name="interest"),
    path(
        "campaigns/<slug:slug>/pledges/",
        pledges.CampaignPledges.as_view(),
        name="campaign-pledges",
    ),
    path(
        "campaigns/<slug:slug>/pledge-needs/",
        pledges.PledgeNeeds.as_view(),
        name="campaign-pledge-needs",
    ),
    path("pledges/", pledges.PledgeList.as_view(), name="pledges"),
    path("pledges/<int:pk>/", pledges.PledgeDetail.as_view(), name="pledge"),
    path("pledges/<int:pk>/revoke/", pledges.Revoke.as_view(), name="pledge-revoke"),
    path(
        "pledges/<int:pk>/card-payments/",
        pledges.CardPayments.as_view(),
        name="pledge-card-payments",
    ),
    path("provider-findings/", findings.FindingList.as_view(), name="provider-findings"),
    path(
        "provider-findings/<int:pk>/resolve/",
        findings.ResolveFinding.as_view(),
        name="provider-finding-resolve",
    ),
]

page_urlpatterns = [
    path("webhooks/stripe/", webhooks.stripe_events, name="stripe-events"),
]
