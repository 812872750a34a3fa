"""Causes of arrears, why a lease ended, what a plan says besides; limits of the fund and of the floor."""

import django.db.models.deletion
from django.db import migrations, models

from backend.core.parameter_rows import Row, set_parameters

DECREE = "DM 30 March 2016 on blameless arrears, read at second hand, unverified; housing.md 3.5"
PARAMETERS = (
    Row("blameless.most", "12000.00", DECREE),
    Row("blameless.isee_most", "26000.00", DECREE),
    Row("sustainment.gap_days", "7", "housing.md 3.4"),
    Row("repayment.floor_cents", "1000", "own policy, housing.md 3.5"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0008_courts_and_past_rents"),
    ]

    operations = [
        migrations.AddField(
            model_name="repaymentplan",
            name="by_label",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="repaymentplan",
            name="notes",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="what was agreed besides"
            ),
        ),
        migrations.AddField(
            model_name="tenancy",
            name="end_code",
            field=models.CharField(
                blank=True,
                choices=[
                    ("RENEWAL", "renewed"),
                    ("TRANSFER", "moved to another home of ours"),
                    ("MOVED_SOCIAL", "moved to another social landlord"),
                    ("MOVED_PRIVATE", "moved to a private home"),
                    ("CARE_HOME", "moved to a care home"),
                    ("HOSPITAL", "long stay in hospital"),
                    ("DIED", "died"),
                    ("ABANDONED", "left without notice"),
                    ("EVICTED_ARREARS", "evicted for arrears"),
                    ("EVICTED_BEHAVIOUR", "evicted for behaviour"),
                    ("EVICTED_BOTH", "evicted for arrears and behaviour"),
                    ("OTHER", "another reason"),
                ],
                max_length=20,
                verbose_name="why it ended",
            ),
        ),
        migrations.CreateModel(
            name="Hardship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("DISMISSAL", "dismissal"),
                            ("HOURS_CUT", "working hours cut by agreement"),
                            ("WAGE_SUPPORT", "wage-support scheme"),
                            ("NOT_RENEWED", "temporary contract not renewed"),
                            ("BUSINESS_CLOSED", "business closed by force majeure"),
                            (
                                "ILLNESS",
                                "illness, accident or death with loss of income or medical costs",
                            ),
                            ("SEPARATION", "separation"),
                            ("RENT_RISE", "rise of the rent"),
                            ("DEBT", "debts or usury"),
                            ("OTHER", "another cause"),
                        ],
                        max_length=16,
                        verbose_name="cause",
                    ),
                ),
                ("on", models.DateField(verbose_name="since")),
                ("by_label", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hardships",
                        to="properties.household",
                    ),
                ),
            ],
            options={
                "verbose_name": "cause of arrears",
                "verbose_name_plural": "causes of arrears",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("household", "cause", "on"), name="hardship_once"
                    )
                ],
            },
        ),
        set_parameters(*PARAMETERS),
    ]
