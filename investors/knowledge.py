"""The entry knowledge test: its questions, its right answers, its pass mark. Pure.

The law sets neither the questions nor a mark (R33); ours ask for experience (not judged) and for
four things a person must have understood about quotas of a small company.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Refused

VERSION = "2026-1"
PASS_MARK = 3


class IncompleteTest(Refused):
    code = "knowledge_test.incomplete"


@dataclass(frozen=True)
class Question:
    """One question with its answers by code; `right` is empty where nothing is right or wrong."""

    code: str
    text: str | Promise
    options: tuple[tuple[str, str | Promise], ...]
    right: str = ""


QUESTIONS = (
    Question(
        "experience",
        _("Have you ever invested in a company that is not listed?"),
        (("never", _("Never")), ("once", _("Once or twice")), ("often", _("More often"))),
    ),
    Question(
        "loss",
        _("How much of what you put in can you lose?"),
        (("none", _("Nothing")), ("some", _("A part at most")), ("all", _("All of it"))),
        right="all",
    ),
    Question(
        "sale",
        _("Can you sell your quotas whenever you want?"),
        (
            ("yes", _("Yes, on an exchange")),
            ("platform", _("Yes, the platform buys them back")),
            ("no", _("No, there may be no buyer for years")),
        ),
        right="no",
    ),
    Question(
        "guarantee",
        _("Does the deposit guarantee or the investor compensation scheme protect this money?"),
        (("yes", _("Yes, up to 100,000 euro")), ("no", _("No"))),
        right="no",
    ),
    Question(
        "return",
        _("Is a yearly return certain?"),
        (("yes", _("Yes, it is fixed")), ("no", _("No, there may be none"))),
        right="no",
    ),
)


def right_answers(answers: Mapping[str, str]) -> int:
    """Count the right answers. Raises IncompleteTest when one is missing or not among the options."""
    for question in QUESTIONS:
        if answers.get(question.code) not in dict(question.options):
            raise IncompleteTest(_("Please answer every question."), question=question.code)
    return sum(1 for question in QUESTIONS if question.right == answers[question.code])


def has_passed(right: int) -> bool:
    """Whether that many right answers show enough understanding."""
    return right >= PASS_MARK
