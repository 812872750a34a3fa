"""Addresses of homes and people: the API below /api/v1/, the pages below /."""

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from backend.core import converters, pages, undoing
from backend.core.api import Endpoint
from backend.core.roles import Role
from properties.api import (
    acquisitions,
    amendments,
    assessments,
    city,
    contests,
    corrections,
    costs,
    deserted,
    glass,
    hardships,
    household_facts,
    households,
    indicators,
    locare,
    omi,
    papers,
    past_purchases,
    people_files,
    plans,
    referrals,
    releases,
    repayments,
    sales,
    snapshots,
    tenancies,
    units,
    voids,
    works,
    years,
)
from properties.pages import amendments as amendment_pages
from properties.pages import arrears as arrears_pages
from properties.pages import city as city_pages
from properties.pages import contests as contest_pages
from properties.pages import corrections as correction_pages
from properties.pages import costs as cost_pages
from properties.pages import deserted as deserted_pages
from properties.pages import glass as glass_pages
from properties.pages import home_files, home_papers
from properties.pages import homes as home_pages
from properties.pages import households as household_pages
from properties.pages import indicators as indicator_pages
from properties.pages import omi as omi_pages
from properties.pages import past_purchases as past_purchase_pages
from properties.pages import people_files as people_file_pages
from properties.pages import purchases as purchase_pages
from properties.pages import referrals as referral_pages
from properties.pages import releases as release_pages
from properties.pages import sales as sale_pages
from properties.pages import snapshots as snapshot_pages
from properties.pages import support as support_pages
from properties.pages import voids as void_pages
from properties.pages import works as works_pages
from properties.pages import years as year_pages

register_converter(converters.Year, "year")

pages.register_home(Role.CASEWORKER, "households", order=30)
pages.register_home(Role.CITY_REVIEWER, "review-desk", order=30)
undoing.register("home.released", "home-release-undo")
undoing.register("cost.written", "cost-drop")
pages.register_nav(_("Homes"), "homes", "unit.view", order=30)
pages.register_nav(_("Empty homes"), "voids", "unit.view", order=31, under="homes")
pages.register_nav(_("Households"), "households", "household.view", order=35)
pages.register_nav(_("Arrears"), "arrears", "tenancy.view", order=36, under="households")
pages.register_nav(_("Referrals"), "referrals", "referral.view", order=37, under="households")
pages.register_nav(_("Emergencies"), "emergency", "identity.view", order=38, under="households")
pages.register_nav(_("Indicators"), "indicators", "indicator.view", order=66, under="review-desk")
pages.register_nav(_("City"), "city", "city.view", order=64)
pages.register_nav(_("Figures"), "review-desk", "snapshot.view", order=65)

ABOUT_A_HOUSEHOLD: dict[str, type[Endpoint]] = {
    "assessments": assessments.Assessments,
    "names": assessments.Names,
    "protection": assessments.Protection,
    "outcomes": household_facts.Outcomes,
    "actions": household_facts.Actions,
    "results": household_facts.Results,
    "milestones": household_facts.Milestones,
    "traits": household_facts.Traits,
    "hardships": hardships.Hardships,
    "special": hardships.OpenSpecial,
    "aids": household_facts.Aids,
    "debts": household_facts.Debts,
    "incomes": household_facts.Incomes,
    "answers": household_facts.Answers,
    "consents": household_facts.Consents,
    "evictions": household_facts.Evictions,
    "close": households.Close,
    "hand-over": households.HandOver,
    "identity": households.OpenIdentity,
}

