"""Django's admin for what has no page of its own; what is frozen or follows rules is read only."""

from django.contrib import admin

from backend.core.admin import Audited, Personal, ReadOnly
from properties import models


@admin.register(models.Unit)
class UnitAdmin(ReadOnly):
    list_display = ("code", "organisation", "source", "occupancy", "ownership")
    list_filter = ("source", "occupancy", "ownership")
    search_fields = ("code",)


@admin.register(models.Acquisition)
class AcquisitionAdmin(ReadOnly):
    list_display = ("unit", "route", "state", "title_on", "is_recorded_afterwards")
    list_filter = ("route", "state")


@admin.register(models.CostLine)
class CostLineAdmin(ReadOnly):
    list_display = ("acquisition", "kind", "amount", "fund", "due_on")
    list_filter = ("kind",)


@admin.register(models.Tenancy)
class TenancyAdmin(ReadOnly):
    list_display = ("contract_no", "unit", "track", "rent", "starts_on", "ends_on")
    list_filter = ("track", "kind")


@admin.register(models.Snapshot)
class SnapshotAdmin(ReadOnly):
    list_display = ("organisation", "as_of", "version", "state", "accepted_at", "published_at")
    list_filter = ("state",)
    exclude = ("data",)


@admin.register(models.PrivacyRecord)
class PrivacyRecordAdmin(Audited):
    """The processing register and the impact assessment (P26): written here, by who keeps them."""

    list_display = ("title", "kind", "organisation", "reviewed_on")
    list_filter = ("kind",)


@admin.register(models.NightlyRun)
class NightlyRunAdmin(ReadOnly):
    list_display = ("on", "kind", "counts")
    list_filter = ("kind",)


@admin.register(models.GlassBreak)
class GlassBreakAdmin(ReadOnly):
    list_display = ("at", "by", "finding", "reviewed_by", "reviewed_at")
    list_filter = ("finding",)


@admin.register(models.HomeDocument)
class HomeDocumentAdmin(ReadOnly):
    list_display = ("unit", "kind", "title", "expires_on", "sha256")
    list_filter = ("kind",)
    exclude = ("content",)


for model in (
    models.AuctionOffer,
    models.Building,
    models.CadastralKey,
    models.EnergyCertificate,
    models.LocareTerms,
    models.OmiQuotation,
    models.Works,
    models.WorksVariation,
    models.RentCharge,
    models.ReviewNote,
    models.Dossier,
):
    admin.site.register(model, ReadOnly)

# It names who buys.
admin.site.register(models.Sale, Personal)
