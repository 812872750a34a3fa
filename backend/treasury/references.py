"""Creditor references (ISO 11649): made short enough to be typed, and found again in what people
type.

Ours have one shape, `RF18 KTMB 3184 2207`: two check digits, four consonants, eight digits. A
letter never stands where another reference has a digit, so mod 97-10 catches every single wrong
character and every swapped pair; what does not check is not found, and what can only have been one
reference is repaired. Pure. Booking by reference is in `matching`.
"""

import hashlib
import re
from functools import lru_cache

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels: no words by chance, and no I or O to read as 1 or 0
SHORTEST_CODE, LONGEST_CODE = 8, 35

_CLASS = f"[{LETTERS}]"
_GAP = r"[^A-Z0-9]{0,4}"  # a space, a dash, a line break with its indentation
_OURS = re.compile(
    _GAP.join(["R", "F", r"\d", r"\d", *[_CLASS] * 4, *[r"\d"] * 8]) + r"(?!\d)",
    re.ASCII,
)
_SHAPE = re.compile(rf"RF\d\d{_CLASS}{{4}}\d{{8}}", re.ASCII)
# Six words, because banks break a code of sixteen characters into at most that many.
_NOISE = re.compile(r"[^A-Z0-9]+", re.ASCII)
_CHUNK = re.compile(r"[A-Z0-9_]+", re.ASCII)
_LONGEST_RUN = 6
_FIRST, _LETTERS, _LENGTH = 4, 8, 16  # RF and two digits, four letters, eight digits
_NUMBERS = {letter: str(ord(letter) - 55) for letter in LETTERS}  # A counts as 10, Z as 35


def creditor_reference(seed: str) -> str:
    """The reference that belongs to a seed, e.g. `pledge:1207`; the same seed gives the same one.

    1.6 · 10^13 are possible, so the unique index that keeps them apart is a formality.
    """
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:16])
    number, tail = divmod(number, 10**8)
    head = ""
    for _place in range(4):
        number, letter = divmod(number, len(LETTERS))
        head += LETTERS[letter]
    body = f"{head}{tail:08d}"
    return f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}"


def shown(reference: str) -> str:
    """The reference as it is printed for people, in groups of four."""
    return str(iso11649.format(reference)) if is_creditor_reference(reference) else reference


def is_creditor_reference(text: str) -> bool:
    """Whether the text is a reference of ISO 11649 with right check digits, whoever made it."""
    return bool(iso11649.is_valid(text))


def is_ours(text: str) -> bool:
    """Whether the text is a reference of our shape, in which no single slip goes unseen."""
    return bool(_SHAPE.fullmatch(text)) and _checks(text)


def normal(text: str) -> str:
    """A reference or code as it is compared: capitals and digits alone."""
    return _NOISE.sub("", text.upper())


def find(text: str) -> list[str]:
    """Our references in free text, in their order, each once.

    Lower case, spaces, dashes, line breaks and glued text are forgiven; a wrong character never is.
    More digits glued to the end are a sign of an inserted one, so such a reference is not found.
    """
    found = _OURS.findall(text.upper())
    codes = [one if len(one) == _LENGTH else _NOISE.sub("", one) for one in found]
    return list(dict.fromkeys([code for code in codes if _checks(code)]))


def _checks(code: str) -> bool:
    """Mod 97-10 of a code of our shape: the body, then RF (2715) and the check digits. By hand, because
    every line of every statement asks for it."""
    head = "".join([_NUMBERS[letter] for letter in code[_FIRST:_LETTERS]])
    return int(f"{head}{code[_LETTERS:]}2715{code[2:_FIRST]}") % 97 == 1


# What people write for what they read, where a reference has a digit (our letters have no I, O, Q).
_LOOK_ALIKE = str.maketrans("OQDILSBZG", "000115826")


def repair(text: str) -> list[str]:
    """Our references that a damaged one can only have been: letters that look like a digit where a
    digit stands, neighbours that changed places, or a lost RF; check digits must hold afterwards.

    A reference of which several can be made is none. A wrong character may stand anywhere, and
    several are right for it, so it is never repaired.
    """
    return list(_repair(text))


# Asked as often as what a line names (`matching.keys`); most texts of a second pass have nothing to repair.
@lru_cache(maxsize=20_000)
def _repair(text: str) -> tuple[str, ...]:
    words = _CHUNK.findall(text.upper())
    runs = (
        normal("".join(words[start : start + length]))
        for length in range(1, _LONGEST_RUN + 1)
        for start in range(len(words) - length + 1)
    )
    repaired = (_repaired(run) for run in runs if len(run) in (14, 16))
    found = [codes for codes in repaired if codes]
    return tuple(dict.fromkeys(code for codes in found for code in codes))


def _repaired(run: str) -> list[str]:
    whole = run if len(run) == 16 else f"RF{run}"
    swapped = (
        whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :] for at in range(len(whole) - 1)
    )
    tried = (_digits_restored(whole), *swapped) if whole[:2] == "RF" else swapped
    return list(dict.fromkeys(code for code in tried if is_ours(code)))


def _digits_restored(code: str) -> str:
    head, letters, tail = code[2:_FIRST], code[_FIRST:_LETTERS], code[_LETTERS:]
    return f"RF{head.translate(_LOOK_ALIKE)}{letters}{tail.translate(_LOOK_ALIKE)}"


def codes(text: str) -> frozenset[str]:
    """Every code the text might carry: runs of up to six neighbouring words, joined.

    For references made by others (a payout's id, an invoice number), which have no check digits.
    """
    words = [normal(word) for word in _CHUNK.findall(text.upper())]
    runs = (
        "".join(words[start : start + length])
        for length in range(1, _LONGEST_RUN + 1)
        for start in range(len(words) - length + 1)
    )
    return frozenset(run for run in runs if SHORTEST_CODE <= len(run) <= LONGEST_CODE)
