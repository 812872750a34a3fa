"""What becomes of a reference between a payer's hand and a bank's file.

Each style is one way seen in real statements; `structured` is the rare payer who fills the right field.
"""

from dataclasses import dataclass

LINE_LENGTH = 140
STYLES = (
    "structured",
    "plain",
    "grouped",
    "lower",
    "broken",
    "glued",
    "cut",
    "typo",
    "missing",
)


@dataclass(frozen=True)
class Remittance:
    """What the file carries: lines of free text, and the structured reference where there is one."""

    lines: tuple[str, ...]
    reference: str = ""


def written(reference: str, words: str, style: str) -> Remittance:
    """This will write the reference beside the payer's words in one of the styles."""
    if style not in STYLES:
        raise ValueError(f"No such style: {style}")
    if style == "structured":
        return Remittance((words,) if words else (), reference)
    if style == "broken":
        middle = len(reference) // 2
        return Remittance((f"{words} {reference[:middle]}".strip(), reference[middle:]))
    text = f"{_hand(reference, style)} {words}".strip()
    if style == "cut":
        # The payer wrote a long story first; the bank kept the first 140 characters of it.
        text = f"{words} {reference}".rjust(LINE_LENGTH + 6, ".")
    return Remittance((text[:LINE_LENGTH],))


def _hand(reference: str, style: str) -> str:
    hands = {
        "grouped": " ".join(reference[i : i + 4] for i in range(0, len(reference), 4)),
        "lower": reference.lower(),
        "glued": f"causale:{reference}/",
        "typo": _mistyped(reference),
        "missing": "",
    }
    return hands.get(style, reference)


def _mistyped(reference: str) -> str:
    """The last character changed for another of its sort: never a valid reference again.

    Mod 97 sees every change of a digit for a digit, or a letter for a letter; a letter for a digit
    may escape it (KAC and KA7 have the same check digits).
    """
    kept, last = reference[:-1], reference[-1:]
    if last.isdigit():
        return kept + ("7" if last != "7" else "1")
    return kept + ("K" if last != "K" else "L")
