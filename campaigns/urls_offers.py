"""The addresses of what an offer says of itself and of what changes while it runs; see `urls`."""

from django.urls import URLPattern, path

from campaigns.api import interests, sheets

api = [
    path("campaigns/<slug:slug>/sheet/", sheets.CampaignSheet.as_view(), name="campaign-sheet"),
    path(
        "campaigns/<slug:slug>/sheet/versions/",
        sheets.SheetVersions.as_view(),
        name="campaign-sheet-versions",
    ),
    path(
        "campaigns/<slug:slug>/sheet/draft/",
        sheets.SheetDraft.as_view(),
        name="campaign-sheet-draft",
    ),
    path(
        "campaigns/<slug:slug>/sheet/declaration/",
        sheets.SheetDeclaration.as_view(),
        name="campaign-sheet-declaration",
    ),
    path(
        "campaigns/<slug:slug>/sheet/publication/",
        sheets.SheetPublication.as_view(),
        name="campaign-sheet-publication",
    ),
    path(
        "interests/<str:token>/confirm/", interests.ConfirmTerms.as_view(), name="interest-confirm"
    ),
]
pages: list[URLPattern] = []
