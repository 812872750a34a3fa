"""Until when the evidence of funded projects is kept (P19), with the years as dated parameters."""

import django.db.models.deletion
from django.db import migrations, models

from backend.core.parameter_rows import Row, set_parameters

ESF = "Reg. (EU) 1303/2013 art. 140, housing.md P19"
PARAMETERS = (
    Row("evidence.small_years", "3", ESF),
    Row("evidence.large_years", "2", ESF),
    Row("evidence.large_from", "1000000.00", ESF),
    Row("evidence.state_aid_years", "10", "Reg. (EU) 1407/2013 art. 6, housing.md P19"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0008_changes_of_grants"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProjectAccounts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accounts_on", models.DateField(verbose_name="accounts handed in on")),
                (
                    "is_state_aid",
                    models.BooleanField(default=False, verbose_name="state aid or de minimis"),
                ),
                ("at", models.DateTimeField()),
                ("by_label", models.CharField(max_length=200)),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="campaigns.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "accounts of a project",
                "verbose_name_plural": "accounts of projects",
            },
        ),
        migrations.CreateModel(
            name="Proceedings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=120, verbose_name="reference")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(null=True, verbose_name="to")),
                ("at", models.DateTimeField()),
                ("by_label", models.CharField(max_length=200)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proceedings",
                        to="campaigns.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "proceedings",
                "verbose_name_plural": "proceedings",
                "ordering": ["starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="proceedings_end_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("project",),
                        name="proceedings_open_once",
                    ),
                ],
            },
        ),
        set_parameters(*PARAMETERS),
    ]
