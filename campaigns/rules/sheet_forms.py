"""The forms of information sheets: their parts, and the points that each part must answer.

Every point is a field of its own, so that what is missing can be named. Those of the Italian sheet of
2020 follow Annex 3 as two portals of the time repeat it (startfunding.it, crowd-funding.cloud): its own
text was not read. What they must satisfy is in `sheets`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.rules.sheet_words import CONSOB_WARNING, DISCLAIMER, RISK_WARNING


@dataclass(frozen=True)
class Point:
    """One thing that a part must tell: its code and what it asks."""

    code: str
    asks: str | Promise


@dataclass(frozen=True)
class Part:
    """One part of a sheet: the letter or number that the law gives it, its title, what it asks.

    `points` are its fields, where it has any; else it is one text under its own code.
    """

    code: str
    title: str | Promise
    asks: str | Promise
    points: tuple[Point, ...] = ()

    @property
    def fields(self) -> tuple[Point, ...]:
        """All that is written in it."""
        return self.points or (Point(self.code, self.asks),)


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
            (
                Point("A.owner", _("Who the owner is: legal form, members, directors, contacts")),
                Point("A.responsible", _("Who answers for this sheet")),
                Point("A.activity", _("What the owner does, and sells")),
                Point("A.accounts", _("Where the last accounts can be read")),
                Point("A.figures", _("Yearly key figures of the last three years")),
                Point("A.project", _("The project, its purpose and main features")),
            ),
        ),
        Part(
            "B",
            _("The process and its conditions"),
            _(
                "Minimum, deadline, what happens if it is missed, maximum, own funds, change of "
                "the capital, the right to change one's mind."
            ),
            (
                Point("B.minimum", _("Minimum to be raised, and offers made before")),
                Point("B.deadline", _("Deadline for reaching it")),
                Point("B.missed", _("What happens if it is not reached in time")),
                Point("B.maximum", _("Maximum, where it differs")),
                Point("B.own_funds", _("Own funds that the owner commits")),
                Point("B.capital", _("How the owner's capital or loans change with the offer")),
                Point("B.reflection", _("The right to change one's mind, and how")),
            ),
        ),
        Part(
            "C",
            _("Risk factors"),
            _("The main risks of project, sector, default and resale."),
            (
                Point("C.project", _("Risk of the project")),
                Point("C.sector", _("Risk of the sector")),
                Point("C.default", _("Risk of default")),
                Point("C.return", _("Risk of a lower, later or no return")),
                Point("C.platform", _("Risk of failure of the platform")),
                Point("C.illiquidity", _("Risk of being unable to sell")),
                Point("C.others", _("Other risks")),
            ),
        ),
        Part(
            "D",
            _("The offer of securities"),
            _(
                "Amount and type, price, allocation, how to subscribe, custody, guarantee, buy-back."
            ),
            (
                Point("D.type", _("Amount and type of what is offered")),
                Point("D.price", _("Price of subscription")),
                Point("D.allocation", _("Whether more is accepted than offered, who gets shares")),
                Point("D.payment", _("How one subscribes and pays")),
                Point("D.custody", _("Who keeps the instruments and hands them over")),
                Point("D.guarantee", _("Guarantee or collateral")),
                Point("D.buyback", _("Whether somebody commits to buy back")),
            ),
        ),
        Part(
            "E",
            _("Special purpose vehicles"),
            _("Whether one stands between the project and the investor, and how to reach it."),
            (
                Point("E.vehicle", _("The vehicle between the project and the investor")),
                Point("E.contacts", _("How to reach it")),
            ),
        ),
        Part(
            "F",
            _("Rights of investors"),
            _("Rights, limits of transfer, ways out, capital and votes before and after."),
            (
                Point("F.rights", _("Main rights that come with what is offered")),
                Point("F.transfer", _("Limits to which it is subject, and to its transfer")),
                Point("F.exit", _("Ways out of the investment")),
                Point("F.capital", _("Capital and votes before and after, if all is subscribed")),
            ),
        ),
        Part("G", _("The loan"), _("Nature, duration, interest and repayment of a loan.")),
        Part(
            "H",
            _("Fees, information and complaints"),
            _("What it costs, where to ask for more without cost, how to complain."),
            (
                Point("H.fees", _("Fees and costs of the investment")),
                Point("H.information", _("Where more is told without cost")),
                Point("H.complaints", _("To whom and how one complains")),
            ),
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
        Part(
            "2",
            _("Risks"),
            _("The risks of this issuer and of this investment."),
            (
                Point("2.issuer", _("Risks of this issuer")),
                Point("2.offer", _("Risks of this offer")),
            ),
        ),
        Part(
            "3",
            _("The issuer and its instruments"),
            _("Project, plan, accounts, directors, rights of the instruments, exit and tag-along."),
            (
                Point(
                    "3.project", _("The business project, its plan, and where the issuer's site is")
                ),
                Point(
                    "3.accounts", _("Key figures of the last accounts, and where they are whole")
                ),
                Point("3.directors", _("Who directs the issuer")),
                Point("3.instruments", _("What is offered, and the rights that come with it")),
                Point("3.exit", _("Ways out and selling along if control changes")),
            ),
        ),
        Part(
            "4",
            _("The offer"),
            _(
                "Conditions, part of the professionals, costs, deadlines, withdrawal and revocation."
            ),
            (
                Point("4.conditions", _("For whom the offer is, and when it takes effect")),
                Point("4.subscribed", _("What professionals subscribed already, and who they are")),
                Point("4.costs", _("Costs and fees of the investor, also for passing orders on")),
                Point("4.transfer", _("What the other way of transferring quotas would cost")),
                Point("4.professionals", _("How the part of the professionals is counted")),
                Point("4.deadlines", _("When the offer begins and ends")),
                Point("4.withdrawal", _("How one withdraws from an order or revokes it")),
            ),
        ),
        Part("5", _("Services of the portal"), _("What the portal does for the issuer.")),
    ),
)
