"""The information sheet by regime: its parts, its fixed words, its length, languages and signatures.

The fixed words are data, not translations: the law gives them in each language. Versions, PDF and
requests are `campaigns`' own; here is what they must satisfy.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core import law, working_days
from campaigns.rules import dates
from campaigns.rules.sheet_words import CONSOB_WARNING, DISCLAIMER, RISK_WARNING

NOTICE_WORKING_DAYS = 7
_NOTE = re.compile(r"^[ \t]*(\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹]|\*{1,3})[ \t]*(\S.*)$", re.MULTILINE)
_CITES_LAW = re.compile(
    r"\b(art|artt|reg|dir|d\.\s?lgs|d\.l|dl|l)\.?\s*(\(|n\.|\d)"
    r"|regolament|direttiv|decreto|legge|regulation|directive|codice civile|c\.c\.",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """One part of a sheet: the letter or number that the law gives it, its title, what it asks."""

    code: str
    title: str | Promise
    asks: str | Promise


@dataclass(frozen=True)
class Form:
    """The form of a sheet. `fixed` are words under the title, by language; in their order. `annex` takes
    what of a part does not fit, and counts for no page."""

    code: str
    name: str | Promise
    parts: tuple[Part, ...]
    fixed: tuple[Mapping[str, str], ...]
    most_pages: int
    article: str
    annex: Part | None = None


@dataclass(frozen=True)
class Responsible:
    """A person who answers for the sheet: who, as what, and whether the declaration was signed."""

    name: str
    function: str
    has_declared: bool


KIIS = Form(
    code="kiis",
    name=_("Key investment information sheet"),
    article="Reg. (EU) 2020/1503, art. 23 and Annex I",
    fixed=(DISCLAIMER, RISK_WARNING),
    most_pages=6,
    annex=Part(
        "F.1",
        _("Annex: rights of investors, continued"),
        _("Of quotas alone: what of part F does not fit one side. It counts for no page."),
    ),
    parts=(
        Part(
            "A",
            _("The project owner and the project"),
            _("Who they are, who answers for the sheet, what they do, accounts, the project."),
        ),
        Part(
            "B",
            _("The process and its conditions"),
            _(
                "Minimum, deadline, what happens if it is missed, maximum, own funds, change of "
                "the capital, the right to change one's mind."
            ),
        ),
        Part("C", _("Risk factors"), _("The main risks of project, sector, default and resale.")),
        Part(
            "D",
            _("The offer of securities"),
            _(
                "Amount and type, price, allocation, how to subscribe, custody, guarantee, buy-back."
            ),
        ),
        Part(
            "E",
            _("Special purpose vehicles"),
            _("Whether one stands between the project and the investor, and how to reach it."),
        ),
        Part(
            "F",
            _("Rights of investors"),
            _("Rights, limits of transfer, ways out, capital and votes before and after."),
        ),
        Part("G", _("The loan"), _("Nature, duration, interest and repayment of a loan.")),
        Part(
            "H",
            _("Fees, information and complaints"),
            _("What it costs, where to ask for more without cost, how to complain."),
        ),
        Part("I", _("Loans managed as a portfolio"), _("How a portfolio of loans is managed.")),
    ),
)
CONSOB_SHEET = Form(
    code="consob_sheet",
    name=_("Information for the investor"),
    article="Reg. Consob 18592/2013, Annex 3",
    fixed=(CONSOB_WARNING,),
    # Annex 3 asks for five sides of A4.
    most_pages=5,
    parts=(
        Part("2", _("Risks"), _("The risks of this issuer and of this investment.")),
        Part(
            "3",
            _("The issuer and its instruments"),
            _("Project, plan, accounts, directors, rights of the instruments, exit and tag-along."),
        ),
        Part(
            "4",
            _("The offer"),
            _(
                "Conditions, part of the professionals, costs, deadlines, withdrawal and revocation."
            ),
        ),
        Part("5", _("Services of the portal"), _("What the portal does for the issuer.")),
    ),
)


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
    article="Reg. (EU) 2020/1503, art. 23(2), (4)",
    valid_from=dates.ECSPR,
    regimes=dates.EUROPE,
    says=_("The sheet is complete: no part that it needs is empty."),
)
def missing_parts(needed: Sequence[Part], said: Mapping[str, str]) -> list[Part]:
    """The parts of which nothing is said; `said` holds the text by code in one language."""
    return [part for part in needed if not said.get(part.code, "").strip()]


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
    return [
        person
        for person in persons
        if not (person.name.strip() and person.function.strip() and person.has_declared)
    ]


def answers(persons: Sequence[Responsible]) -> bool:
    """Whether somebody answers for the sheet, and everybody named declared it (R19)."""
    return bool(persons) and not undeclared(persons)
