"""The addresses of what an offer says of itself and of what changes while it runs; see `urls`."""

from django.urls import URLPattern, path

from campaigns.api import changes, interests, presentation, sheets
from campaigns.pages import campaigns as campaign_pages
from campaigns.pages import desk, desk_page, desk_sheet
from campaigns.pages import interests as interest_pages
from campaigns.pages import sheets as sheet_pages

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
    path(
        "campaigns/<slug:slug>/documents/",
        presentation.Documents.as_view(),
        name="campaign-documents",
    ),
    path("campaigns/<slug:slug>/story/", presentation.Story.as_view(), name="campaign-story"),
    path("campaigns/<slug:slug>/team/", presentation.Team.as_view(), name="campaign-team"),
    path("campaigns/<slug:slug>/updates/", presentation.Updates.as_view(), name="campaign-updates"),
    path(
        "campaigns/<slug:slug>/questions/",
        presentation.Questions.as_view(),
        name="campaign-questions",
    ),
    path(
        "campaigns/<slug:slug>/questions/all/",
        presentation.QuestionDesk.as_view(),
        name="campaign-question-desk",
    ),
    path(
        "campaigns/<slug:slug>/questions/<int:pk>/answer/",
        presentation.AnswerQuestion.as_view(),
        name="campaign-question-answer",
    ),
    path(
        "campaigns/<slug:slug>/questions/<int:pk>/decline/",
        presentation.DeclineQuestion.as_view(),
        name="campaign-question-decline",
    ),
    path(
        "campaigns/<slug:slug>/extensions/",
        changes.Extensions.as_view(),
        name="campaign-extensions",
    ),
    path("campaigns/<slug:slug>/filings/", changes.Filings.as_view(), name="campaign-filings"),
    path(
        "campaigns/<slug:slug>/translations/",
        changes.Translations.as_view(),
        name="campaign-translations",
    ),
    path(
        "campaigns/<slug:slug>/translations/<int:pk>/deliver/",
        changes.DeliverTranslation.as_view(),
        name="campaign-translation-deliver",
    ),
    path(
        "campaigns/<slug:slug>/translations/<int:pk>/advise/",
        changes.AdviseAgainst.as_view(),
        name="campaign-translation-advise",
    ),
    path(
        "translations/<str:token>/",
        changes.ProveTranslation.as_view(),
        name="translation-prove",
    ),
]
pages: list[URLPattern] = [
    path("campaigns/<slug:slug>/sheet/", sheet_pages.sheet, name="campaign-sheet"),
    path(
        "campaigns/<slug:slug>/sheet/<int:number>/",
        sheet_pages.version,
        name="campaign-sheet-version",
    ),
    path(
        "campaigns/<slug:slug>/sheet/<int:number>/<slug:language>.pdf",
        sheet_pages.paper,
        name="campaign-sheet-paper",
    ),
    path(
        "campaigns/<slug:slug>/documents/<int:pk>/",
        sheet_pages.document,
        name="campaign-document",
    ),
    path(
        "campaigns/<slug:slug>/translations/",
        sheet_pages.ask_translation,
        name="campaign-ask-translation",
    ),
    path("translations/<str:token>/", sheet_pages.prove_translation, name="translation-prove"),
    path("campaigns/<slug:slug>/questions/", campaign_pages.ask, name="campaign-ask"),
    path("interests/<str:token>/confirm/", interest_pages.confirm, name="interest-confirm"),
    path("desk/campaigns/<slug:slug>/sheet/", desk_sheet.write, name="campaign-desk-sheet"),
    path("desk/campaigns/<slug:slug>/sheet/act/", desk_sheet.act, name="campaign-desk-sheet-act"),
    path("desk/campaigns/<slug:slug>/extend/", desk.extend, name="campaign-desk-extend"),
    path("desk/campaigns/<slug:slug>/page/", desk_page.page, name="campaign-desk-page"),
    path("desk/campaigns/<slug:slug>/news/", desk_page.publish_news, name="campaign-desk-news"),
    path("desk/campaigns/<slug:slug>/documents/", desk_page.upload, name="campaign-desk-document"),
    path("desk/campaigns/<slug:slug>/story/", desk_page.tell_story, name="campaign-desk-story"),
    path("desk/campaigns/<slug:slug>/team/", desk_page.gather_team, name="campaign-desk-team"),
    path(
        "desk/campaigns/<slug:slug>/questions/<int:pk>/",
        desk_page.settle_question,
        name="campaign-desk-question",
    ),
    path(
        "desk/campaigns/<slug:slug>/translations/<int:pk>/",
        desk_page.settle_translation,
        name="campaign-desk-translation",
    ),
    path(
        "desk/campaigns/<slug:slug>/filings/",
        desk_page.file_with_authority,
        name="campaign-desk-filings",
    ),
]
