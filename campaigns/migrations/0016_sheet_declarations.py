"""Each person who answers for a sheet declares it; a declaration is never rewritten."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = Path(__file__).with_name("guards_sheet_declarations.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0015_translations_proven"),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetDeclaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texts_hash", models.CharField(max_length=64, verbose_name="hash of the texts")),
                ("name", models.CharField(max_length=200, verbose_name="who declares")),
                (
                    "evidence",
                    models.CharField(
                        max_length=300, verbose_name="where the signed declaration is"
                    ),
                ),
                ("declared_at", models.DateTimeField(verbose_name="declared")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheet_declarations",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "declaration for an information sheet",
                "verbose_name_plural": "declarations for information sheets",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "texts_hash", "name"), name="sheet_declared_once_each"
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
