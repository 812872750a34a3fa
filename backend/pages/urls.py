"""Addresses of the roof's pages."""

from django.urls import path

from backend.pages import approvals

page_urlpatterns = [
    path("approvals/", approvals.waiting, name="approvals"),
    path("approvals/<int:pk>/approve/", approvals.approve, name="approval-approve"),
    path("approvals/<int:pk>/refuse/", approvals.refuse, name="approval-refuse"),
]
