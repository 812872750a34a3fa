"""What an order says was read before it: the information sheet in force, and the warnings of this order.

Warnings that are the same for everyone stand on the form. One that hangs on the investor or the sum
(R31, R45) is named by its digest, so that nobody accepts words that they were never shown.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from backend.core.errors import Conflict, Refused
from campaigns import sheets
from campaigns.models import Campaign
from investors import warnings
from investors.warnings import Told

SAME_FOR_ALL = (warnings.Kind.LOSS_OF_ALL, warnings.Kind.BEARS_LOSS)
REPLACED = _("The information sheet was replaced while you read it: read the new one first.")
UNWARNED = _(
    "For this amount there is a warning to read first: read it, and place the order again."
)


class SheetReplaced(Conflict):
    code = "pledge.sheet_replaced"


class SheetUnread(Refused):
    """`facts["now"]` is the version to read."""

    code = "pledge.sheet_unread"


class WarningsUnread(Refused):
    """`facts["words"]` are the warnings to read, `facts["now"]` names them in the order."""

    code = "pledge.warnings_unread"


def is_sheet_replaced(*, campaign: Campaign, read: int | None) -> bool:
    """Whether another information sheet was published since somebody read one; None: nobody says."""
    return read is not None and sheets.version_in_force(campaign) not in (None, read)


def refuse_unread_sheet(*, campaign: Campaign, read: int | None) -> None:
    """An order names the sheet that it was read with, and it is the one in force (R12, R16).

    Raises SheetUnread, SheetReplaced.
    """
    now = sheets.version_in_force(campaign)
    if now is None or now == read:
        return
    if read is None:
        raise SheetUnread(
            _("Read the information sheet first, and name its version in the order."), now=now
        )
    raise SheetReplaced(REPLACED, read=read, now=now)


def refuse_unwarned(*, told: Sequence[Told], read: str) -> None:
    """An order names the warnings that it was read with, where they are this investor's own: another
    amount or another language is another text (R45). Raises WarningsUnread."""
    if all(each.kind in SAME_FOR_ALL for each in told):
        return
    now = warnings.digest(told)
    if read != now:
        raise WarningsUnread(UNWARNED, words=[str(each) for each in told], now=now)
