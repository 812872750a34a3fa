"""Two purposes of own money, and the guards that success fees and chargebacks need.

The SQL stands in guards_0003.sql beside this file.
"""

from pathlib import Path

from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_0003.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_guards"),
    ]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="purpose",
            field=models.CharField(
                blank=True,
                choices=[
                    ("acquisition.deposit", "Auction deposit"),
                    ("acquisition.price", "Purchase price"),
                    ("acquisition.taxes", "Transfer taxes"),
                    ("acquisition.notary", "Decree or notary"),
                    ("acquisition.cancellation", "Cancellation of mortgages and seizures"),
                    ("acquisition.agency", "Agency"),
                    ("works", "Works"),
                    ("furniture", "Furniture"),
                    ("rates", "Rates and charges"),
                    ("insurance", "Insurance"),
                    ("management", "Management"),
                    ("provider_fees", "Payment fees"),
                    ("success_fee", "Platform's success fee"),
                    ("receivable", "Owed by investors after a chargeback"),
                    ("running", "Running costs"),
                ],
                default="",
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="fundpolicy",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("acquisition.deposit", "Auction deposit"),
                    ("acquisition.price", "Purchase price"),
                    ("acquisition.taxes", "Transfer taxes"),
                    ("acquisition.notary", "Decree or notary"),
                    ("acquisition.cancellation", "Cancellation of mortgages and seizures"),
                    ("acquisition.agency", "Agency"),
                    ("works", "Works"),
                    ("furniture", "Furniture"),
                    ("rates", "Rates and charges"),
                    ("insurance", "Insurance"),
                    ("management", "Management"),
                    ("provider_fees", "Payment fees"),
                    ("success_fee", "Platform's success fee"),
                    ("receivable", "Owed by investors after a chargeback"),
                    ("running", "Running costs"),
                ],
                max_length=40,
            ),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
