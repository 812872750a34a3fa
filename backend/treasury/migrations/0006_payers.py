"""Lines are found by the IBAN of who paid."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("treasury", "0005_one_pass")]
    operations = [
        migrations.AddIndex(
            "bankline",
            models.Index(
                name="bank_line_payers",
                fields=["counterparty_iban"],
                condition=~Q(counterparty_iban=""),
            ),
        ),
    ]
