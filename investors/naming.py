"""How the public sees an investor: by name, by initials, or as one of the investors. Pure.

Wherever investors are listed to people who are not staff, the name comes from here.
"""

from django.utils.translation import gettext as _

from investors.models import Investor


def public_name(investor: Investor) -> str:
    """The name that the investor chose to show; who was erased shows none."""
    if investor.erased_at is not None or investor.shown_as == Investor.ShownAs.ANONYMOUS:
        return _("an investor")
    if investor.shown_as == Investor.ShownAs.INITIALS:
        return initials(investor.name)
    return investor.name


def initials(name: str) -> str:
    """The first letter of each part of a name: "Anna Maria de' Neri" is "A. M. D. N."."""
    return " ".join(f"{part[0].upper()}." for part in name.split() if part[0].isalpha())
