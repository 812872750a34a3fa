"""Whose hand stands under a purchase: who bids at court, and who witnesses a deed of gift. Pure.

Who bids declares not to be the debtor, who may not (c.p.c. 579), and bids in person or by somebody with
a power for it (c.p.c. 571); a gift is made by public deed before two witnesses (c.c. 782).
"""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import Refused
from properties.models.routes import BidsAs


class NoDeclaration(Refused):
    code = "acquisition.no_declaration"


class NoPower(Refused):
    code = "acquisition.no_power"


class NoWitnesses(Refused):
    code = "acquisition.no_witnesses"


def refuse_bidder(*, bids_as: str, is_not_debtor: bool, document: str) -> None:
    """Raise NoDeclaration unless the bidder declared not to be the debtor, NoPower where another bids
    for us and no paper says that they may."""
    if bids_as not in BidsAs.values:
        raise NoDeclaration(_("Say who files the offer (c.p.c. 571)."), field="bids_as")
    if not is_not_debtor:
        raise NoDeclaration(
            _("The debtor may not bid (c.p.c. 579): who files the offer declares not to be."),
            field="is_not_debtor",
        )
    if bids_as != BidsAs.REPRESENTATIVE and not document.strip():
        raise NoPower(_("Say where the power of who bids for us is."), field="document")


def refuse_gift(*, document: str, witness: str, other_witness: str) -> None:
    """Raise NoWitnesses unless a deed of gift is named and two people witnessed it."""
    if not document.strip():
        raise NoWitnesses(
            _("A gift needs a public deed with two witnesses (c.c. 782): say where it is."),
            field="document",
        )
    refuse_one_witness(witness=witness, other_witness=other_witness)


def refuse_one_witness(*, witness: str, other_witness: str) -> None:
    """Raise NoWitnesses unless both are named, and are two people."""
    one, other = (" ".join(name.split()).casefold() for name in (witness, other_witness))
    if not one or not other or one == other:
        raise NoWitnesses(
            _("A deed of gift is void without two witnesses (c.c. 782): name both."),
            field="other_witness" if one else "witness",
        )
