"""The work of a run: what is expected, and the files of a bank that bring it, with a bank's mess.

The same number gives the same files: two runs of one load must come to the same books.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.treasury.files import Move, paper

AMOUNT = 500
# What becomes of a hundred items: the rest is exact.
MIX = {"short": 4, "over": 4, "twice": 3, "nameless": 4}


@dataclass(frozen=True)
class Load:
    """`count` items in `files` files."""

    count: int
    files: int
    seed: int = 20261122

    def papers(self, references: list[str]) -> Iterator[bytes]:
        """The bank's files, one after the other; the last balance of one opens the next."""
        moves = self._moves(references)
        size = -(-len(moves) // self.files)
        opening = 0
        for number in range(self.files):
            some = moves[number * size : (number + 1) * size]
            yield paper(*some, opening=f"{opening}.00", id=f"S-{number}")
            opening += sum(int(float(move.amount)) for move in some)

    def _moves(self, references: list[str]) -> list[Move]:
        chance = random.Random(self.seed)
        kinds = [kind for kind, share in MIX.items() for _ in range(share)]
        moves = []
        for number in range(self.count):
            kind = chance.choice(kinds + ["exact"] * (100 - len(kinds)))
            reference = references[number]
            if kind == "twice":
                reference = references[max(number - 1, 0)]
            amount = AMOUNT + {"short": -20, "over": 30}.get(kind, 0)
            text = "senza causale" if kind == "nameless" else f"quota {reference}"
            moves.append(Move(f"{amount}.00", text, bank_id=f"B{number:06d}"))
        return moves
