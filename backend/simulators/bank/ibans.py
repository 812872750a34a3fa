"""Account numbers that software accepts and no bank can have given.

`ITkk C 99999 99999 SYNTHnnnnnnn`: right by ISO 13616 (length, characters, mod-97 check digits), and
invalid by construction in Italy: no bank has the ABI code 99999, and the national check letter C is
always the one after the right one.
"""

BODY = "9999999999SYNTH"
# Values of characters on odd places, as the Italian bankers' association prescribes for the letter.
ODD = (
    1,
    0,
    5,
    7,
    9,
    13,
    15,
    17,
    19,
    21,
    2,
    4,
    18,
    20,
    11,
    3,
    6,
    8,
    12,
    14,
    16,
    10,
    22,
    25,
    24,
    23,
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def synthetic_iban(number: int) -> str:
    """The account number of that number; the word SYNTH stands in it for everyone to read."""
    rest = f"{BODY}{number:07d}"
    bban = f"{_wrong_letter(rest)}{rest}"
    digits = "".join(str(int(character, 36)) for character in f"{bban}IT00")
    return f"IT{98 - int(digits) % 97:02d}{bban}"


def is_synthetic(iban: str) -> bool:
    """Whether it is one of these."""
    return iban[5:].startswith(BODY)


def _wrong_letter(rest: str) -> str:
    values = [int(c) if c.isdigit() else LETTERS.index(c) for c in rest]
    total = sum(ODD[value] if place % 2 == 0 else value for place, value in enumerate(values))
    return LETTERS[(total + 1) % 26]
