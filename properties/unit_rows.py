"""The columns of a file of homes, and what its rows say. Pure: what they then do is in `unit_files`.

Names are ours, and those that Italian files have: a cadastral search exports `citta, catasto, sezione,
foglio, particella, subalterno`.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core import cells
from backend.core.cells import Column
from properties.models import CadastralKey, Unit
from properties.models.energy import CLASSES
from properties.models.unit import DISTRICTS


def _district(cell: str) -> int:
    """A circoscrizione by number, alone or before its name: `6` or `6 Barriera di Milano`."""
    number = cell.partition(" ")[0]
    if not number.isascii() or not number.isdigit() or int(number) not in DISTRICTS:
        raise cells.Unreadable(_("Turin has circoscrizioni 1 to 8."))
    return int(number)


COLUMNS = (
    Column("code", cells.text(40), is_needed=True, also=("codice",)),
    Column("address", cells.text(200), is_needed=True, also=("indirizzo",)),
    Column("district", _district, is_needed=True, also=("circoscrizione",)),
    Column("quarter", cells.text(80), also=("quartiere",)),
    Column("omi_zone", cells.text(12), also=("zona_omi",)),
    Column("year_built", cells.whole(1000, 2199), also=("anno", "anno_costruzione")),
    Column("rooms", cells.whole(1, 100), is_needed=True, also=("locali", "vani")),
    Column("area_m2", cells.decimal(99_999), is_needed=True, also=("superficie", "mq")),
    Column(
        *("source", cells.one_of(dict(Unit.Source.choices))), is_needed=True, also=("provenienza",)
    ),
    Column("occupancy", cells.one_of(dict(Unit.Occupancy.choices)), also=("occupazione",)),
    Column(
        "energy_class",
        cells.one_of({each: each for each in CLASSES}),
        also=("classe", "classe_energetica"),
    ),
    Column("energy_demand", cells.decimal(99_999), also=("epgl", "ep_gl_nren")),
    Column("certificate_code", cells.text(60), also=("codice_ape",)),
    Column("certificate_issued_on", cells.day, also=("data_ape",)),
    Column("certificate_expires_on", cells.day, also=("scadenza_ape",)),
    Column("cadastral_comune", cells.text(4), also=("comune", "citta")),
    Column(
        "cadastral_register", cells.one_of(dict(CadastralKey.Register.choices)), also=("catasto",)
    ),
    Column("cadastral_section", cells.text(5), also=("sezione",)),
    Column("cadastral_sheet", cells.text(10), also=("foglio",)),
    Column("cadastral_parcel", cells.text(10), also=("particella",)),
    Column("cadastral_subunit", cells.text(10), also=("subalterno",)),
    Column("cadastral_category", cells.text(5), also=("categoria",)),
    Column("cadastral_income", cells.euro, also=("rendita",)),
    Column("cadastral_since", cells.day, also=("in_catasto_dal",)),
)
EXAMPLE: dict[str, Any] = {
    "code": "T-01",
    "address": "Via Inventata 1",
    "district": 6,
    "quarter": "Barriera di Milano",
    "omi_zone": "C9",
    "year_built": 1961,
    "rooms": 3,
    "area_m2": "62.50",
    "source": Unit.Source.COURT_AUCTION,
    "occupancy": Unit.Occupancy.FREE,
    "energy_class": "F",
    "cadastral_comune": "L219",
    "cadastral_sheet": "1",
    "cadastral_parcel": "2",
    "cadastral_subunit": "3",
}
"""A row of the file that is handed out empty, so that people see how each cell is written."""
