"""Somebody asks for the sheet in another language: it is delivered, or they are advised not to invest.

The advice is shown before an order, and that it was shown is kept (ECSPR art. 23(13), R15). A request
holds up that address's orders: so it counts only from who reads its mail, or is logged in with it.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core import audit, notices, states, users
from backend.core.errors import Conflict, Missing
from backend.core.models import User
from backend.core.users import SYSTEM, Actor
from campaigns import documents, rules
from campaigns.documents import Upload
from campaigns.models import Campaign, CampaignDocument, TranslationRequest
from campaigns.rules import sheets as law

State = TranslationRequest.State
SIGNED = signing.Signer(salt="campaigns.translation")


class NothingToTranslate(Conflict):
    code = "translation.no_sheet"


ADVICE = _(
    "You asked for a translation that is not made: we advise you not to invest in an offer whose "
    "information sheet you cannot read."
)


class AdviceNotShown(Conflict):
    """Told here; asking what the order needs shows the advice and keeps that it was shown."""

    code = "translation.advice_not_shown"


class NotProven(Conflict):
    """Nobody is answered who was not seen to read the address."""

    code = "translation.not_proven"


class UnknownLink(Missing):
    code = "translation.unknown_link"


class TranslationPending(Conflict):
    code = "translation.pending"


@dataclass(frozen=True)
class Wanted:
    """The language that somebody reads, and where to answer."""

    language: str
    email: str
    letters_in: str = "it"


def ask(
    *, campaign: Campaign, wanted: Wanted, by: Actor = SYSTEM, at: dt.datetime
) -> TranslationRequest:
    """Ask for a translation. While one waits for an answer, asking again returns it.

    It counts at once for who is logged in with that address; else a mail brings the link that proves it
    (`prove`). Raises NothingToTranslate before a sheet is published.
    """
    if campaign.state not in Campaign.PUBLIC or not campaign.sheets.exclude(published_at=None):
        raise NothingToTranslate(_("This offer has no information sheet yet."))
    with transaction.atomic():
        request, is_new = TranslationRequest.objects.get_or_create(
            campaign=campaign,
            email=wanted.email,
            wanted_language=wanted.language,
            state=State.ASKED,
            defaults={"language": wanted.letters_in, "asked_at": at},
        )
        if is_new:
            audit.record(action="translation.asked", subject=request, by=by, at=at)
        who = users.person(by)
        if who is not None and who.email.casefold() == wanted.email.casefold():
            return _proven(request, by, at)
        if request.proven_at is None:
            link = f"{settings.SITE_URL}/translations/{token_of(request)}/"
            _write(request, "translation_to_prove", {"link": link}, at)
    return request


def token_of(request: TranslationRequest) -> str:
    """What stands in the link that only the mail to that address brings."""
    return SIGNED.sign(str(request.pk))


def by_token(token: str) -> TranslationRequest:
    """The request of a link. Raises UnknownLink."""
    try:
        return TranslationRequest.objects.get(pk=int(SIGNED.unsign(token)))
    except (signing.BadSignature, TranslationRequest.DoesNotExist) as problem:
        raise UnknownLink(_("This link leads to no request of yours.")) from problem


def prove(*, token: str, at: dt.datetime) -> TranslationRequest:
    """Let a request count, by the link that was mailed to its address. Safe to repeat.

    Raises UnknownLink.
    """
    return _proven(by_token(token), SYSTEM, at)


def deliver(
    *, request: TranslationRequest, paper: tuple[str, bytes], by: Actor, at: dt.datetime
) -> CampaignDocument:
    """Publish the translation (title and file) among the documents and tell whoever asked.

    Raises WrongState, NotProven, and what `documents.upload` raises.
    """
    _refuse_unproven(request)
    title, raw = paper
    kind = CampaignDocument.Kind.TRANSLATION
    language = request.wanted_language[:5]
    with transaction.atomic():
        states.move(record=request, to=State.DELIVERED, by=by, at=at)
        file = Upload(kind=kind, title=title, language=language, raw=raw)
        document = documents.upload(campaign=request.campaign, file=file, by=by, at=at)
        _answered(request, at)
    return document


def advise(*, request: TranslationRequest, by: Actor, at: dt.datetime) -> TranslationRequest:
    """Say that there will be no translation and advise against investing; told by mail, and shown
    again before any order. Raises WrongState, NotProven."""
    _refuse_unproven(request)
    with transaction.atomic():
        states.move(record=request, to=State.ADVISED, by=by, at=at)
        _answered(request, at)
    return request


def advice_for(*, campaign: Campaign, email: str) -> TranslationRequest | None:
    """The advice not to invest that holds for somebody, or a request that nobody answered yet."""
    open_ones = campaign.translation_requests.proven().filter(email__iexact=email)
    return open_ones.exclude(state=State.DELIVERED).order_by("asked_at", "id").last()


def refuse_unanswered(*, campaign: Campaign, email: str) -> None:
    """Take no order from somebody who waits for a translation, or was not shown the advice (R15).

    Raises TranslationPending, AdviceNotShown.
    """
    waiting = advice_for(campaign=campaign, email=email)
    if waiting is None or not rules.regime(campaign.regime).answers_translations:
        return
    if waiting.state == State.ASKED:
        raise TranslationPending(
            _("A translation that you asked for has not been answered yet: wait for it."),
            language=waiting.wanted_language,
        )
    is_shown = waiting.shown_at is not None
    if law.must_advise_to_refrain(was_asked=True, was_delivered=False, was_advised=is_shown):
        raise AdviceNotShown(ADVICE, language=waiting.wanted_language)


def note_shown(
    *, campaign: Campaign, email: str, by: Actor, at: dt.datetime
) -> TranslationRequest | None:
    """The advice that is shown now, before an order; that it was shown is kept, the first time.

    None where there is none. On page and API alike, whatever asks what an order needs calls this.
    """
    request = advice_for(campaign=campaign, email=email)
    if request is None or request.state != State.ADVISED:
        return request
    with transaction.atomic():
        first = TranslationRequest.objects.filter(pk=request.pk, shown_at=None)
        if first.update(shown_at=at):
            audit.record(action="translation.advice_shown", subject=request, by=by, at=at)
    return request


def forget(*, user: User) -> None:
    """Take an account's address from its requests; that they were made stays (R15)."""
    for each in TranslationRequest.objects.filter(email__iexact=user.email):
        address = f"erased-{each.pk}@invalid.example"
        TranslationRequest.objects.filter(pk=each.pk).update(email=address)


def _refuse_unproven(request: TranslationRequest) -> None:
    if request.proven_at is None:
        raise NotProven(_("Nobody confirmed yet, from that address, that this was asked."))


def _proven(request: TranslationRequest, by: Actor, at: dt.datetime) -> TranslationRequest:
    with transaction.atomic():
        first = TranslationRequest.objects.filter(pk=request.pk, proven_at=None)
        if first.update(proven_at=at):
            audit.record(action="translation.proven", subject=request, by=by, at=at)
    request.refresh_from_db()
    return request


def _answered(request: TranslationRequest, at: dt.datetime) -> None:
    request.answered_at = at
    request.save(update_fields=["answered_at"])
    _write(request, "translation_answered", {}, at)


def _write(
    request: TranslationRequest, template: str, facts: dict[str, str], at: dt.datetime
) -> None:
    context = {"request": request, "campaign": request.campaign, "site": settings.SITE_URL}
    letter = notices.NewNotice(
        key=f"{template}:{request.pk}:{request.state}",
        to=request.email,
        language=request.language,
        template=template,
        context=context | facts,
    )
    notices.send(notice=letter, at=at)
