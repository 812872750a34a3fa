"""The life of an offer: sheet, changes, presentation. What was published is refused every change."""

import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

# A version that was published stays as it was: somebody may hold it in hand.
FUNCTION = """
CREATE FUNCTION campaigns_refuse_republishing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'campaigns: % of % is refused, what was published stays as it was',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
PUBLISHED = ("campaigns_informationsheet", "campaigns_campaigndocument", "campaigns_update")
WRITTEN_ONCE = ("campaigns_sheetpaper", "campaigns_revocationwindow")
GUARDED = [(table, "campaigns_refuse_republishing") for table in PUBLISHED] + [
    (table, "campaigns_refuse_change") for table in WRITTEN_ONCE
]


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0003_facts_of_the_sources"),
        ("core", "0002_audit_is_append_only"),
        ("ledger", "0002_guards"),
        ("treasury", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="deadline before")),
                ("to_on", models.DateField(verbose_name="new deadline")),
                ("reason", models.TextField(verbose_name="reason")),
                ("is_material", models.BooleanField(default=True, verbose_name="material change")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("granted_at", models.DateTimeField(blank=True, null=True, verbose_name="granted")),
            ],
            options={
                "verbose_name": "extension of the deadline",
                "verbose_name_plural": "extensions of the deadline",
                "ordering": ("-asked_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="InformationSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("regime", models.CharField(max_length=20, verbose_name="regime")),
                ("parts", models.JSONField(blank=True, default=dict, verbose_name="parts")),
                (
                    "responsible",
                    models.JSONField(blank=True, default=list, verbose_name="persons responsible"),
                ),
                (
                    "declared_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="declared"),
                ),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="terms")),
                (
                    "terms_version",
                    models.PositiveIntegerField(default=1, verbose_name="version of the terms"),
                ),
                ("is_material", models.BooleanField(default=False, verbose_name="material change")),
                ("change", models.TextField(blank=True, verbose_name="what changed")),
                ("content_hash", models.CharField(blank=True, max_length=64, verbose_name="hash")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published"),
                ),
            ],
            options={
                "verbose_name": "information sheet",
                "verbose_name_plural": "information sheets",
                "ordering": ("-version",),
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for an answer"),
                            ("answered", "Answered"),
                            ("declined", "Not published"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("text", models.TextField(verbose_name="question")),
                ("language", models.CharField(default="it", max_length=5, verbose_name="language")),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mail of who asked"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ("-asked_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="RevocationWindow",
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
                            ("material_change", "A material change of the offer"),
                            ("material_error", "An error in the information sheet that matters"),
                            ("extension", "A later deadline"),
                        ],
                        max_length=20,
                        verbose_name="cause",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
            ],
            options={
                "verbose_name": "right to revoke",
                "verbose_name_plural": "rights to revoke",
                "ordering": ("-opened_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="SheetPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("pdf", models.BinaryField(verbose_name="document")),
                ("pages", models.PositiveSmallIntegerField(verbose_name="pages")),
                ("sha256", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "PDF of an information sheet",
                "verbose_name_plural": "PDFs of information sheets",
                "ordering": ("-language",),
            },
        ),
        migrations.CreateModel(
            name="Suspension",
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
                            ("material_error", "An error in the information sheet that matters"),
                            ("issuer", "Something at the issuer must be settled first"),
                            ("authority", "An authority asked for it"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                        verbose_name="kind of reason",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("steps", models.TextField(blank=True, verbose_name="what is being done")),
                ("began_at", models.DateTimeField(verbose_name="began")),
                ("ends_before", models.DateTimeField(verbose_name="ends before")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "suspension",
                "verbose_name_plural": "suspensions",
                "ordering": ("-began_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("role_it", models.CharField(max_length=200, verbose_name="role (Italian)")),
                ("role_en", models.CharField(max_length=200, verbose_name="role (English)")),
                ("about_it", models.TextField(blank=True, verbose_name="about (Italian)")),
                ("about_en", models.TextField(blank=True, verbose_name="about (English)")),
            ],
            options={
                "verbose_name": "member of the team",
                "verbose_name_plural": "members of the team",
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="TranslationRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for an answer"),
                            ("delivered", "Translation delivered"),
                            ("advised", "Advised not to invest"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "wanted_language",
                    models.CharField(max_length=35, verbose_name="language asked for"),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        default="it", max_length=5, verbose_name="language of our letters"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "shown_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="advice shown"),
                ),
            ],
            options={
                "verbose_name": "request for a translation",
                "verbose_name_plural": "requests for a translation",
                "ordering": ("asked_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Update",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("all", "Everyone"), ("investors", "Investors of this campaign")],
                        max_length=10,
                        verbose_name="audience",
                    ),
                ),
                ("title_it", models.CharField(max_length=200, verbose_name="title (Italian)")),
                ("title_en", models.CharField(max_length=200, verbose_name="title (English)")),
                ("body_it", models.TextField(verbose_name="text (Italian)")),
                ("body_en", models.TextField(verbose_name="text (English)")),
                ("published_at", models.DateTimeField(verbose_name="published")),
            ],
            options={
                "verbose_name": "update",
                "verbose_name_plural": "updates",
                "ordering": ("-published_at", "-id"),
            },
        ),
        migrations.AlterModelOptions(
            name="campaigndocument",
            options={
                "ordering": ("kind", "language", "-version", "id"),
                "verbose_name": "document",
                "verbose_name_plural": "documents",
            },
        ),
        migrations.AddField(
            model_name="campaign",
            name="authorisation_number",
            field=models.CharField(blank=True, max_length=60, verbose_name="authorisation number"),
        ),
        migrations.AddField(
            model_name="campaign",
            name="authority_told_on",
            field=models.DateField(blank=True, null=True, verbose_name="authority told on"),
        ),
        migrations.AddField(
            model_name="campaign",
            name="capital_before",
            field=djmoney.models.fields.MoneyField(
                decimal_places=2, max_digits=14, null=True, verbose_name="capital before"
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="capital_before_currency",
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
            model_name="campaign",
            name="interest_days",
            field=models.PositiveSmallIntegerField(
                default=30, verbose_name="days to answer an invitation"
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="mode",
            field=models.CharField(
                choices=[
                    ("mirror", "An authorised platform takes the orders"),
                    ("operator", "Orders and money are taken here"),
                ],
                default="mirror",
                max_length=10,
                verbose_name="mode",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="money_bank",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="bank that holds the money"
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="nominal_per_share",
            field=djmoney.models.fields.MoneyField(
                decimal_places=2, max_digits=14, null=True, verbose_name="nominal value"
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="nominal_per_share_currency",
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
            model_name="campaign",
            name="offer_identifier",
            field=models.CharField(blank=True, max_length=28, verbose_name="offer identifier"),
        ),
        migrations.AddField(
            model_name="campaign",
            name="platform",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.organisation",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="register_filed_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="filed at the business register"
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="sheet_sent_on",
            field=models.DateField(blank=True, null=True, verbose_name="information sheet sent on"),
        ),
        migrations.AddField(
            model_name="campaigndocument",
            name="content",
            field=models.BinaryField(null=True, verbose_name="file"),
        ),
        migrations.AddField(
            model_name="campaigndocument",
            name="media_type",
            field=models.CharField(blank=True, max_length=60, verbose_name="type of file"),
        ),
        migrations.AddField(
            model_name="campaigndocument",
            name="sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="hash"),
        ),
        migrations.AddField(
            model_name="campaigndocument",
            name="size_bytes",
            field=models.PositiveIntegerField(default=0, verbose_name="size"),
        ),
        migrations.AddField(
            model_name="interest",
            name="answer_before",
            field=models.DateTimeField(blank=True, null=True, verbose_name="to be answered before"),
        ),
        migrations.AddField(
            model_name="interest",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
        ),
        migrations.AddField(
            model_name="useoffundsline",
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
                    ("running", "Running costs"),
                ],
                max_length=40,
                verbose_name="purpose",
            ),
        ),
        migrations.AlterField(
            model_name="campaigndocument",
            name="kind",
            field=models.CharField(
                choices=[
                    ("information_sheet", "Information sheet"),
                    ("translation", "Translation of the information sheet"),
                    ("statute", "Statute"),
                    ("agreement", "Shareholders' agreement"),
                    ("accounts", "Accounts"),
                    ("plan", "Business plan"),
                    ("final_report", "Final report"),
                    ("other", "Other"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="campaigndocument",
            name="url",
            field=models.URLField(blank=True, max_length=300, verbose_name="address"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("nominal_per_share__isnull", True),
                    models.Q(
                        ("nominal_per_share__gt", 0),
                        ("nominal_per_share__lte", models.F("price_per_share")),
                    ),
                    _connector="OR",
                ),
                name="campaign_nominal_within_price",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                condition=models.Q(("offer_identifier", ""), _negated=True),
                fields=("offer_identifier",),
                name="campaign_identifier_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaigndocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content__isnull", False), ("url", "")),
                    models.Q(models.Q(("url", ""), _negated=True), ("content__isnull", True)),
                    _connector="OR",
                ),
                name="document_is_a_file_or_an_address",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extensions",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="informationsheet",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="informationsheet",
            name="declared_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="revocationwindow",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="windows",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="sheetpaper",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="campaigns.informationsheet",
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suspensions",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="team",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="translationrequest",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="translation_requests",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="update",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="updates",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_on__gt", models.F("from_on")), models.Q(("reason", ""), _negated=True)
                ),
                name="extension_is_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationsheet",
            constraint=models.UniqueConstraint(
                fields=("campaign", "version"), name="sheet_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="informationsheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)),
                fields=("campaign",),
                name="sheet_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None),
                    models.Q(
                        ("declared_at__isnull", False),
                        models.Q(("content_hash", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sheet_published_is_declared_and_hashed",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "answered"), _negated=True),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="question_answered_with_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationwindow",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("opened_at"))),
                name="window_ends_after_it_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetpaper",
            constraint=models.UniqueConstraint(
                fields=("sheet", "language"), name="sheet_paper_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("pages__gte", 1), ("pages__lte", 6)), name="sheet_of_six_pages"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("campaign",),
                name="suspension_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_before__gt", models.F("began_at")),
                    models.Q(
                        ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                    ),
                ),
                name="suspension_ends_after_it_began",
            ),
        ),
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(GUARDS.format(table=table, function=function), migrations.RunSQL.noop)
            for table, function in GUARDED
        ),
    ]
