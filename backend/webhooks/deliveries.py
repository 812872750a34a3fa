"""When events are delivered: at once, then after growing waits for three days, then by hand.

The rows are the queue (core.jobs). One is claimed in a short transaction, sent outside of any, and
written down in another: no lock is held while somebody answers slowly, and a crash costs one more try.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, clock
from backend.core.errors import Conflict
from backend.core.models import User
from backend.core.users import Actor
from backend.webhooks import events, sender, subscriptions
from backend.webhooks.models import Attempt, Delivery, Event, Webhook
from backend.webhooks.sender import Outcome

BATCH = 20
# As the specification proposes: ten tries within a little more than three days.
WAITS = (
    dt.timedelta(seconds=5),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
    dt.timedelta(hours=10),
    dt.timedelta(hours=14),
    dt.timedelta(hours=20),
    dt.timedelta(hours=24),
)
# Longer than a try may take: by then who claimed it has died.
CLAIM = dt.timedelta(minutes=2)
# A webhook to which nothing arrived for so long is disabled with the next delivery that is given up.
QUIET = dt.timedelta(days=3)
KEPT_FOR = dt.timedelta(days=90)


class OnItsWay(Conflict):
    """The delivery waits for its next try already."""

    code = "webhook.on_its_way"


class Waiting:
    """The deliveries that are due, as a queue."""

    batch = BATCH

    def drain(self, *, at: dt.datetime, limit: int) -> int:
        """Try up to `limit` deliveries, of a webhook that fails only one: others need not wait for it."""
        failing: set[int] = set()
        tried = 0
        while tried < limit and (delivery := _claim(at, failing)):
            outcome = sender.send(delivery.webhook, delivery.event, instant=clock.wall())
            note(delivery, outcome, at=at)
            tried += 1
            if not outcome.has_arrived:
                failing.add(delivery.webhook_id)
        return tried

    def is_waiting(self, *, at: dt.datetime) -> bool:
        """Whether a delivery is due."""
        return _due(at).exists()


def visible_to(user: User) -> QuerySet[Delivery]:
    """The deliveries of the webhooks that a person may see, the newest first."""
    rows = Delivery.objects.filter(webhook__in=subscriptions.visible_to(user))
    return rows.select_related("event", "webhook").order_by("-id")


def next_wait(tries: int) -> dt.timedelta | None:
    """How long to wait after so many tries that failed; None is never again. Pure."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None


def note(delivery: Delivery, outcome: Outcome, *, at: dt.datetime) -> None:
    """Write down what came of a try, and what follows from it for delivery and webhook."""
    with transaction.atomic():
        Attempt.objects.create(
            delivery=delivery, at=clock.wall(), milliseconds=outcome.milliseconds,
            status=outcome.status, answer=outcome.answer, error=outcome.error,
        )  # fmt: skip
        tries = delivery.tries + 1
        wait = None if outcome.has_arrived or outcome.is_gone else next_wait(tries)
        delivery.tries, delivery.next_try_at = tries, None if wait is None else at + wait
        delivery.delivered_at = at if outcome.has_arrived else None
        delivery.given_up_at = at if wait is None and not outcome.has_arrived else None
        delivery.save(update_fields=["tries", "next_try_at", "delivered_at", "given_up_at"])
        _tell_webhook(delivery, outcome, at)


def redeliver(*, delivery: Delivery, by: Actor, at: dt.datetime) -> Delivery:
    """Send an event again, arrived or given up, with all tries anew. Raises OnItsWay."""
    with transaction.atomic():
        rows = Delivery.objects.filter(pk=delivery.pk, next_try_at=None)
        if not rows.update(tries=0, next_try_at=at, delivered_at=None, given_up_at=None):
            raise OnItsWay(_("This delivery is on its way."))
        facts = {"delivery": delivery.pk}
        audit.record(
            action="webhook.redelivered", subject=delivery.webhook, by=by, at=at, facts=facts
        )
        events.wake()
    delivery.refresh_from_db()
    return delivery


def forget(*, at: dt.datetime) -> int:
    """Delete events and their deliveries after ninety days; how many rows."""
    return Event.objects.filter(at__lt=at - KEPT_FOR).delete()[0]


def _claim(at: dt.datetime, failing: set[int]) -> Delivery | None:
    with transaction.atomic():
        rows = _due(at).exclude(webhook__in=failing).select_related("webhook", "event")
        locked = rows.select_for_update(of=("self",), skip_locked=True)
        delivery = locked.order_by("next_try_at", "id").first()
        if delivery is not None:
            Delivery.objects.filter(pk=delivery.pk).update(next_try_at=at + CLAIM)
        return delivery


def _due(at: dt.datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(next_try_at__lte=at, webhook__disabled_at=None)


def _tell_webhook(delivery: Delivery, outcome: Outcome, at: dt.datetime) -> None:
    hook = delivery.webhook
    if outcome.has_arrived:
        subscriptions.arrived(hook, at=at)
        return
    subscriptions.failed(hook, at=at)
    if outcome.is_gone:
        subscriptions.give_up(hook, because=Webhook.Because.GONE, at=at)
    elif delivery.given_up_at and hook.failing_since and hook.failing_since <= at - QUIET:
        subscriptions.give_up(hook, because=Webhook.Because.SILENT, at=at)
