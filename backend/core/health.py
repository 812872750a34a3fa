"""Is this process alive, and can it do its work? For proxies, containers and people on call.

`/health/` asks nothing of anybody: who does not answer it is started again. `/ready/` asks the
database and the broker: who is not ready gets no visitors. A broker that is away does not make the web
unready, for jobs are rows and wait (see `jobs`); it is told all the same. `/metrics/` gives the figures
of `vitals` to whoever shows METRICS_TOKEN; to all others it is not there.
"""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from backend.core import clock, vitals, wakes

OK, AWAY, BEHIND = "ok", "away", "migrations are missing"


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"process": OK})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 where the database is there with every migration, else 503; and how the broker is."""
    found = {"database": database(), "broker": OK if wakes.is_heard() else AWAY}
    return JsonResponse(found, status=200 if found["database"] == OK else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures for Prometheus."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(shown, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(vitals.exposition(at=clock.now()), content_type=CONTENT_TYPE_LATEST)


def database() -> str:
    """OK, AWAY where it does not answer, or BEHIND where it lacks a migration of this code."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return AWAY
    return BEHIND if is_behind else OK
