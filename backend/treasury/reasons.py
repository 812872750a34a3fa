"""What the codes of decisions and endings say to people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "reference.structured": _("The reference stands in its own field."),
    "reference.end_to_end": _("The reference stands in the end-to-end id."),
    "reference.text": _("The reference stands in the text."),
    "repaired": _("The reference was damaged, and its check digits allow only this one."),
    "end_to_end": _("The code stands in the end-to-end id and the amount is exact."),
    "bundle": _("The line names several that belong together, and is their exact sum."),
    "code": _("The code stands in the text and the amount is exact."),
    "short": _("A part arrived; this much is missing."),
    "over": _("A part is explained; the rest is more than was expected."),
    "batch": _("The bank did not take this batch apart."),
    "returned": _("This takes back or returns an earlier movement."),
    "several": _("More than one reference: one transfer for several debts."),
    "unknown": _("The reference is valid, but nobody waits for it."),
    "none": _("No reference was found."),
    "direction": _("The reference belongs to money that goes the other way."),
    "account": _("The reference belongs to another bank account."),
    "currency": _("The money was sent in another currency than expected."),
    "cancelled": _("What the reference belongs to was cancelled."),
    "met": _("What the reference belongs to was paid already."),
    "amount": _("The code fits, the amount does not."),
    "waits": _("A transfer between own accounts that has not left the other one yet."),
    "refused": _("The books refused it."),
    "taken_back": _("What explained it was taken back."),
    "explained": _("explained"),
    "arrived": _("the rest arrived"),
    "withdrawn": _("no longer expected"),
    "changed": _("became something else"),
}


def text(code: str) -> str:
    """The sentence of a code; a text that a person wrote is its own."""
    return str(REASONS.get(code, code))


GUESSES: dict[str, str | Promise] = {
    "named": _("The line names its reference."),
    "near": _("Its reference differs by one character from what was written."),
    "iban": _("The same account paid for them before."),
    "name": _("The name is alike."),
    "amount": _("The amount is the same."),
}


def of_guess(code: str) -> str:
    """Why an expectation was guessed, in words."""
    return str(GUESSES[code])
