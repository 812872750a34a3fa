"""Reconciliation runs, and the checks of the books."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, Input, each
from backend.ledger import checks
from backend.treasury import reconciliation
from backend.treasury.api.shapes import RunSerializer
from backend.treasury.models import ReconciliationRun


class RunInput(Input):
    dry_run = serializers.BooleanField(required=False, default=False)


class CheckSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    ok = serializers.BooleanField()
    problems = serializers.ListField(child=serializers.CharField())


class ChecksSerializer(serializers.Serializer[Any]):
    ok = serializers.BooleanField()
    checks = CheckSerializer(many=True)


class ReconciliationRuns(Endpoint):
    def permission_for(self, request: Request) -> str:
        return "reconciliation.run" if request.method == "POST" else "line.view"

    @extend_schema(responses=RunSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The runs over the accounts of one's organisation, newest first."""
        rows = ReconciliationRun.objects.visible_to(self.person).order_by("-ran_at", "-id")
        return self.paged(rows, each(RunSerializer))

    @extend_schema(request=RunInput, responses={201: RunSerializer})
    def post(self, request: Request) -> Response:
        """Look at everything unexplained, and book what is certain.

        Safe to repeat without a key: again it finds nothing new.
        """
        dry_run = self.read(RunInput)["dry_run"]
        run = reconciliation.ask(by=self.person, at=clock.now(), dry_run=dry_run)
        return Response(RunSerializer(run).data, status=201)


class BooksChecks(Endpoint):
    permission = "books.check"

    @extend_schema(responses=ChecksSerializer)
    def get(self, request: Request) -> Response:
        """Every invariant of the books by name, recomputed now."""
        found = checks.run()
        told = ChecksSerializer({"ok": all(one.ok for one in found), "checks": found})
        return Response(told.data)
