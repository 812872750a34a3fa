"""What may be told outside about people and about homes that people were living in.

Pure. Counts, rates and amounts follow the privacy rules P1-P6 of the house, homes follow P27: a home
bought with people in it is told only in a group of three. Which rule a figure needs: `indicators.telling`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.core import thresholds

K_FLOOR = thresholds.FLOOR
RATE_DENOMINATOR = 10
"""Below this many nobody outside is told a rate (P3)."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads, and how few of a kind they may not be told of."""

    name: str
    k: int
    k_sensitive: int

    def __post_init__(self) -> None:
        if min(self.k, self.k_sensitive) < K_FLOOR:
            raise ValueError(f"A threshold below {K_FLOOR} protects nobody.")


PUBLIC = Audience("public", k=thresholds.PUBLIC, k_sensitive=thresholds.SENSITIVE)
INVESTOR = Audience("investor", k=thresholds.PUBLIC, k_sensitive=thresholds.SENSITIVE)
CITY = Audience("city", k=thresholds.CITY, k_sensitive=thresholds.SENSITIVE)
AUDIENCES = (PUBLIC, INVESTOR, CITY)


class Telling(StrEnum):
    """How much of a figure is told."""

    EXACT = "exact"
    FEWER_THAN = "fewer_than"
    BAND = "band"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as an audience may see it: a value, "fewer than", a band from-to, or nothing."""

    telling: Telling
    value: int | None = None
    low: int | None = None
    high: int | None = None
    parts: tuple[tuple[str, int], ...] = ()


WITHHELD = Shown(Telling.WITHHELD)


def exact(value: int) -> Shown:
    """A figure that needs no protection, or has passed it."""
    return Shown(Telling.EXACT, value=value)


def count(value: int, *, audience: Audience, sensitive: bool = False) -> Shown:
    """A total of people or households; below 2k only "fewer than 2k" is told, zero included.

    P1, P2 and P4: zero says of everyone that they are not in it, so it is told of nobody's home
    only where there can be none (the caller then uses `exact`).
    """
    bound = 2 * (audience.k_sensitive if sensitive else audience.k)
    return exact(value) if value >= bound else Shown(Telling.FEWER_THAN, high=bound)


def parts(
    values: Sequence[int],
    *,
    audience: Audience,
    sensitive: bool = False,
    never: Collection[int] = (),
) -> tuple[Shown, tuple[Shown, ...]]:
    """A total with its parts, where no hidden part can be worked out from what is shown.

    P1, P2, P5: parts below k are hidden, then the smallest others, until the hidden ones together
    leave an attacker at least k values to choose from (P6). The places in `never` are always hidden.
    """
    k = audience.k_sensitive if sensitive else audience.k
    total = count(sum(values), audience=audience, sensitive=sensitive)
    if total.telling is not Telling.EXACT:
        return total, (WITHHELD,) * len(values)
    hidden = {place for place, value in enumerate(values) if value < k or place in never}
    for place in sorted(range(len(values)), key=lambda place: values[place]):
        if _is_safe([values[one] for one in hidden], k):
            break
        hidden.add(place)
    shown = (WITHHELD if place in hidden else exact(v) for place, v in enumerate(values))
    return total, tuple(shown)


def _is_safe(hidden: Collection[int], k: int) -> bool:
    return not hidden or (len(hidden) > 1 and sum(hidden) >= k)


FINE_FROM, COARSE = 250, 5


def percent(numerator: int, denominator: int) -> int:
    """A rate in percent, in fives of fewer than 250: a whole percent of few names the number, and with
    the count of all, how many were left out (P6)."""
    step = 1 if denominator >= FINE_FROM else COARSE
    return step * round(100 * numerator / (step * denominator))


def rate(numerator: int, denominator: int, *, audience: Audience) -> Shown:
    """A rate where both sides are k or more, else a band (P3)."""
    if denominator < RATE_DENOMINATOR:
        return WITHHELD
    if min(numerator, denominator - numerator) >= audience.k:
        return exact(percent(numerator, denominator))
    return band(numerator, denominator, audience=audience)


def band(numerator: int, denominator: int, *, audience: Audience) -> Shown:
    """The narrowest band of a rate that leaves k values to choose from (P3, P6).

    The width of the bands depends on the denominator alone: a width chosen by the numerator would
    tell something of it.
    """
    # Fifths, else halves: a band in which only few numerators fit would be a number in disguise.
    for width in (20, 50):
        if all(_choices(low, width, denominator) > audience.k for low in range(0, 100, width)):
            low = min(100 * numerator // denominator // width * width, 100 - width)
            return Shown(Telling.BAND, low=low, high=low + width)
    return WITHHELD


def _choices(low: int, width: int, denominator: int) -> int:
    """How many numerators fall into a band; the last band holds 100 % too."""
    high = low + width
    return sum(
        1
        for numerator in range(denominator + 1)
        if low * denominator <= 100 * numerator < high * denominator
        or (high == 100 and numerator == denominator)
    )


WAITING_DAYS = (30, 60, 180, 365, 730)
"""Edges of the bands of waiting time, from HUD's table of time to home, the short ones merged."""


def waiting_time(days: Sequence[int], middle: int, *, audience: Audience) -> Shown:
    """The band in which the middle of some waits lies; nothing for fewer than k households."""
    if len(days) < audience.k:
        return WITHHELD
    edges = (0, *WAITING_DAYS)
    low = max(edge for edge in edges if edge <= middle)
    high = next((edge for edge in edges if edge > middle), None)
    return Shown(Telling.BAND, low=low, high=high)


