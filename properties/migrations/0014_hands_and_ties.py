"""By whose hand a purchase moves on, and what decides between equal offers at an auction."""

from django.db import migrations, models

from backend.core.parameter_rows import Row, set_parameters

TIES = Row(
    "auction.ties",
    "deposit payment filed",
    "c.p.c. 573 as told in practice, unverified; housing.md 3.7",
)


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0013_eviction_grounds"),
    ]

    operations = [
        set_parameters(TIES),
        migrations.AddField(
            model_name="acquisitionstep",
            name="bids_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("REPRESENTATIVE", "our legal representative"),
                    ("ATTORNEY", "an attorney with a special power"),
                    ("LAWYER", "a lawyer, for a person to be named (c.p.c. 583)"),
                ],
                db_default="",
                max_length=14,
                verbose_name="who bids",
            ),
        ),
        migrations.AddField(
            model_name="acquisitionstep",
            name="other_witness",
            field=models.CharField(
                blank=True, db_default="", max_length=80, verbose_name="second witness"
            ),
        ),
        migrations.AddField(
            model_name="acquisitionstep",
            name="witness",
            field=models.CharField(
                blank=True, db_default="", max_length=80, verbose_name="first witness"
            ),
        ),
        migrations.AddConstraint(
            model_name="acquisitionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("other_witness", ""), ("witness", "")),
                    models.Q(
                        models.Q(("witness", ""), _negated=True),
                        models.Q(("other_witness", ""), _negated=True),
                        models.Q(("witness", models.F("other_witness")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="step_witnesses_are_two",
            ),
        ),
    ]
