"""The entry knowledge test: its questions by version, what is judged, what comes out. Pure.

The law names what to ask (RTS 2022/2114, R29) and sets no mark (R33). Ours: experience, objectives,
financial situation and understanding of risk are asked; four answers on risk are judged, and a wish
that this investment cannot meet counts as insufficient. Nothing here shuts anybody out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import law
from backend.core.errors import Refused
from investors import statutes

VERSION = "2026-2"
PASS_MARK = 3


class UnknownAnswer(Refused):
    code = "knowledge_test.unknown_answer"


class UnknownVersion(Refused):
    code = "knowledge_test.unknown_version"


class Part(models.TextChoices):
    """What the law wants asked."""

    EXPERIENCE = "experience", _("Experience")
    OBJECTIVES = "objectives", _("What you want")
    SITUATION = "situation", _("Your means")
    RISK = "risk", _("The risk")


class Outcome(models.TextChoices):
    """What comes out; only the first asks for no warning (art. 21(4), R31)."""

    SUFFICIENT = "sufficient", _("sufficient knowledge")
    INSUFFICIENT = "insufficient", _("knowledge may not suffice")
    INCOMPLETE = "incomplete", _("answers are missing")


@dataclass(frozen=True)
class Question:
    """One question with its answers by code. `right` is empty where nothing is right or wrong;
    `unfit` are answers that show that this investment cannot be what is wanted or afforded."""

    code: str
    text: str | Promise
    options: tuple[tuple[str, str | Promise], ...]
    right: str = ""
    part: Part = Part.RISK
    unfit: tuple[str, ...] = ()


NEVER = ("never", _("Never"))
YES_NO = (("yes", _("Yes")), ("no", _("No")))

_ON_RISK = (
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
_UNLISTED = Question(
    "experience",
    _("Have you ever invested in a company that is not listed?"),
    (NEVER, ("once", _("Once or twice")), ("often", _("More often"))),
    part=Part.EXPERIENCE,
)

VERSIONS: dict[str, tuple[Question, ...]] = {
    "2026-1": (_UNLISTED, *_ON_RISK),
    "2026-2": (
        _UNLISTED,
        Question(
            "young",
            _("Was one of them a company in its first years or in rapid growth?"),
            YES_NO,
            part=Part.EXPERIENCE,
        ),
        Question(
            "securities",
            _("Have you bought shares, bonds or funds in the last five years?"),
            (NEVER, ("some", _("A few times")), ("often", _("Regularly"))),
            part=Part.EXPERIENCE,
        ),
        Question(
            "crowdfunding",
            _("Have you lent or invested through a crowdfunding platform?"),
            (NEVER, ("once", _("Once or twice")), ("work", _("Yes, also as my work"))),
            part=Part.EXPERIENCE,
        ),
        Question(
            "goal",
            _("What do you want from this money?"),
            (
                ("impact", _("That it does good, also without a return")),
                ("growth", _("That it grows over many years, at a risk")),
                ("income", _("A sure income, or to have it back soon")),
            ),
            part=Part.OBJECTIVES,
            unfit=("income",),
        ),
        Question(
            "horizon",
            _("How long can you do without this money?"),
            (
                ("short", _("Less than three years")),
                ("medium", _("Three to seven years")),
                ("long", _("Longer")),
            ),
            part=Part.OBJECTIVES,
            unfit=("short",),
        ),
        Question(
            "reserve",
            _("Would your household manage if this money were lost?"),
            (
                ("yes", _("Yes, without changing how we live")),
                ("tight", _("Only with effort")),
                ("no", _("No")),
            ),
            part=Part.SITUATION,
            unfit=("no",),
        ),
        Question(
            "income",
            _("Is your income regular?"),
            (("yes", _("Yes")), ("varies", _("It varies")), ("none", _("I have none now"))),
            part=Part.SITUATION,
        ),
        *_ON_RISK,
    ),
}
QUESTIONS = VERSIONS[VERSION]


@dataclass(frozen=True)
class Judged:
    """What a sheet of answers says."""

    right: int
    missing: tuple[str, ...]
    unfit: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        if self.missing:
            return Outcome.INCOMPLETE
        is_enough = self.right >= PASS_MARK and not self.unfit
        return Outcome.SUFFICIENT if is_enough else Outcome.INSUFFICIENT


def questions(version: str = VERSION) -> tuple[Question, ...]:
    """The questions of a version. Raises UnknownVersion."""
    found = VERSIONS.get(version)
    if found is None:
        raise UnknownVersion(_("There is no such version of the questions."), version=version)
    return found


@law.rule(
    id="R31",
    article=statutes.REGULATION.format("21(4)"),
    valid_from=statutes.ECSPR,
    regimes=statutes.EUROPE,
    says=_(
        "Where data is missing or knowledge insufficient, the investor is warned and "
        "acknowledges the warning."
    ),
    uncertain=_(
        "No pass mark is set by law: three of four answers on risk, and a fitting wish, are ours "
        "(R33)."
    ),
)
def judge(answers: Mapping[str, str], *, version: str = VERSION) -> Judged:
    """Say what the answers show. What is not answered is missing data, which warns and never
    refuses (R31, R32). Raises UnknownAnswer on an answer that is not among the options."""
    asked = questions(version)
    for question in asked:
        given = answers.get(question.code, "")
        if given and given not in dict(question.options):
            raise UnknownAnswer(_("This answer is not among those offered."), field=question.code)
    return Judged(
        right=sum(1 for each in asked if each.right and each.right == answers.get(each.code)),
        missing=tuple(each.code for each in asked if not answers.get(each.code)),
        unfit=tuple(each.code for each in asked if answers.get(each.code) in each.unfit),
    )
