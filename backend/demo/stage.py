"""Where the story happens: the site, the world outside, and who speaks.

A day passes here (`go_to`): the clock moves, the bank and the cards act, finance hands in what the
bank wrote, and the worker does what follows.
"""

from dataclasses import dataclass, field

from backend.core.cast import Person
from backend.demo import people
from backend.demo.client import Client
from backend.demo.outside import Outside


@dataclass
class Stage:
    """One demo under way."""

    site: str
    outside: Outside
    tokens: dict[str, str] = field(default_factory=dict)

    def visitor(self) -> Client:
        """Somebody without an account."""
        return Client(self.site)

    def client(self, email: str) -> Client:
        """Somebody with one."""
        if email not in self.tokens:
            self.tokens = people.tokens()
        return Client(self.site, self.tokens[email])

    def cast(self, person: Person) -> Client:
        return self.client(person.email)
