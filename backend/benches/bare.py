"""The least that a webhook can do, as a site of one view: check the signature, insert the row, answer.

The limit of `bench webhooks`: the same server and framework, and nothing of ours.
"""

import hashlib
import hmac
import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

TABLE = "CREATE TABLE bench_event (id bigserial PRIMARY KEY, event_id text UNIQUE, raw text)"
INSERT = "INSERT INTO bench_event (event_id, raw) VALUES (%s, %s) ON CONFLICT DO NOTHING"


@csrf_exempt
def receive(request: HttpRequest) -> HttpResponse:
    """Insert a rightly signed body under its id."""
    if request.method != "POST":
        return HttpResponse(status=405)
    told = dict(part.split("=", 1) for part in request.headers["Stripe-Signature"].split(","))
    signed = f"{told['t']}.".encode() + request.body
    right = hmac.new(settings.STRIPE_WEBHOOK_SECRET.encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right, told["v1"]):
        return HttpResponse(status=400)
    event = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [event["id"], request.body.decode()])
    return HttpResponse(b'{"received": true}', content_type="application/json")


def hello(request: HttpRequest) -> HttpResponse:
    """A page of one word: what the framework and the server cost by themselves."""
    return HttpResponse("Mattone")


urlpatterns = [path("webhooks/stripe/", receive), path("hello/", hello)]

if os.environ.get("MATTONE_BARE_SITE"):
    settings.ROOT_URLCONF = __name__
    application = get_wsgi_application()
