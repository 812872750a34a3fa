"""The arrears that a threat of eviction begins with: a rent twenty days late, or charges above two rents."""

import datetime

import django.db.models.expressions
import djmoney.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0012_assessments"),
    ]

    operations = [
        migrations.AddField(
            model_name="evictioncase",
            name="charges_owed",
            field=djmoney.models.fields.MoneyField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="charges owed"
            ),
        ),
        migrations.AddField(
            model_name="evictioncase",
            name="charges_owed_currency",
            field=djmoney.models.fields.CurrencyField(
                choices=[
                    ("GBP", "British Pound"),
                    ("EUR", "Euro"),
                    ("CHF", "Swiss Franc"),
                    ("USD", "US Dollar"),
                ],
                default="EUR",
                editable=False,
                max_length=3,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="evictioncase",
            name="monthly_rent",
            field=djmoney.models.fields.MoneyField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="monthly rent"
            ),
        ),
        migrations.AddField(
            model_name="evictioncase",
            name="monthly_rent_currency",
            field=djmoney.models.fields.CurrencyField(
                choices=[
                    ("GBP", "British Pound"),
                    ("EUR", "Euro"),
                    ("CHF", "Swiss Franc"),
                    ("USD", "US Dollar"),
                ],
                default="EUR",
                editable=False,
                max_length=3,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="evictioncase",
            name="rent_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="oldest rent due since"),
        ),
        migrations.AddConstraint(
            model_name="evictioncase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("charges_owed", None), ("rent_due_on", None)),
                    (
                        "rent_due_on__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("since_on"), "-", models.Value(datetime.timedelta(days=20))
                        ),
                    ),
                    models.Q(
                        ("charges_owed__isnull", False),
                        ("monthly_rent__gt", 0),
                        ("monthly_rent__isnull", False),
                        (
                            "charges_owed__gt",
                            django.db.models.expressions.CombinedExpression(
                                models.Value(2), "*", models.F("monthly_rent")
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="eviction_begins_with_arrears",
            ),
        ),
    ]
