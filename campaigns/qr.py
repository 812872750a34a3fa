"""The payment code that banking apps read (EPC069-12), as an SVG without styles or scripts. Pure."""

from django.utils.safestring import SafeString, mark_safe
from djmoney.money import Money
from segno.helpers import make_epc_qr


def payment_code(*, holder: str, iban: str, amount: Money, reference: str) -> SafeString:
    """A transfer of the amount to the account, with the creditor reference filled in."""
    code = make_epc_qr(
        name=holder[:70], iban=iban, amount=amount.amount, reference=reference, encoding="utf-8"
    )
    # The library writes the drawing from numbers alone; nothing a person typed goes into it.
    return mark_safe(code.svg_inline(scale=4, border=2, omitsize=True))  # noqa: S308
