"""The city's dossiers, questions about one figure, and figures from elsewhere that ours are read against."""

from datetime import date

from django.db import migrations

from backend.core.parameter_rows import Row, set_parameters

FILED = """
CREATE FUNCTION properties_refuse_refiling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'properties: % of a dossier is refused, what was filed stays as it was', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER filed BEFORE UPDATE OR DELETE ON properties_dossier
    FOR EACH ROW EXECUTE FUNCTION properties_refuse_refiling();
"""
UNFILED = """
DROP TRIGGER filed ON properties_dossier;
DROP FUNCTION properties_refuse_refiling();
"""
EVICTIONS = "Ministero dell'Interno, statistics of evictions; read at second hand, unverified"
CENSUS = "Census 2011 by circoscrizione; read at second hand, unverified"
RESIDENTS = (78_523, 141_344, 130_709, 98_787, 126_666, 107_369, 89_448, 134_028)
CONTEXT = (
    ("evictions.requests.turin", 5_223, 2022, EVICTIONS),
    ("evictions.executed.turin", 2_761, 2022, EVICTIONS),
    ("evictions.orders.italy", 41_849, 2022, EVICTIONS),
    ("evictions.requests.italy", 99_316, 2022, EVICTIONS),
    ("evictions.executed.italy", 30_385, 2022, EVICTIONS),
    ("evictions.arrears_percent.italy", 88, 2018, EVICTIONS),
    *((f"residents.{number}", people, 2011, CENSUS) for number, people in enumerate(RESIDENTS, 1)),
)

ROWS = (
    Row(f"context.{code}", str(value), source, date(year, 1, 1), date(year + 1, 1, 1))
    for code, value, year, source in CONTEXT
)


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0006_offers_omi_locare_privacy"),
        ("core", "0002_audit_is_append_only"),
    ]

    operations = [
        migrations.RunSQL(FILED, UNFILED),
        set_parameters(*ROWS),
    ]
