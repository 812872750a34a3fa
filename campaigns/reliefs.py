"""The tax relief that an issuer's status opens on a day: rates and ceilings read from dated parameters.

What follows from them is pure (`rules.tax_relief`); the certificate is in `certificates`.
"""

import datetime as dt
from decimal import Decimal

from backend.core import parameters
from backend.core.models import Organisation, Parameter
from backend.core.money import euro
from campaigns.models import IssuerStatus
from campaigns.rules import tax_relief
from campaigns.rules.tax_relief import Scheme, StartUp


def scheme(name: str, *, is_person: bool, on: dt.date) -> Scheme | None:
    """A scheme (ORDINARY, DE_MINIMIS) as it stood on a day; None where the law knew none."""
    who = "person" if is_person else "body"
    try:
        rate = parameters.value(tax_relief.RATE.format(name), on=on)
        ceiling = parameters.value(tax_relief.YEARLY_CEILING.format(name, who), on=on)
    except Parameter.DoesNotExist:
        return None
    return Scheme(Decimal(rate), euro(ceiling))


def start_up(issuer: Organisation, *, on: dt.date) -> StartUp:
    """Since when an issuer is an innovative start-up on a day; without a day it is none."""
    statuses = IssuerStatus.objects.filter(
        issuer=issuer, status=IssuerStatus.Status.STARTUP, since__lte=on
    )
    standing = [each for each in statuses if each.until is None or on < each.until]
    return StartUp(registered_on=min((each.since for each in standing), default=None))
