"""What an information sheet must satisfy: its parts, fixed words, length, languages and signatures.

The forms with their points are in `sheet_forms`. The fixed words are data, not translations: the law
gives them in each language. Versions, PDF and requests are `campaigns`' own.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.core import law, working_days
from campaigns.rules import dates
from campaigns.rules.sheet_forms import KIIS, Form, Part, Point

NOTICE_WORKING_DAYS = 7
LEAST_WORDS = 2
_WORD = re.compile(r"\w{2,}")
_NOTE = re.compile(r"^[ \t]*(\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹]|\*{1,3})[ \t]*(\S.*)$", re.MULTILINE)
_CITES_LAW = re.compile(
    r"\b(art|artt|reg|dir|d\.\s?lgs|d\.l|dl|l)\.?\s*(\(|n\.|\d)"
    r"|regolament|direttiv|decreto|legge|regulation|directive|codice civile|c\.c\.",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Responsible:
    """A person who answers for the sheet: who, as what, and whether the declaration was signed."""

    name: str
    function: str
    has_declared: bool

    @property
    def is_named(self) -> bool:
        return bool(self.name.strip() and self.function.strip())


@law.rule(
    id="R12",
    article="Reg. (EU) 2020/1503, art. 23(2), (6)(a) and Annex I",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "Each offer has a key investment information sheet with the parts of Annex I: for equity "
        "A, B, C, D, F and H, and E where a special purpose vehicle stands between."
    ),
)
def parts_of_kiis(*, is_spv: bool, is_loan: bool = False) -> tuple[Part, ...]:
    """The parts that the sheet of an offer needs: G and I are for loans, which take D to F's place."""
    needed = "ABCGH" if is_loan else "ABCDEFH" if is_spv else "ABCDFH"
    return tuple(part for part in KIIS.parts if part.code in needed)


def parts(form: Form, *, is_spv: bool) -> tuple[Part, ...]:
    """The parts that a form needs for an offer of equity."""
    return parts_of_kiis(is_spv=is_spv) if form is KIIS else form.parts


@law.rule(
    id="R12.complete",
    article="Reg. (EU) 2020/1503, art. 23(2), (4) and Annex I",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("The sheet is complete: every point that Annex I asks of a part is answered."),
    uncertain=_(
        "What answers a point: we take two words or more, so that a mark such as x or - is none. "
        "The points were written down from Annex I in our own words; those of the sheet of 2020 "
        "from what portals repeat of Annex 3."
    ),
)
def missing_points(needed: Sequence[Part], said: Mapping[str, str]) -> list[Point]:
    """The points that nothing answers; `said` holds the texts by code in one language.

    A part that was published as one text, before its points were asked for, stays whole.
    """
    return [
        point
        for part in needed
        if not is_answer(said.get(part.code, ""))
        for point in part.fields
        if not is_answer(said.get(point.code, ""))
    ]


def is_answer(text: str) -> bool:
    """Whether a text tells anything: two words or numbers at least."""
    return len(_WORD.findall(text)) >= LEAST_WORDS


@law.rule(
    id="R13",
    article="Reg. (EU) 2020/1503, art. 23(6)(b)-(c)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("The fixed disclaimer and the fixed risk warning stand directly under the title."),
    uncertain=_(
        "The words were written down without the Official Journal at hand: a lawyer compares them "
        "before a live offer."
    ),
)
def fixed_words(form: Form, language: str) -> list[str]:
    """The fixed words in a language, in their order. KeyError where the law's words are not kept."""
    return [words[language] for words in form.fixed]


@law.rule(
    id="R13.pages",
    article="Reg. (EU) 2020/1503, art. 23(7)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("The sheet takes at most six sides of A4; five under the Italian rules of 2020."),
    uncertain=_("The five sides of Annex 3 were not read in its text."),
)
def fits(form: Form, pages: int) -> bool:
    """Whether so many sides of A4 are not too many."""
    return 1 <= pages <= form.most_pages


@law.rule(
    id="R13.annex",
    article="Reg. (EU) 2020/1503, art. 23(7)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "Of instruments admitted to crowdfunding (quotas), what of part F does not fit one side "
        "stands in an annex, beyond the six sides."
    ),
)
def annex(form: Form, *, is_quota: bool) -> Part | None:
    """The annex that the sheet of an offer may have; None: everything stands in its parts."""
    return form.annex if is_quota else None


@law.rule(
    id="R13.footnotes",
    article="Reg. (EU) 2020/1503, art. 23(7)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("The sheet has no footnotes but those that cite the law."),
    uncertain=_(
        "What a footnote is: we take a mark that stands in the text and again before a line of its "
        "own. What cites an article or an act is one of law."
    ),
)
def footnotes(text: str) -> list[str]:
    """The marks of the footnotes in a text that cite no law, in their order."""
    return [
        mark
        for mark, words in _NOTE.findall(text)
        if re.search(rf"\S{re.escape(mark)}", text) and not _CITES_LAW.search(words)
    ]


@law.rule(
    id="R14",
    article="Reg. (EU) 2020/1503, art. 23(2)-(3)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "The sheet is in a language of the state that authorised the platform, and in one of each "
        "other state in which the offer is advertised."
    ),
)
def missing_languages(
    *, accepted: Sequence[Collection[str]], published: Collection[str]
) -> list[Collection[str]]:
    """Of each state the languages it accepts, where the sheet is in none of them."""
    return [languages for languages in accepted if not set(languages) & set(published)]


@law.rule(
    id="R15",
    article="Reg. (EU) 2020/1503, art. 23(13)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "Who asks for a translation of the sheet gets it, or is advised not to invest; until one "
        "of both happened no order is taken from them."
    ),
)
def must_advise_to_refrain(*, was_asked: bool, was_delivered: bool, was_advised: bool) -> bool:
    """Whether the advice not to invest must be shown before an order is taken."""
    return was_asked and not was_delivered and not was_advised


@law.rule(
    id="R18",
    article="Reg. (EU) 2020/1503, art. 23(14)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_(
        "Where the authority asks for it, the sheet is sent at least seven working days before "
        "the offer is published; nobody approves it."
    ),
)
def latest_day_to_send(publishes_on: dt.date) -> dt.date:
    """The last day on which the sheet may be sent, where the authority wants it beforehand."""
    return working_days.before(publishes_on, NOTICE_WORKING_DAYS)


@law.rule(
    id="R19",
    article="Reg. (EU) 2020/1503, art. 23(9)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("The sheet names who answers for it, as what, each with the declaration."),
)
def undeclared(persons: Sequence[Responsible]) -> list[Responsible]:
    """Those who are named and lack a name, a function or the declaration."""
    return [person for person in persons if not (person.is_named and person.has_declared)]
