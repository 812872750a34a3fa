"""The homes of the story: what each is, how it comes, what it costs. All invented, no real address.

Prices are of the size that small homes fetch at auctions in the outer districts; odd cents are there
so that following every cent is worth something.
"""

from dataclasses import dataclass

AUCTION, MARKET, DONATION = "court_auction", "market", "donation"
FAMILY, TENANT, FREE = "DEBTOR_FAMILY", "TENANT_OPPOSABLE", "FREE"

DEPOSIT, PRICE = "acquisition.deposit", "acquisition.price"
TAXES, NOTARY = "acquisition.taxes", "acquisition.notary"
CANCELLATION, AGENCY = "acquisition.cancellation", "acquisition.agency"


@dataclass(frozen=True)
class Home:
    """One home; amounts in cents, `base` is the auction's base price or the asking price."""

    code: str
    route: str
    occupancy: str
    place: tuple[int, str, str]
    size: tuple[int, str, str]
    price: int = 0
    base: int = 0
    extras: tuple[tuple[str, int], ...] = ()

    @property
    def deposit(self) -> int:
        """A tenth of the price, to the cent above."""
        return -(-self.price // 10)

    @property
    def rest(self) -> int:
        return self.price - self.deposit

    @property
    def is_occupied(self) -> bool:
        return self.occupancy != FREE


def _auction_extras(taxes: int, notary: int, cancellation: int) -> tuple[tuple[str, int], ...]:
    return ((TAXES, taxes), (NOTARY, notary), (CANCELLATION, cancellation))


def _market_extras(taxes: int, notary: int, agency: int) -> tuple[tuple[str, int], ...]:
    return ((TAXES, taxes), (NOTARY, notary), (AGENCY, agency))


# Place: circoscrizione, quarter, address. Size: rooms, square metres, energy class.
HOMES = (
    Home(
        *("M1-01", AUCTION, FAMILY, (6, "Barriera di Milano", "Via dei Mattoni Rossi 12")),
        *((3, "58.00", "F"), 31_250_00, 36_000_00, _auction_extras(1_048_00, 612_50, 294_00)),
    ),
    Home(
        *("M1-02", AUCTION, TENANT, (5, "Borgo Vittoria", "Via del Tetto Nuovo 4")),
        *((2, "46.50", "G"), 29_480_00, 30_500_00, _auction_extras(985_40, 598_30, 294_00)),
    ),
    Home(
        *("M1-03", AUCTION, FAMILY, (7, "Aurora", "Via della Calce Viva 21")),
        *((3, "61.00", "F"), 33_755_55, 35_000_00, _auction_extras(1_121_15, 640_00, 294_00)),
    ),
    Home(
        *("M1-04", AUCTION, FREE, (6, "Rebaudengo", "Via dei Mattoni Rossi 48")),
        *((3, "64.00", "E"), 36_402_10, 40_000_00, _auction_extras(1_204_80, 655_20, 294_00)),
    ),
    Home(
        *("M1-05", AUCTION, FREE, (2, "Mirafiori Sud", "Via della Trave Maestra 9")),
        *((4, "71.50", "F"), 38_900_00, 42_000_00, _auction_extras(1_290_00, 668_90, 294_00)),
    ),
    Home(
        *("M1-06", MARKET, FREE, (7, "Vanchiglietta", "Via dell'Arco Cieco 3")),
        *((3, "55.00", "E"), 44_000_00, 46_000_00, _market_extras(1_160_00, 1_851_37, 1_320_00)),
    ),
    Home(
        *("M1-07", MARKET, FREE, (5, "Lucento", "Via del Camino 30")),
        *((2, "49.00", "D"), 41_500_00, 43_500_00, _market_extras(1_098_00, 1_803_11, 1_245_00)),
    ),
    Home(
        *("M1-08", DONATION, FREE, (8, "Lingotto", "Via della Soglia 17")),
        *((2, "44.00", "G"), 0, 0, ((TAXES, 700_00), (NOTARY, 1_430_23))),
    ),
)


@dataclass(frozen=True)
class Family:
    """A household of the story and the home it has; rent per month in cents."""

    code: str
    home: str
    people: tuple[tuple[str, int], ...]
    ethos: str
    isee: str
    rent: int
    referred_on: str
    from_city: bool = False


FAMILIES = (
    Family("F-01", "M1-01", (("6_17", 2), ("35_54", 2)), "EL7x", "to_10310", 260_00, "2026-02-24"),
    Family(
        "F-02", "M1-02", (("65_74", 1), ("75_plus", 1)), "EL7x", "to_6241", 190_00, "2026-02-24"
    ),
    Family("F-03", "M1-03", (("0_5", 1), ("18_34", 2)), "EL7x", "to_26000", 280_00, "2026-02-26"),
    Family(
        *("F-04", "M1-04", (("0_5", 1), ("6_17", 1), ("35_54", 1)), "EL2", "to_6241"),
        *(240_00, "2026-03-10", True),
    ),
    Family(
        *("F-05", "M1-05", (("6_17", 3), ("35_54", 2)), "EL8x", "to_10310"),
        *(310_00, "2026-03-16", True),
    ),
    Family("F-06", "M1-06", (("18_34", 1),), "EL6", "to_10310", 230_00, "2026-04-02"),
    Family(
        "F-07", "M1-07", (("35_54", 1), ("55_64", 1)), "EL3", "to_6241", 220_00, "2026-04-07", True
    ),
)
