"""Reconciliation runs, discrepancies, and the checks of the books."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint
from backend.ledger import checks
from backend.treasury import discrepancies, reconciliation
from backend.treasury.api import shapes
from backend.treasury.models import Discrepancy, ReconciliationRun


class RunSerializer(serializers.Serializer[Any]):
    dry_run = serializers.BooleanField(required=False, default=False)


class ResolveSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=1000)


class ReconciliationRuns(Endpoint):
    """POST looks at everything unexplained; again it finds nothing new, so it needs no key."""

    def permission_for(self, request: Request) -> str:
        return "reconciliation.run" if request.method == "POST" else "line.view"

    def get(self, request: Request) -> Response:
        rows = ReconciliationRun.objects.visible_to(self.person).order_by("-ran_at", "-id")
        return shapes.paged(request, rows, shapes.run)

    @extend_schema(request=RunSerializer)
    def post(self, request: Request) -> Response:
        data = RunSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        run = reconciliation.run(
            by=self.person, at=clock.now(), dry_run=data.validated_data["dry_run"]
        )
        return Response(shapes.run(run), status=201)


class Discrepancies(Endpoint):
    """What waits, oldest first; `?resolved=1` gives what has an end."""

    permission = "discrepancy.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", str, enum=Discrepancy.Kind.values),
            OpenApiParameter("resolved", bool),
        ]
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        is_over = asked.get("resolved", "0").lower() not in ("0", "false", "no")
        rows = Discrepancy.objects.visible_to(self.person).filter(resolved_at__isnull=not is_over)
        if kind := asked.get("kind"):
            rows = rows.filter(kind=kind)
        rows = rows.select_related("bank_account", "expectation").order_by("opened_at", "id")
        return shapes.paged(request, rows, shapes.discrepancy)


class Resolve(Endpoint):
    permission = "discrepancy.resolve"

    @extend_schema(request=ResolveSerializer)
    def post(self, request: Request, pk: int) -> Response:
        data = ResolveSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        mine = Discrepancy.objects.visible_to(self.person).select_related("bank_account", "line")
        ended = discrepancies.resolve(
            discrepancy=get_object_or_404(mine, pk=pk),
            by=self.person,
            at=clock.now(),
            reason=data.validated_data["reason"],
        )
        return Response(shapes.discrepancy(ended))


class BooksChecks(Endpoint):
    """Every invariant of the books, recomputed now."""

    permission = "books.check"

    def get(self, request: Request) -> Response:
        found = checks.run()
        listed = [{"name": one.name, "ok": one.ok, "problems": list(one.problems)} for one in found]
        return Response({"ok": all(one.ok for one in found), "checks": listed})