AMOUNTS_MIN = 10
DOMINANT_TWO_PERCENT = 90
REST_PERCENT = 10


def is_safe_amount(amounts: Sequence[int]) -> bool:
    """Whether a sum or mean of these amounts may be told (P3, ACRO's defaults).

    Ten or more; the two largest are not 90 % of all (NK); the others together have a tenth of the
    largest or more, so that the second cannot work out the first (p-ratio).
    """
    return len(amounts) >= AMOUNTS_MIN and is_spread(amounts)


def is_spread(changes: Sequence[int]) -> bool:
    """Whether a sum may move by these: no two of them are 90 % of all (NK), none hides behind too
    little (p-ratio). Else what was told before and what is told now would tell one household's."""
    sizes = sorted((abs(change) for change in changes), reverse=True)
    rest = sum(sizes[2:])
    return (
        rest > 0
        and 100 * sum(sizes[:2]) < DOMINANT_TWO_PERCENT * sum(sizes)
        and (100 * rest >= REST_PERCENT * sizes[0])
    )


SPARED_STEP = 5_000_000
"""Cents: about what a hotel for five households costs. Days are public and so is the tariff, so that
of a sum to the cent the days of one more household would be left."""


def wide_band(low: int, high: int, *, step: int) -> Shown:
    """A range whose ends are moved apart to the next step."""
    return band_of_cents(low // step * step, -(-high // step) * step)


RENTS_STEP = 2_000_000
"""Cents: about what five households pay in a year, so that no band of rents tells of fewer."""


def rents(cents: int) -> Shown:
    """The band in which the rents of a year lie; exact sums of two quarters would tell a newcomer's."""
    low = max(cents, 0) // RENTS_STEP * RENTS_STEP
    return band_of_cents(low, low + RENTS_STEP)


def band_of_cents(low: int, high: int) -> Shown:
    """An amount that lies between two others."""
    return Shown(Telling.BAND, low=low, high=high)


AT_LEAST = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)


def members(number: int, *, audience: Audience, sensitive: bool = False) -> Shown:
    """How many stand behind a figure about people: fewer than 2k, or so many at least.

    Steps of k or more: a denominator to the unit would undo the rounding of its rate.
    """
    bound = 2 * (audience.k_sensitive if sensitive else audience.k)
    if number < bound:
        return Shown(Telling.FEWER_THAN, high=bound)
    steps = [bound, *(step for step in AT_LEAST if step > bound)]
    return Shown(Telling.BAND, low=max(step for step in steps if step <= number))


@dataclass(frozen=True, slots=True)
class Home:
    """What grouping needs to know of a home; the order is that of the purchases."""

    id: int
    was_occupied: bool
    is_complete: bool = True
    """Its costs are all paid: a cost that came later could be read off the group's growth."""


GROUP_SIZE = 3


def group_homes(
    homes: Iterable[Home], *, told: Sequence[frozenset[int]] = ()
) -> list[frozenset[int]]:
    """Groups of homes whose money may be told, in the order of purchase (P27).

    Groups once told stay as they are: a group that grew by one home would tell its price by the
    difference. A home that was free at purchase stands alone; homes that were occupied wait for
    each other until they are three, or two and one take in free homes not told of yet.
    """
    already = frozenset().union(*told)
    waiting = [home for home in homes if home.is_complete and home.id not in already]
    occupied = [home.id for home in waiting if home.was_occupied]
    free = [home.id for home in waiting if not home.was_occupied]
    borrowed = _borrowed(free, len(occupied))
    order = [home.id for home in waiting if home.was_occupied or home.id in borrowed]
    alone = [frozenset([home]) for home in free if home not in borrowed]
    return [*told, *_chunks(order), *alone]


def counted_homes(
    homes: Iterable[Home],
    *,
    grouped: Collection[int],
    raised: Collection[int],
    before: Collection[int],
) -> frozenset[int]:
    """The homes that a count or a list may hold (P27): who counts one more occupied home a quarter
    tells its date, its rooms and that people were in it.

    Counted once is counted always. A home that a raise pays for is counted with its group; of the
    others those that were free at once, those that were occupied three at a time.
    """
    known = frozenset(before) | frozenset(grouped)
    others = [home for home in homes if home.id not in known and home.id not in raised]
    free = [home.id for home in others if not home.was_occupied]
    occupied = [home.id for home in others if home.was_occupied]
    batch = occupied if len(occupied) >= GROUP_SIZE else []
    return known | frozenset(free) | frozenset(batch)


def leaving(sold: Sequence[Home]) -> frozenset[int]:
    """Which sold homes outside groups leave the counts, in the order of the deeds: those that were
    free at once, those that were occupied three at a time, as they came."""
    occupied = [home.id for home in sold if home.was_occupied]
    whole = len(occupied) // GROUP_SIZE * GROUP_SIZE
    return frozenset(home.id for home in sold if not home.was_occupied) | set(occupied[:whole])


def _borrowed(free: Sequence[int], occupied: int) -> frozenset[int]:
    """The latest free homes, as many as one or two occupied ones need to be three."""
    need = GROUP_SIZE - occupied
    if not 0 < occupied < GROUP_SIZE or len(free) < need:
        return frozenset()
    return frozenset(free[len(free) - need :])


def _chunks(homes: Sequence[int]) -> list[frozenset[int]]:
    """Groups of three; what is over joins the last group, what is too few waits."""
    starts = range(0, len(homes) - GROUP_SIZE + 1, GROUP_SIZE)
    ends = [*starts[1:], len(homes)]
    return [frozenset(homes[start:end]) for start, end in zip(starts, ends, strict=False)]
