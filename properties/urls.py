"""Addresses of homes and people: the API below /api/v1/, the pages below /."""

from django.urls import path

from properties.api import acquisitions, households, snapshots, tenancies, units

api_urlpatterns = [
    path("units/", units.Units.as_view(), name="units"),
    path("units/<int:pk>/", units.OneUnit.as_view(), name="unit"),
    path("acquisitions/", acquisitions.Acquisitions.as_view(), name="acquisitions"),
    path("acquisitions/recorded/", acquisitions.Recorded.as_view(), name="acquisition-recorded"),
    path("acquisitions/<int:pk>/", acquisitions.OneAcquisition.as_view(), name="acquisition"),
    path("acquisitions/<int:pk>/moves/", acquisitions.Moves.as_view(), name="acquisition-moves"),
    path(
        "acquisitions/<int:pk>/request-approval/",
        acquisitions.RequestApproval.as_view(),
        name="acquisition-request-approval",
    ),
    path("acquisitions/<int:pk>/costs/", acquisitions.Costs.as_view(), name="acquisition-costs"),
    path("households/", households.Households.as_view(), name="households"),
    path("households/<int:pk>/", households.OneHousehold.as_view(), name="household"),
    path("households/<int:pk>/outcomes/", households.Outcomes.as_view(), name="household-outcomes"),
    path("households/<int:pk>/actions/", households.Actions.as_view(), name="household-actions"),
    path("tenancies/", tenancies.Tenancies.as_view(), name="tenancies"),
    path("tenancies/<int:pk>/end/", tenancies.End.as_view(), name="tenancy-end"),
    path("rent-charges/", tenancies.RentCharges.as_view(), name="rent-charges"),
    path("snapshots/", snapshots.Snapshots.as_view(), name="snapshots"),
    path("snapshots/<int:pk>/", snapshots.OneSnapshot.as_view(), name="snapshot"),
    path("snapshots/<int:pk>/moves/", snapshots.SnapshotMoves.as_view(), name="snapshot-moves"),
]
page_urlpatterns: list[object] = []
