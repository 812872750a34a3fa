"""What must hold of the paper that makes a home ours, or ours to manage, and of giving it back."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import Conflict
from properties import lettings, signatures
from properties.guards.steps import Incomplete, Step, guard_price, refuse_unapproved
from properties.models import Acquisition
from properties.models.routes import Route


class LivedIn(Conflict):
    code = "acquisition.lived_in"


def guard_title(acquisition: Acquisition, step: Step) -> None:
    """A gift is made by public deed before two witnesses, or it is none (c.c. 782)."""
    refuse_unapproved(acquisition)
    if acquisition.route == Route.DONATION:
        signatures.refuse_gift(
            document=step.document, witness=step.witness, other_witness=step.other_witness
        )
    guard_price(acquisition, step)


def guard_mandate(acquisition: Acquisition, step: Step) -> None:
    refuse_unapproved(acquisition)
    refuse_open_terms(step)


def refuse_open_terms(step: Step) -> None:
    """Refuse a mandate without a term, or that does not say what rent its owner is guaranteed."""
    if step.amount is None:
        raise Incomplete(_("Say which rent the owner is guaranteed."), field="amount")
    if step.term_ends_on is None or step.term_ends_on <= step.on:
        raise Incomplete(_("Say until when the mandate runs."), field="term_ends_on")


def guard_return(acquisition: Acquisition, step: Step) -> None:
    if lettings.is_lived_in(acquisition.unit, step.on):
        raise LivedIn(_("People live here: find them a home first, and say when they left."))
