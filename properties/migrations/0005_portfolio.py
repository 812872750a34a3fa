"""Cadastral keys valid in time, energy certificates, papers; hard dates of mandates; OMI zones."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models

# What homes had as columns becomes rows with days: a key in force since ever, a class without a paper.
MOVE = """
    INSERT INTO properties_cadastralkey
        (unit_id, comune, section, sheet, parcel, subunit, register, category, income_currency, key)
    SELECT id, cadastral_comune, cadastral_section, cadastral_sheet, cadastral_parcel,
        cadastral_subunit, 'F', '', 'EUR', upper(concat_ws('/', cadastral_comune, cadastral_section,
            cadastral_sheet, cadastral_parcel, cadastral_subunit, 'F'))
    FROM properties_unit u WHERE cadastral_sheet <> '' AND NOT EXISTS (
        SELECT 1 FROM properties_unit o WHERE o.id < u.id
            AND (o.cadastral_comune, o.cadastral_section, o.cadastral_sheet, o.cadastral_parcel,
                o.cadastral_subunit) = (u.cadastral_comune, u.cadastral_section, u.cadastral_sheet,
                u.cadastral_parcel, u.cadastral_subunit));
    INSERT INTO properties_energycertificate (unit_id, energy_class, code)
    SELECT id, energy_class, '' FROM properties_unit WHERE energy_class <> '';
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0004_past_purchases"),
    ]

    operations = [
        migrations.AddField(
            model_name="acquisition",
            name="term_ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="mandate ends on"),
        ),
        migrations.AddField(
            model_name="building",
            name="omi_zone",
            field=models.CharField(blank=True, max_length=12, verbose_name="OMI zone"),
        ),
        migrations.AlterField(
            model_name="unit",
            name="ownership",
            field=models.CharField(
                choices=[
                    ("none", "not ours yet"),
                    ("owned", "owned"),
                    ("managed", "managed for its owner"),
                    ("sold", "sold"),
                    ("returned", "given back to its owner"),
                ],
                default="none",
                max_length=10,
                verbose_name="ownership",
            ),
        ),
        migrations.CreateModel(
            name="CadastralKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("comune", models.CharField(default="L219", max_length=4, verbose_name="comune")),
                ("section", models.CharField(blank=True, max_length=5, verbose_name="section")),
                ("sheet", models.CharField(max_length=10, verbose_name="sheet")),
                ("parcel", models.CharField(blank=True, max_length=10, verbose_name="parcel")),
                ("subunit", models.CharField(blank=True, max_length=10, verbose_name="subunit")),
                (
                    "register",
                    models.CharField(
                        choices=[("F", "buildings"), ("T", "land")],
                        default="F",
                        max_length=1,
                        verbose_name="register",
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=5, verbose_name="category")),
                (
                    "income_currency",
                    djmoney.models.fields.CurrencyField(
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
                (
                    "income",
                    djmoney.models.fields.MoneyField(
                        decimal_places=2, max_digits=14, null=True, verbose_name="cadastral income"
                    ),
                ),
                ("key", models.CharField(db_index=True, editable=False, max_length=60)),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="properties.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "cadastral key",
                "verbose_name_plural": "cadastral keys",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.Func(
                                        models.F("key"),
                                        models.Value(0),
                                        function="hashtextextended",
                                        output_field=models.BigIntegerField(),
                                    ),
                                    models.Func(
                                        models.F("key"),
                                        models.Value(0),
                                        function="hashtextextended",
                                        output_field=models.BigIntegerField(),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "=",
                            ),
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="cadastral_key_of_one_home_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="cadastral_key_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnergyCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "energy_class",
                    models.CharField(
                        choices=[
                            ("A4", "A4"),
                            ("A3", "A3"),
                            ("A2", "A2"),
                            ("A1", "A1"),
                            ("B", "B"),
                            ("C", "C"),
                            ("D", "D"),
                            ("E", "E"),
                            ("F", "F"),
                            ("G", "G"),
                        ],
                        max_length=2,
                        verbose_name="energy class",
                    ),
                ),
                (
                    "demand",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        verbose_name="energy demand in kWh/m² a year",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="number of the certificate"
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="properties.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "energy certificate",
                "verbose_name_plural": "energy certificates",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expires_on__isnull", True), ("issued_on__isnull", True)),
                            models.Q(
                                ("expires_on__gt", models.F("issued_on")),
                                ("issued_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="energy_certificate_has_both_days_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "energy_class__in",
                                ("A4", "A3", "A2", "A1", "B", "C", "D", "E", "F", "G"),
                            )
                        ),
                        name="energy_class_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("title", "Decree or deed"),
                            ("expert_report", "Expert report of the court"),
                            ("court_order", "Order of the court"),
                            ("mandate", "Management mandate"),
                            ("cadastral", "Cadastral extract or plan"),
                            ("planning", "Planning papers"),
                            ("energy", "Energy certificate"),
                            ("plant", "Declaration of conformity of a plant"),
                            ("insurance", "Insurance policy"),
                            ("anti_laundering", "Anti-money-laundering declaration"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("content", models.BinaryField(verbose_name="file")),
                ("media_type", models.CharField(max_length=60, verbose_name="type of file")),
                ("size_bytes", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="hash")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                ("added_at", models.DateTimeField(verbose_name="added")),
                ("by_label", models.CharField(max_length=200)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="properties.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a home",
                "verbose_name_plural": "documents of homes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "kind", "sha256"), name="home_document_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="unit",
            name="cadastral_comune",
        ),
        migrations.RemoveField(
            model_name="unit",
            name="cadastral_parcel",
        ),
        migrations.RemoveField(
            model_name="unit",
            name="cadastral_section",
        ),
        migrations.RemoveField(
            model_name="unit",
            name="cadastral_sheet",
        ),
        migrations.RemoveField(
            model_name="unit",
            name="cadastral_subunit",
        ),
        migrations.RemoveField(
            model_name="unit",
            name="energy_class",
        ),
    ]
