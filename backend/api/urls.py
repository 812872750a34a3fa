"""Addresses of the roof's endpoints, below /api/v1/."""

from django.urls import path

from backend.api.approvals import ApprovalDecision, ApprovalList, ApprovalRefusal

api_urlpatterns = [
    path("approvals/", ApprovalList.as_view(), name="approvals"),
    path("approvals/<int:pk>/approve/", ApprovalDecision.as_view(), name="approve"),
    path("approvals/<int:pk>/refuse/", ApprovalRefusal.as_view(), name="refuse"),
]
