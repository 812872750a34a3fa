"""Who is told: webhooks are added, changed, given a new secret, disabled and enabled by who manages.

One that stays silent is disabled by itself, and its organisation's managers are written to. While it is
disabled nothing is kept for it: what it missed is asked of the API.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, encryption, notices, users
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.notices import NewNotice
from backend.core.roles import Role
from backend.core.users import SYSTEM, Actor
from backend.webhooks import addresses, events, signing
from backend.webhooks.models import Delivery, Event, Webhook, new_message_id

MANAGE = "webhook.manage"
MOST = 20
OLD_SECRET_LASTS = dt.timedelta(hours=24)
TRIAL = "webhook.test"
Because = Webhook.Because


class BadWebhook(Refused):
    code = "webhook.not_possible"


class StandsSo(Conflict):
    """It is disabled, or enabled, already."""

    code = "webhook.stands_so"


@dataclass(frozen=True)
class Wish:
    """What is asked for: where to call, on which events, and what it is good for."""

    url: str
    events: Sequence[str]
    description: str = ""


@dataclass(frozen=True)
class Made:
    """A webhook and its secret, which nobody can tell again."""

    webhook: Webhook
    secret: str


def visible_to(user: User) -> QuerySet[Webhook]:
    """The webhooks of a person's own organisation."""
    own = Webhook.objects.filter(organisation=user.organisation_id, organisation__isnull=False)
    return own.order_by("-id")


def add(*, wish: Wish, by: User, at: dt.datetime) -> Made:
    """Have one's organisation's events sent to an address. Raises BadAddress, BadWebhook."""
    users.require(by, MANAGE)
    _check(wish)
    if by.organisation is None:
        raise BadWebhook(_("Only who works for an organisation has events to send."))
    if visible_to(by).count() >= MOST:
        raise BadWebhook(_("There are twenty webhooks already, which is the most."), most=MOST)
    secret = signing.new_secret()
    with transaction.atomic():
        hook = Webhook.objects.create(
            organisation=by.organisation, url=wish.url, description=wish.description,
            events=sorted(set(wish.events)), secret=encryption.encrypt(secret), created_at=at,
        )  # fmt: skip
        _write("added", hook, by, at, url=hook.url, events=hook.events)
    return Made(hook, secret)


def change(*, webhook: Webhook, wish: Wish, by: Actor, at: dt.datetime) -> Webhook:
    """Send to another address, or other events, from now on. Raises BadAddress, BadWebhook."""
    users.require(by, MANAGE)
    _check(wish)
    webhook.url, webhook.description = wish.url, wish.description
    webhook.events = sorted(set(wish.events))
    with transaction.atomic():
        webhook.save(update_fields=["url", "description", "events"])
        _write("changed", webhook, by, at, url=webhook.url, events=webhook.events)
    return webhook


def renew_secret(
    *, webhook: Webhook, keeps_old: bool, by: Actor, instant: dt.datetime, at: dt.datetime
) -> Made:
    """Make a new secret. The old one signs beside it for a day of the wall's clock, or not at all
    when it was lost to somebody."""
    users.require(by, MANAGE)
    secret = signing.new_secret()
    webhook.old_secret = webhook.secret if keeps_old else ""
    webhook.old_secret_until = instant + OLD_SECRET_LASTS if keeps_old else None
    webhook.secret = encryption.encrypt(secret)
    with transaction.atomic():
        webhook.save(update_fields=["secret", "old_secret", "old_secret_until"])
        _write("secret_renewed", webhook, by, at, keeps_old=keeps_old)
    return Made(webhook, secret)


def disable(*, webhook: Webhook, by: Actor, at: dt.datetime) -> None:
    """Send nothing any more; what waits is kept. Raises StandsSo."""
    users.require(by, MANAGE)
    _disable(webhook, Because.BY_HAND, by, at)


def enable(*, webhook: Webhook, by: Actor, at: dt.datetime) -> None:
    """Send again, first what waited. Raises StandsSo."""
    users.require(by, MANAGE)
    with transaction.atomic():
        rows = Webhook.objects.filter(pk=webhook.pk, disabled_at__isnull=False)
        if not rows.update(disabled_at=None, disabled_because="", failing_since=None):
            raise StandsSo(_("This webhook is enabled already."))
        _write("enabled", webhook, by, at)
        events.wake()
    webhook.refresh_from_db()


def try_out(*, webhook: Webhook, by: Actor, at: dt.datetime) -> Delivery:
    """Send an event that says nothing, to see that it arrives. Raises StandsSo while disabled."""
    users.require(by, MANAGE)
    if webhook.disabled_at is not None:
        raise StandsSo(_("This webhook is disabled: enable it first."))
    name = new_message_id()
    with transaction.atomic():
        event = Event.objects.create(
            message_id=name, key=name, organisation_id=webhook.organisation_id, type=TRIAL,
            data={"id": webhook.pk}, at=at,
        )  # fmt: skip
        events.deliver([webhook], [event], at=at)
    return Delivery.objects.get(event=event)


def arrived(webhook: Webhook, *, at: dt.datetime) -> None:
    """A delivery arrived: nothing that failed before counts."""
    Webhook.objects.filter(pk=webhook.pk).update(last_delivered_at=at, failing_since=None)


def failed(webhook: Webhook, *, at: dt.datetime) -> None:
    """A delivery did not arrive: since when that is so is kept."""
    Webhook.objects.filter(pk=webhook.pk, failing_since=None).update(failing_since=at)
    webhook.refresh_from_db(fields=["failing_since", "disabled_at"])


def give_up(webhook: Webhook, *, because: Because, at: dt.datetime) -> None:
    """Disable a webhook that nobody answers at, and write to its organisation's managers."""
    if webhook.disabled_at is not None:
        return
    _disable(webhook, because, SYSTEM, at)
    people = User.objects.filter(
        organisation=webhook.organisation_id, roles__contains=[Role.MANAGER], is_active=True
    )
    notices.send_many(
        notices=[
            NewNotice(
                key=f"webhook-disabled:{webhook.pk}:{at.timestamp():.0f}:{person.pk}",
                to=person.email,
                language=person.language,
                template="webhook_disabled",
                context={"webhook": webhook, "because": because.label},
            )
            for person in people.exclude(email="")
        ],
        at=at,
    )


@transaction.atomic
def rotate_keys() -> int:
    """Write every secret anew under the newest key of the installation; how many."""
    hooks = list(Webhook.objects.select_for_update())
    for hook in hooks:
        hook.secret = encryption.rotate(hook.secret)
        hook.old_secret = encryption.rotate(hook.old_secret) if hook.old_secret else ""
    Webhook.objects.bulk_update(hooks, ["secret", "old_secret"])
    return len(hooks)


def _disable(webhook: Webhook, because: Because, by: Actor, at: dt.datetime) -> None:
    with transaction.atomic():
        rows = Webhook.objects.filter(pk=webhook.pk, disabled_at=None)
        if not rows.update(disabled_at=at, disabled_because=because):
            raise StandsSo(_("This webhook is disabled already."))
        _write("disabled", webhook, by, at, because=because)
    webhook.refresh_from_db()


def _check(wish: Wish) -> None:
    addresses.check(wish.url)
    unknown = sorted(set(wish.events) - events.patterns())
    if unknown or not wish.events:
        raise BadWebhook(
            _("Choose events among those that there are."), field="events", events=unknown
        )


def _write(what: str, webhook: Webhook, by: Actor, at: dt.datetime, **facts: object) -> None:
    audit.record(action=f"webhook.{what}", subject=webhook, by=by, at=at, facts=facts)
