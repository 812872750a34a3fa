"""The people of the demo: who they are and what they are there for. All invented.

The demo makes these users; the login page offers them with one click, in demo mode alone.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.roles import Role


@dataclass(frozen=True)
class Person:
    """One of the cast. `task` says what this person can try."""

    email: str
    name: str
    role: Role
    task: str | Promise
    language: str = "it"


INVESTOR = Person(
    "giulia@example.org",
    "Giulia Ferrero",
    Role.INVESTOR,
    _("pledges, pays, reads her report"),
)
SECOND_INVESTOR = Person(
    "tommaso@example.org",
    "Tommaso Sala",
    Role.INVESTOR,
    _("has money in two campaigns"),
)
MANAGER = Person(
    "marta@example.org", "Marta Conti", Role.MANAGER, _("runs campaigns and buys homes")
)
SECOND_MANAGER = Person(
    "paolo@example.org", "Paolo Riva", Role.MANAGER, _("approves what Marta asks for")
)
FINANCE = Person(
    "elena@example.org",
    "Elena Galli",
    Role.FINANCE,
    _("reads the bank and checks the books"),
)
CASEWORKER = Person(
    "samir@example.org", "Samir Haddad", Role.CASEWORKER, _("follows the households")
)
CITY_REVIEWER = Person(
    "chiara@example.org",
    "Chiara Bosco",
    Role.CITY_REVIEWER,
    _("reviews the quarter for the city"),
)
PROGRAMME_OFFICER = Person(
    "lia@example.org",
    "Lia Moro",
    Role.PROGRAMME_OFFICER,
    _("runs a programme of the city"),
)
AUDITOR = Person("ugo@example.org", "Ugo Marini", Role.AUDITOR, _("follows an amount both ways"))
ADMINISTRATOR = Person(
    "ada@example.org",
    "Ada Lodi",
    Role.ADMINISTRATOR,
    _("looks after accounts and settings"),
)

CAST: tuple[Person, ...] = (
    INVESTOR,
    SECOND_INVESTOR,
    MANAGER,
    SECOND_MANAGER,
    FINANCE,
    CASEWORKER,
    CITY_REVIEWER,
    PROGRAMME_OFFICER,
    AUDITOR,
    ADMINISTRATOR,
)


def by_email(email: str) -> Person | None:
    """The person of the cast with this address, or None."""
    return next((person for person in CAST if person.email == email), None)
