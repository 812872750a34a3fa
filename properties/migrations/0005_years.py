"""Targets and words of a year: once a report told them, they stay as they were told."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

TOLD = """
CREATE FUNCTION properties_refuse_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.told_at IS NOT NULL THEN
        RAISE EXCEPTION 'properties: a report told this, % is refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER told BEFORE UPDATE OR DELETE ON properties_target
    FOR EACH ROW EXECUTE FUNCTION properties_refuse_told();
CREATE TRIGGER told BEFORE UPDATE OR DELETE ON properties_yearnote
    FOR EACH ROW EXECUTE FUNCTION properties_refuse_told();
"""

UNTOLD = """
DROP TRIGGER told ON properties_target;
DROP TRIGGER told ON properties_yearnote;
DROP FUNCTION properties_refuse_told();
"""


def _id() -> tuple[str, models.BigAutoField]:
    return "id", models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _organisation() -> tuple[str, models.ForeignKey]:
    return "organisation", models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.organisation"
    )


def _told_at() -> tuple[str, models.DateTimeField]:
    return "told_at", models.DateTimeField(blank=True, editable=False, null=True)


HEADINGS = [
    ("done", "What was done"),
    ("slowed", "What prevented or slowed it"),
    ("governance", "Governance"),
    ("workers", "Workers"),
    ("others", "Other stakeholders"),
    ("environment", "Environment"),
    ("ahead", "Goals for next year"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("properties", "0004_parameters"),
        ("core", "0001_initial"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(TOLD, UNTOLD),
    ]
