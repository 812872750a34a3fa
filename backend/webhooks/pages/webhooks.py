"""Webhooks for the people who look after them: who is told of what, how it went, sent again by hand."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from backend.core import clock, pages, undoing
from backend.core.models import User
from backend.webhooks import deliveries, events, sender, subscriptions
from backend.webhooks.models import Webhook
from backend.webhooks.subscriptions import MANAGE, Wish


class WebhookForm(forms.Form):
    """Where to call, and what of. Finer choices are made by the API, and kept here."""

    url = forms.CharField(
        label=_("Address"), max_length=500, help_text=_("It begins with https://.")
    )
    description = forms.CharField(label=_("What is it for"), max_length=200, required=False)
    events = forms.MultipleChoiceField(
        label=_("It hears of"), widget=forms.CheckboxSelectMultiple, initial=[events.ALL]
    )

    def __init__(self, *args: Any, chosen: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = _choices(chosen or [])  # type: ignore[attr-defined]


class SecretForm(forms.Form):
    keeps_old = forms.BooleanField(
        label=_("The old secret signs beside the new one for a day"), required=False, initial=True
    )


@pages.page(MANAGE)
def webhooks(request: HttpRequest) -> HttpResponse:
    """All webhooks of one's organisation, and whether they are well."""
    rows = subscriptions.visible_to(pages.person_of(request))
    return render(request, "webhooks/list.html", {"page": pages.paged(request, rows)})


@never_cache
@pages.page(MANAGE, methods=["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add one; its secret is on the answer and nowhere else."""
    by, form = pages.person_of(request), WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wish = Wish(**form.cleaned_data)
        made = pages.attempt(form, lambda: subscriptions.add(wish=wish, by=by, at=clock.now()))
        if made:
            return render(request, "webhooks/secret.html", {"made": made})
    return render(request, "webhooks/new.html", {"form": form})


@pages.page(MANAGE, methods=["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook and its log; on POST it is changed."""
    by = pages.person_of(request)
    hook = _one(by, pk)
    known = {"url": hook.url, "description": hook.description, "events": hook.events}
    form = WebhookForm(request.POST or None, initial=known, chosen=hook.events)
    if request.method == "POST" and form.is_valid():
        wish, at = Wish(**form.cleaned_data), clock.now()
        rule = subscriptions.change
        if pages.attempt(form, lambda: rule(webhook=hook, wish=wish, by=by, at=at)):
            return pages.done(request, _("Saved."), "webhook", pk=pk)
    log = deliveries.visible_to(by).filter(webhook=hook).prefetch_related("attempts")
    context = {
        "webhook": hook,
        "form": form,
        "secret": SecretForm(),
        "page": pages.paged(request, log),
        "heard": [_words(pattern) for pattern in hook.events],
    }
    return render(request, "webhooks/one.html", context)


@pages.page(MANAGE, methods=["POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Disable it, enable it, or send it a test."""
    by = pages.person_of(request)
    hook = _one(by, pk)
    if act not in ACTS:
        raise Http404
    rule, sentence = ACTS[act]
    rule(webhook=hook, by=by, at=clock.now())
    undo = undoing.of("webhook.switched", pk, OPPOSITE[act]) if act in OPPOSITE else ""
    return pages.done(request, sentence, "webhook", pk=pk, undo=undo)


@never_cache
@pages.page(MANAGE, methods=["POST"])
def renew_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret, on the answer and nowhere else."""
    by, form = pages.person_of(request), SecretForm(request.POST)
    hook = _one(by, pk)
    form.is_valid()
    made = subscriptions.renew_secret(
        webhook=hook, by=by, instant=clock.wall(), at=clock.now(), **form.cleaned_data
    )
    return render(request, "webhooks/secret.html", {"made": made})


@pages.page(MANAGE, methods=["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One delivery: the message and every try; on POST it is sent again."""
    by = pages.person_of(request)
    found = get_object_or_404(deliveries.visible_to(by), pk=pk)
    if request.method == "POST":
        deliveries.redeliver(delivery=found, by=by, at=clock.now())
        return pages.done(request, _("It is sent again."), "webhook-delivery", pk=pk)
    context = {
        "delivery": found,
        "body": sender.body_of(found.event).decode(),
        "attempts": found.attempts.order_by("-id"),
    }
    return render(request, "webhooks/delivery.html", context)


def _one(by: User, pk: int) -> Webhook:
    return get_object_or_404(subscriptions.visible_to(by), pk=pk)


def _choices(chosen: list[str]) -> list[tuple[str, str]]:
    nouns = [f"{source.noun}.*" for source in events.sources()]
    fine = [pattern for pattern in chosen if pattern not in (events.ALL, *nouns)]
    return [(pattern, _words(pattern)) for pattern in (events.ALL, *nouns, *fine)]


def _words(pattern: str) -> str:
    """What a pattern stands for, in words, with its name as programs know it."""
    if pattern == events.ALL:
        return gettext("everything")
    noun, what = pattern.split(".", 1)
    source = next(one for one in events.sources() if one.noun == noun)
    words = gettext("every change") if what == "*" else source.types[pattern]
    return f"{source.label}: {words} ({pattern})"


ACTS: dict[str, tuple[Callable[..., object], str | Promise]] = {
    "disable": (subscriptions.disable, _("Nothing is sent there any more.")),
    "enable": (subscriptions.enable, _("It is sent what happens from now on, and what waited.")),
    "test": (subscriptions.try_out, _("A test is on its way: look at the log below.")),
}
OPPOSITE = {"disable": "enable", "enable": "disable"}
