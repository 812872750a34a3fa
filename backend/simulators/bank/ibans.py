"""Account numbers that software accepts and no bank can have given.

`IT kk X 99999 99999 SYNTHnnnnnnn`: right by ISO 13616 (length, characters, mod-97 check digits), and
invalid by construction in Italy: 99999 is no bank's ABI code, and the national check letter never is X.
"""

BANK_AND_BRANCH = "9999999999"
PREFIX = f"X{BANK_AND_BRANCH}SYNTH"


def synthetic_iban(number: int) -> str:
    """The account number of that number; the word SYNTH stands in it for everyone to read."""
    bban = f"{PREFIX}{number:07d}"
    digits = "".join(str(int(character, 36)) for character in f"{bban}IT00")
    return f"IT{98 - int(digits) % 97:02d}{bban}"


def is_synthetic(iban: str) -> bool:
    """Whether it is one of ours."""
    return iban[4:].startswith(PREFIX)
