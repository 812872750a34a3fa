"""Where the card provider tells us things: check the signature, store, answer. Nothing else."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from backend.core import clock
from campaigns import stripe_gateway
from campaigns.provider import inbox
from campaigns.stripe_gateway import BadEvent, BadSignature

RECEIVED = b'{"received": true}'


@csrf_exempt
@require_POST
def stripe_events(request: HttpRequest) -> HttpResponse:
    """Take a delivery: 200 once it is stored, 400 where it is not the provider's."""
    signature = request.headers.get("Stripe-Signature", "")
    try:
        # A signature's instant is the real one, also in a demo whose day is another.
        event = stripe_gateway.read_event(request.body, signature, at=timezone.now())
    except (BadSignature, BadEvent) as problem:
        inbox.refuse(reason=problem.code, at=clock.now())
        body = {"code": problem.code, "detail": str(problem), "status": 400}
        return JsonResponse(body, status=400, content_type="application/problem+json")
    inbox.store(event=event, at=clock.now())
    return HttpResponse(RECEIVED, content_type="application/json")
