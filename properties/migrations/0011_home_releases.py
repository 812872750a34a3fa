"""Homes released before any lease; who was found in which home; the day a plan was given up.

Who signed a lease for the home it was found in is written down as found there; a plan that was given
up gets the row of its state that it lacked, on the last day it was looked at.
"""

import django.db.models.deletion
from django.db import migrations, models

FOUND = """
    UPDATE properties_household h SET was_living_in_id = first.unit_id
    FROM (
        SELECT DISTINCT ON (unit_id) unit_id, household_id FROM properties_tenancy
        WHERE track = 'OCCUPIED' ORDER BY unit_id, starts_on, id
    ) first
    WHERE first.household_id = h.id AND h.was_living_in_id IS NULL AND NOT EXISTS (
        SELECT FROM properties_household other WHERE other.was_living_in_id = first.unit_id
    )
"""
GIVEN_UP = """
    INSERT INTO properties_plancheck
        (plan_id, "on", state, expected, expected_currency, actual, actual_currency)
    SELECT p.id, (coalesce(p.checked_at, p.opened_at) AT TIME ZONE 'Europe/Rome')::date, 'CANCELLED',
        p.starting_balance, 'EUR', p.starting_balance, 'EUR'
    FROM properties_repaymentplan p WHERE p.state = 'CANCELLED' AND NOT EXISTS (
        SELECT FROM properties_plancheck c WHERE c.plan_id = p.id AND c.state = 'CANCELLED'
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0010_year_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release",
                        to="properties.unit",
                    ),
                ),
                ("on", models.DateField(verbose_name="first day they no longer live there")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("AGREED", "left by agreement"),
                            ("EXECUTED", "removed by enforcement"),
                            ("ABANDONED", "left without notice"),
                            ("DIED", "died"),
                            ("NOBODY", "nobody was living there"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=120, verbose_name="paper")),
                ("by_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "release of a home",
                "verbose_name_plural": "releases of homes",
            },
        ),
        migrations.RunSQL(FOUND, migrations.RunSQL.noop),
        migrations.RunSQL(GIVEN_UP, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.UniqueConstraint(
                fields=["was_living_in"], name="household_found_once_per_home"
            ),
        ),
    ]
