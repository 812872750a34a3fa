"""The attacker of P6: solves for the least and the most that a hidden number can be.

Exact: a simplex over the rationals (Bland's rule, so that it ends), on every equality that was ever
published and on nothing being below zero.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

Row = list[Fraction]


class Attack:
    """What is known of some numbers, none below zero: sums of them that were published."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rows: list[Row] = []
        self.sums: list[Fraction] = []

    def learn(self, places: Sequence[int], total: int) -> None:
        """The numbers at these places add up to a total."""
        self._learn(dict.fromkeys(places, 1), total)

    def learn_equal(self, places: Sequence[int], others: Sequence[int]) -> None:
        """The numbers at these places add up to what those at others add up to."""
        self._learn({**dict.fromkeys(places, 1), **dict.fromkeys(others, -1)}, 0)

    def learn_grows(self, before: int, after: int) -> None:
        """The number at one place is no larger than that at another."""
        slack = self._slack()
        self._learn({before: 1, slack: 1, after: -1}, 0)

    def learn_below(self, places: Sequence[int], bound: int) -> None:
        """The numbers at these places add up to less than a bound."""
        self._learn({**dict.fromkeys(places, 1), self._slack(): 1}, bound - 1)

    def learn_ratio(self, over: Mapping[int, int], under: int, value: int, half: Fraction) -> None:
        """What is over, times its factors, is the value times what is under, to half a step."""
        for sign in (1, -1):
            row = {place: Fraction(sign * factor) for place, factor in over.items()}
            self._learn({**row, under: -(sign * value + half), self._slack(): Fraction(1)}, 0)

    def width(self, place: int) -> Fraction | None:
        """How far the most and the least that a number can be lie apart; None: any number."""
        return self.width_of({place: 1})

    def width_of(self, form: Mapping[int, int]) -> Fraction | None:
        """The same of numbers times factors, added up."""
        least = self._least(form, 1)
        most = self._least(form, -1)
        return None if most is None or least is None else -most - least

    def _slack(self) -> int:
        self.size += 1
        return self.size - 1

    def _learn(self, factors: Mapping[int, int | Fraction], total: int) -> None:
        row = [Fraction(0)] * self.size
        for place, factor in factors.items():
            row[place] += factor
        self.rows.append(row)
        self.sums.append(Fraction(total))

    def _least(self, form: Mapping[int, int], sign: int) -> Fraction | None:
        cost = [Fraction(0)] * self.size
        for place, factor in form.items():
            cost[place] = Fraction(sign * factor)
        return minimum(
            [row + [Fraction(0)] * (self.size - len(row)) for row in self.rows], self.sums, cost
        )


def minimum(rows: list[Row], sums: list[Fraction], cost: Row) -> Fraction | None:
    """The least of cost · x where rows · x = sums and x >= 0; None where there is none."""
    count, size = len(rows), len(cost)
    table = []
    for at, (row, total) in enumerate(zip(rows, sums, strict=True)):
        sign = -1 if total < 0 else 1
        unit = [Fraction(int(at == other)) for other in range(count)]
        table.append([sign * each for each in row] + unit + [sign * total])
    basis = list(range(size, size + count))
    first = [Fraction(0)] * size + [Fraction(1)] * count
    assert _solve(table, basis, first, size + count) == 0, "what was published contradicts itself"
    _drive_out(table, basis, size)
    return _solve(table, basis, cost + [Fraction(0)] * count, size)


def _solve(table: list[Row], basis: list[int], cost: Row, size: int) -> Fraction | None:
    while True:
        prices = [cost[place] for place in basis]
        enters = next((at for at in range(size) if _reduced(table, prices, cost, at) < 0), None)
        if enters is None:
            return sum((p * row[-1] for p, row in zip(prices, table, strict=True)), Fraction(0))
        rows = [at for at, row in enumerate(table) if row[enters] > 0]
        if not rows:
            return None
        leaves = min(rows, key=lambda at: (table[at][-1] / table[at][enters], basis[at]))
        _pivot(table, basis, leaves, enters)


def _reduced(table: list[Row], prices: Row, cost: Row, at: int) -> Fraction:
    return cost[at] - sum((p * row[at] for p, row in zip(prices, table, strict=True)), Fraction(0))


def _drive_out(table: list[Row], basis: list[int], size: int) -> None:
    """Helpers of the first phase leave the basis; a row in which none can is told twice."""
    for at in range(len(table) - 1, -1, -1):
        if basis[at] < size:
            continue
        enters = next((place for place in range(size) if table[at][place]), None)
        if enters is None:
            del table[at], basis[at]
        else:
            _pivot(table, basis, at, enters)


def _pivot(table: list[Row], basis: list[int], leaves: int, enters: int) -> None:
    pivot = table[leaves][enters]
    table[leaves] = [each / pivot for each in table[leaves]]
    for at, row in enumerate(table):
        if at != leaves and row[enters]:
            factor = row[enters]
            table[at] = [a - factor * b for a, b in zip(row, table[leaves], strict=True)]
    basis[leaves] = enters
