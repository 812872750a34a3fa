"""A running cost may be one of own money too: the kinds of the ledger, as they are now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0003_review_policy"),
    ]

    operations = [
        migrations.AlterField(
            model_name="costline",
            name="kind",
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
                verbose_name="kind",
            ),
        ),
    ]
