"""Questions on an offer and their answers: public together, their author never.

The manager answers or does not publish; nothing stands on the page before somebody read it.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, notices, states
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.users import SYSTEM, Actor
from campaigns.models import Campaign, Question

LONGEST = 2000
# A page that anyone may write to: more than this many unread at once are noise.
MOST_WAITING = 200
State = Question.State


class NotAsking(Conflict):
    code = "question.not_taken"


class NoWords(Refused):
    code = "question.no_words"


@dataclass(frozen=True)
class Asked:
    """What somebody asks; the address only to tell them of the answer."""

    text: str
    email: str = ""
    language: str = "it"


def ask(*, campaign: Campaign, asked: Asked, by: Actor = SYSTEM, at: dt.datetime) -> Question:
    """Leave a question. Raises NotAsking for a campaign that is not public, or is flooded."""
    waiting = campaign.questions.filter(state=State.ASKED)
    if campaign.state not in Campaign.PUBLIC or waiting.count() >= MOST_WAITING:
        raise NotAsking(_("No questions are taken here now."), campaign=campaign.slug)
    _refuse_wordless(asked.text, "text")
    with transaction.atomic():
        question = Question.objects.create(
            campaign=campaign,
            text=asked.text.strip(),
            email=asked.email,
            language=asked.language,
            asked_by=by if isinstance(by, User) else None,
            asked_at=at,
        )
        audit.record(action="question.asked", subject=question, by=by, at=at)
    return question


def answer(*, question: Question, text: str, by: Actor, at: dt.datetime) -> Question:
    """Answer and publish; a later answer replaces the earlier one. Whoever asked is told once."""
    _refuse_wordless(text, "answer")
    with transaction.atomic():
        question.answer, question.answered_at = text.strip(), at
        question.save(update_fields=["answer", "answered_at"])
        states.move(record=question, to=State.ANSWERED, by=by, at=at)
        if question.email:
            notices.send(notice=_letter(question), at=at)
    return question


def decline(*, question: Question, by: Actor, at: dt.datetime, reason: str) -> Question:
    """Do not publish a question, with a reason that stays inside."""
    _refuse_wordless(reason, "reason")
    return states.move(record=question, to=State.DECLINED, by=by, at=at, reason=reason)


def forget(*, user: User) -> None:
    """Take an account's address from what it asked; question and answer stay public."""
    theirs = Q(asked_by=user) | Q(email__iexact=user.email)
    Question.objects.filter(theirs).update(email="")


def published(campaign: Campaign) -> QuerySet[Question]:
    """What the public reads, the last answered first."""
    return campaign.questions.filter(state=State.ANSWERED).order_by("-answered_at", "-id")


def _refuse_wordless(text: str, field: str) -> None:
    if not text.strip() or len(text) > LONGEST:
        raise NoWords(
            _("Write something, in at most %(most)s characters.") % {"most": LONGEST}, field=field
        )


def _letter(question: Question) -> notices.NewNotice:
    return notices.NewNotice(
        key=f"question_answered:{question.pk}",
        to=question.email,
        language=question.language,
        template="question_answered",
        context={
            "question": question,
            "campaign": question.campaign,
            "site": settings.SITE_URL,
        },
    )
