"""What makes a bank line that line, so that files that overlap book nothing twice. Pure.

The bank's own id, within its day (many banks begin anew each day), where the file's ids are unique;
else what the line says, and which occurrence of it this is within its file and day: two genuine
identical transfers are two lines, and both are known again when an overlapping file brings both.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from backend.treasury.parsed import ParsedLine


class Identity(NamedTuple):
    """`identity` is unique in the account. `fingerprint` is a hash of what the line says, and
    `occurrence` counts the lines that say the same; `bank_id` is empty where it names nothing."""

    fingerprint: str
    occurrence: int
    bank_id: str
    on: dt.date

    @property
    def identity(self) -> str:
        if self.bank_id:
            return of_bank_id(self.bank_id, self.on)
        return f"{self.fingerprint}:{self.occurrence}"


def of_bank_id(bank_id: str, on: dt.date) -> str:
    """The identity of a line of a day that has a bank's id of its own."""
    return f"id:{on}:{bank_id}"


@dataclass(frozen=True, slots=True)
class Known:
    """What an account has already: amounts by day and bank id, and how many lines say each thing."""

    amounts: Mapping[tuple[dt.date, str], Decimal]
    said: Counter[str]
    anonymous: Counter[str]


def known(lines: Iterable[tuple[str, str, dt.date, Decimal]]) -> Known:
    """Gather from an account's lines, as (fingerprint, bank id, day of booking, amount)."""
    lines = list(lines)
    return Known(
        amounts={(on, bank_id): amount for _said, bank_id, on, amount in lines if bank_id},
        said=Counter(said for said, _bank_id, _on, _amount in lines),
        anonymous=Counter(said for said, bank_id, _on, _amount in lines if not bank_id),
    )


def of_lines(lines: Sequence[ParsedLine]) -> list[Identity]:
    """The identities of one account's lines of one file, in order."""
    ids = Counter((line.booked_on, line.bank_id) for line in lines if line.bank_id)
    seen: Counter[str] = Counter()
    result = []
    for line in lines:
        said = fingerprint(line)
        seen[said] += 1
        # An id that stands twice on a day names nothing: some banks give a batch one id.
        bank_id = line.bank_id if ids[line.booked_on, line.bank_id] == 1 else ""
        result.append(Identity(said, seen[said], bank_id, line.booked_on))
    return result


def is_known(one: Identity, of_account: Known) -> bool:
    """Whether the account has the line already; counts are compared, so files may overlap anyhow.

    A line with a bank's id is also recognised among lines that came without one, and the other way
    round. Two ids that differ are two lines.
    """
    if (one.on, one.bank_id) in of_account.amounts:
        return True
    alike = of_account.anonymous if one.bank_id else of_account.said
    return one.occurrence <= alike[one.fingerprint]


def fingerprint(line: ParsedLine) -> str:
    """A hash of what the line says; white space in its text does not count."""
    parts = (
        line.booked_on.isoformat(),
        line.value_on.isoformat(),
        f"{line.amount.amount:.2f} {line.amount.currency.code}",
        line.counterparty_name,
        line.counterparty_iban,
        " ".join(line.text.split()),
        line.end_to_end_id,
        line.creditor_reference,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]