api_urlpatterns = [
    path("campaigns/<slug:slug>/plan/", plans.CampaignPlan.as_view(), name="campaign-plan"),
    path("units/", units.Units.as_view(), name="units"),
    path("units/files/", units.UnitFiles.as_view(), name="unit-files"),
    path("units/<int:pk>/", units.OneUnit.as_view(), name="unit"),
    path("units/<int:pk>/keys/", papers.UnitKeys.as_view(), name="unit-keys"),
    path(
        "units/<int:pk>/certificates/", papers.UnitCertificates.as_view(), name="unit-certificates"
    ),
    path("units/<int:pk>/documents/", papers.UnitDocuments.as_view(), name="unit-documents"),
    path("units/<int:pk>/corrections/", corrections.UnitCorrections.as_view(), name="corrections"),
    path("units/<int:pk>/market-rent/", omi.UnitMarketRent.as_view(), name="unit-market-rent"),
    path("omi/", omi.Quotations.as_view(), name="omi"),
    path("omi/files/", omi.QuotationFiles.as_view(), name="omi-files"),
    path("units/<int:pk>/release/", releases.UnitRelease.as_view(), name="unit-release"),
    path(
        "units/<int:pk>/release/undo/",
        releases.UnitReleaseTakenBack.as_view(),
        name="unit-release-undo",
    ),
    path("units/<int:pk>/sales/", sales.UnitSales.as_view(), name="unit-sales"),
    path("sales/<int:pk>/close/", sales.CloseSale.as_view(), name="sale-close"),
    path("sales/<int:pk>/cancel/", sales.CancelSale.as_view(), name="sale-cancel"),
    path("works/", works.AllWorks.as_view(), name="all-works"),
    path("works/<int:pk>/", works.OneWorks.as_view(), name="works"),
    path("works/<int:pk>/moves/", works.WorksMoves.as_view(), name="works-moves"),
    path("works/<int:pk>/variations/", works.WorksVariations.as_view(), name="works-variations"),
    path("works/<int:pk>/costs/", works.WorksCosts.as_view(), name="works-costs"),
    path("home-documents/<int:pk>/", papers.DocumentFile.as_view(), name="home-document"),
    path("acquisitions/", acquisitions.Acquisitions.as_view(), name="acquisitions"),
    path("past-purchases/", past_purchases.PastPurchaseLists.as_view(), name="past-purchases"),
    path("acquisitions/recorded/", acquisitions.Recorded.as_view(), name="acquisition-recorded"),
    path("acquisitions/<int:pk>/", acquisitions.OneAcquisition.as_view(), name="acquisition"),
    path("acquisitions/<int:pk>/moves/", acquisitions.Moves.as_view(), name="acquisition-moves"),
    path(
        "acquisitions/<int:pk>/deserted/",
        deserted.DesertedSales.as_view(),
        name="acquisition-deserted",
    ),
    path("acquisitions/<int:pk>/offers/", contests.Envelopes.as_view(), name="acquisition-offers"),
    path(
        "acquisitions/<int:pk>/request-approval/",
        acquisitions.RequestApproval.as_view(),
        name="acquisition-request-approval",
    ),
    path("acquisitions/<int:pk>/costs/", costs.Costs.as_view(), name="acquisition-costs"),
    path(
        "acquisitions/<int:pk>/default/", costs.SettleDefault.as_view(), name="acquisition-default"
    ),
    path("costs/<int:pk>/owe/", costs.OweCost.as_view(), name="cost-owe"),
    path("costs/<int:pk>/drop/", costs.DropCost.as_view(), name="cost-drop"),
    path("households/", households.Households.as_view(), name="households"),
    path("households/files/", people_files.PeopleFiles.as_view(), name="people-files"),
    path("households/<int:pk>/", households.OneHousehold.as_view(), name="household"),
    *(
        path(f"households/<int:pk>/{name}/", view.as_view(), name=f"household-{name}")
        for name, view in ABOUT_A_HOUSEHOLD.items()
    ),
    path("emergency-openings/", glass.GlassBreaks.as_view(), name="emergency-openings"),
    path(
        "emergency-openings/<int:pk>/review/",
        glass.GlassReview.as_view(),
        name="emergency-opening-review",
    ),
    path("aids/<int:pk>/decision/", household_facts.AidDecision.as_view(), name="aid-decision"),
    path(
        "debts/<int:pk>/settlement/", household_facts.Settlement.as_view(), name="debt-settlement"
    ),
    path(
        "consents/<int:pk>/withdrawal/",
        household_facts.Withdrawal.as_view(),
        name="consent-withdrawal",
    ),
    path("consents/<int:pk>/removal/", household_facts.Removal.as_view(), name="consent-removal"),
    path(
        "evictions/<int:pk>/steps/", household_facts.EvictionSteps.as_view(), name="eviction-steps"
    ),
    path("arrears/", repayments.Arrears.as_view(), name="arrears"),
    path("repayment-plans/", repayments.Plans.as_view(), name="repayment-plans"),
    path(
        "repayment-plans/<int:pk>/give-up/",
        repayments.GiveUp.as_view(),
        name="repayment-plan-give-up",
    ),
    path("voids/", voids.Voids.as_view(), name="voids"),
    path("worktray/", indicators.Worktray.as_view(), name="worktray"),
    path("indicators/", indicators.Indicators.as_view(), name="indicators"),
    path("indicators/<slug:code>/members/", indicators.Members.as_view(), name="indicator-members"),
    path("referrals/", referrals.Referrals.as_view(), name="referrals"),
    path("city/", city.City.as_view(), name="city"),
    path("dossiers/", city.Dossiers.as_view(), name="dossiers"),
    path("dossiers/<int:pk>/", city.OneDossier.as_view(), name="dossier"),
    path("dossiers/<int:pk>/pdf/", city.DossierPdf.as_view(), name="dossier-pdf"),
    path(
        "households/<int:pk>/next-step/", households.NextStep.as_view(), name="household-next-step"
    ),
    path("tenancies/", tenancies.Tenancies.as_view(), name="tenancies"),
    path("tenancies/<int:pk>/locare/", locare.TenancyLocare.as_view(), name="tenancy-locare"),
    path("tenancies/<int:pk>/rents/", tenancies.TenancyRents.as_view(), name="tenancy-rents"),
    path("tenancies/<int:pk>/end/", tenancies.End.as_view(), name="tenancy-end"),
    path(
        "tenancies/<int:pk>/amendments/",
        amendments.TenancyAmendments.as_view(),
        name="tenancy-amendments",
    ),
    path(
        "outcomes/<int:pk>/amendments/",
        amendments.OutcomeAmendments.as_view(),
        name="outcome-amendments",
    ),
    path("rent-charges/", tenancies.RentCharges.as_view(), name="rent-charges"),
    path("years/<year:year>/", years.OneYear.as_view(), name="year"),
    path("years/<year:year>/targets/", years.YearTargets.as_view(), name="year-targets"),
    path("years/<year:year>/report/", years.PublishYear.as_view(), name="year-report"),
    path(
        "campaigns/<slug:slug>/year-reports/",
        years.YearReports.as_view(),
        name="campaign-year-reports",
    ),
    path("snapshots/", snapshots.Snapshots.as_view(), name="snapshots"),
    path("snapshots/<int:pk>/", snapshots.OneSnapshot.as_view(), name="snapshot"),
    path("snapshots/<int:pk>/moves/", snapshots.SnapshotMoves.as_view(), name="snapshot-moves"),
]
page_urlpatterns = [
    path("homes/", home_pages.homes, name="homes"),
    path("homes/new/", home_pages.new_home, name="home-new"),
    path("homes/past-purchases/", past_purchase_pages.past_purchases, name="past-purchases"),
    path("homes/dates/", home_pages.dates, name="home-dates"),
    path("homes/file/", home_files.home_file, name="home-file"),
    path("homes/file/empty/", home_files.empty_file, name="home-file-empty"),
    path("homes/<int:pk>/", home_pages.home, name="home-page"),
    path("homes/<int:pk>/correct/", correction_pages.correct, name="home-correct"),
    path("homes/empty/", void_pages.empty_homes, name="voids"),
    path("homes/omi/", omi_pages.quotations, name="omi"),
    path("homes/omi/file/", omi_pages.take_in, name="omi-file"),
    path("homes/<int:pk>/document/", home_papers.add_document, name="home-document-add"),
    path("homes/<int:pk>/certificate/", home_papers.add_certificate, name="home-certificate"),
    path("homes/<int:pk>/key/", home_papers.change_key, name="home-key"),
    path("home-documents/<int:pk>/", home_papers.document, name="home-document"),
    path("homes/<int:pk>/release/", release_pages.release, name="home-release"),
    path("homes/<int:pk>/release/undo/", release_pages.take_back, name="home-release-undo"),
    path("homes/<int:pk>/sale/", sale_pages.agree, name="home-sale"),
    path("sales/<int:pk>/close/", sale_pages.close, name="sale-close"),
    path("sales/<int:pk>/cancel/", sale_pages.cancel, name="sale-cancel"),
    path("homes/<int:pk>/works/", works_pages.begin, name="home-works"),
    path("works/<int:pk>/", works_pages.works, name="works"),
    path("works/<int:pk>/<slug:act>/", works_pages.change, name="works-change"),
    path("homes/<int:pk>/purchase/", purchase_pages.start, name="purchase-start"),
    path("homes/<int:pk>/past-purchase/", purchase_pages.record, name="purchase-record"),
    path("purchases/<int:pk>/ask/", purchase_pages.ask, name="purchase-ask"),
    path("purchases/<int:pk>/move/", purchase_pages.move, name="purchase-move"),
    path("purchases/<int:pk>/envelopes/", contest_pages.open_envelopes, name="purchase-envelopes"),
    path("purchases/<int:pk>/deserted/", deserted_pages.nobody_came, name="purchase-deserted"),
    path("purchases/<int:pk>/cost/", cost_pages.commit, name="purchase-cost"),
    path("purchases/<int:pk>/default/", cost_pages.settle, name="purchase-default"),
    path("costs/<int:pk>/owe/", cost_pages.owe, name="cost-owe"),
    path("costs/<int:pk>/drop/", cost_pages.drop, name="cost-drop"),
    path("households/", household_pages.worklist, name="households"),
    path("households/new/", household_pages.new_household, name="household-new"),
    path("households/file/", people_file_pages.people_file, name="people-file"),
    path("households/file/empty/", people_file_pages.empty_people_file, name="people-file-empty"),
    path("households/emergency/", glass_pages.emergency, name="emergency"),
    path("households/emergency/open/", glass_pages.open_name, name="emergency-open"),
    path("households/emergency/<int:pk>/", glass_pages.review, name="emergency-review"),
    path("households/<int:pk>/", household_pages.household, name="household-page"),
    path("households/<int:pk>/plan/", household_pages.plan, name="household-plan"),
    path("households/<int:pk>/action/", household_pages.act, name="household-action"),
    path("households/<int:pk>/outcome/", household_pages.tell_outcome, name="household-outcome"),
    path("households/<int:pk>/assess/", household_pages.assess, name="household-assess"),
    path("households/<int:pk>/names/", household_pages.complete, name="household-names"),
    path("households/<int:pk>/protect/", household_pages.protect, name="household-protect"),
    path("households/<int:pk>/support/", support_pages.support, name="household-support"),
    path("households/<int:pk>/tell/<slug:kind>/", support_pages.tell, name="household-tell"),
    path("households/<int:pk>/tenancy/", household_pages.begin_tenancy, name="household-tenancy"),
    path("households/<int:pk>/who/", household_pages.identity, name="household-identity"),
    path("tenancies/<int:pk>/locare/", household_pages.agree_on_locare, name="tenancy-locare"),
    path("tenancies/<int:pk>/end/", household_pages.end_tenancy, name="tenancy-end"),
    path("tenancies/<int:pk>/correct/", amendment_pages.amend_lease, name="tenancy-amend"),
    path("outcomes/<int:pk>/correct/", amendment_pages.amend_outcome, name="outcome-amend"),
    path("arrears/", arrears_pages.arrears_desk, name="arrears"),
    path("arrears/charges/", arrears_pages.charge, name="arrears-charge"),
    path("city/", city_pages.city, name="city"),
    path("city/snapshots/<int:pk>/dossier/", city_pages.file, name="dossier-file"),
    path("city/dossiers/<int:pk>/", city_pages.dossier, name="dossier"),
    path("city/dossiers/<int:pk>/pdf/", city_pages.dossier_pdf, name="dossier-pdf"),
    path("referrals/", referral_pages.referrals_of_city, name="referrals"),
    path("indicators/", indicator_pages.indicators_now, name="indicators"),
    path("indicators/<slug:code>/", indicator_pages.members_of, name="indicator-members"),
    path("years/<year:year>/", year_pages.year, name="year"),
    path("years/<year:year>/targets/", year_pages.aim, name="year-targets"),
    path("years/<year:year>/report/", year_pages.report, name="year-report"),
    path("figures/", snapshot_pages.desk, name="review-desk"),
    path("figures/<int:pk>/", snapshot_pages.snapshot, name="review-snapshot"),
    path("figures/<int:pk>/<slug:to>/", snapshot_pages.act, name="review-act"),
]
