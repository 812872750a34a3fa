"""What a broken rule says: a stable code, a status, and a sentence that a person can act on.

Each rule's own exception stands beside the rule and derives from one of the kinds below.
"""

from typing import Any, ClassVar

from django.utils.functional import Promise


class RuleBroken(Exception):
    """A rule refused. `sentence` may be read by a user; `facts` carry ids and figures for the log."""

    code: ClassVar[str] = "rule_broken"
    status: ClassVar[int] = 422

    def __init__(self, sentence: str | Promise, **facts: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts

    def __str__(self) -> str:
        return str(self.sentence)


class Refused(RuleBroken):
    """What was asked is not possible as it was asked (422)."""

    code = "refused"


class Conflict(RuleBroken):
    """What was asked contradicts how things stand now (409)."""

    code = "conflict"
    status = 409


class Forbidden(RuleBroken):
    """The person may not do this (403)."""

    code = "forbidden"
    status = 403


class Missing(RuleBroken):
    """There is no such thing among what the person may see (404)."""

    code = "not_found"
    status = 404
