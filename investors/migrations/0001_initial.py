"""Who invests: investors, their checks, categories, tests, complaints and reports."""

import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

from backend.core.create_models import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_audit_is_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Investor",
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
                            choices=[("person", "Natural person"), ("entity", "Legal entity")],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("name", models.CharField(max_length=200, verbose_name="name")),
                    (
                        "tax_code",
                        models.CharField(blank=True, max_length=20, verbose_name="tax code"),
                    ),
                    (
                        "tax_country",
                        models.CharField(
                            default="IT", max_length=2, verbose_name="country of tax residence"
                        ),
                    ),
                    (
                        "foreign_tax_number",
                        models.CharField(
                            blank=True, max_length=40, verbose_name="foreign tax number"
                        ),
                    ),
                    (
                        "born_on",
                        models.DateField(blank=True, null=True, verbose_name="date of birth"),
                    ),
                    ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                    (
                        "language",
                        models.CharField(default="it", max_length=5, verbose_name="language"),
                    ),
                    ("iban", models.CharField(blank=True, max_length=34, verbose_name="IBAN")),
                    (
                        "shown_as",
                        models.CharField(
                            choices=[
                                ("name", "By the name above"),
                                ("initials", "By the initials"),
                                ("anonymous", "Not at all: “an investor”"),
                            ],
                            default="anonymous",
                            max_length=10,
                            verbose_name="shown to the public",
                        ),
                    ),
                    ("is_synthetic", models.BooleanField(default=False, verbose_name="synthetic")),
                    ("registered_at", models.DateTimeField(verbose_name="registered")),
                    (
                        "erased_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="erased"),
                    ),
                    (
                        "known_to",
                        models.ManyToManyField(
                            blank=True, related_name="investors", to="core.organisation"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "investor",
                    "verbose_name_plural": "investors",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("tax_code", ""), _negated=True),
                            fields=("tax_code",),
                            name="investor_tax_code_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("foreign_tax_number", ""), _negated=True),
                            fields=("tax_country", "foreign_tax_number"),
                            name="investor_foreign_number_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("tax_code", ""), _negated=True),
                                models.Q(
                                    models.Q(("tax_country", "IT"), _negated=True),
                                    models.Q(("foreign_tax_number", ""), _negated=True),
                                ),
                                ("erased_at__isnull", False),
                                _connector="OR",
                            ),
                            name="investor_is_known_to_a_tax_office",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("tax_country__regex", "^[A-Z]{2}$")),
                            name="investor_tax_country_is_a_code",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="IdentityCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("is_identified", models.BooleanField(default=True, verbose_name="identified")),
                    ("checked_by", models.CharField(max_length=200, verbose_name="checked by")),
                    ("checked_on", models.DateField(verbose_name="checked on")),
                    ("valid_until", models.DateField(verbose_name="valid until")),
                    (
                        "evidence",
                        models.CharField(blank=True, max_length=300, verbose_name="evidence"),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="identity_checks",
                            to="investors.investor",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "identity check",
                    "verbose_name_plural": "identity checks",
                    "get_latest_by": ("recorded_at", "id"),
                    "indexes": [
                        models.Index(
                            fields=["investor", "recorded_at", "id"],
                            name="investors_i_investo_05f091_idx",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("valid_until__gte", models.F("checked_on"))),
                            name="identity_check_ends_after_it_was_made",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Erasure",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="asked")),
                    ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "investor",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="erasure",
                            to="investors.investor",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "erasure",
                    "verbose_name_plural": "erasures",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("done_at__isnull", True)),
                            fields=["id"],
                            name="erasure_waiting",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Conflict",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "tie",
                        models.CharField(
                            choices=[
                                ("shareholder", "Holds 20 % or more of it"),
                                ("manager", "Manages it"),
                                ("employee", "Works for it"),
                                ("controlled", "Is controlled by such people"),
                            ],
                            max_length=20,
                            verbose_name="tie",
                        ),
                    ),
                    ("since", models.DateField(verbose_name="since")),
                    ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                    ("declared_at", models.DateTimeField(verbose_name="declared")),
                    (
                        "declared_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conflicts",
                            to="investors.investor",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "conflict of interest",
                    "verbose_name_plural": "conflicts of interest",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("until__isnull", True)),
                            fields=("investor", "organisation", "tie"),
                            name="conflict_declared_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until__isnull", True),
                                ("until__gte", models.F("since")),
                                _connector="OR",
                            ),
                            name="conflict_ends_after_it_began",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Acknowledgement",
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
                                ("loss_of_all", "All of the money may be lost"),
                                ("inappropriate", "The service may be inappropriate"),
                                ("large_order", "The order is large for this investor"),
                                ("simulation", "The result of the simulation was received"),
                                ("lost_protection", "Protection is given up"),
                            ],
                            max_length=20,
                            verbose_name="kind",
                        ),
                    ),
                    ("version", models.CharField(max_length=20, verbose_name="version")),
                    ("subject", models.CharField(max_length=80, verbose_name="about")),
                    ("given_at", models.DateTimeField(verbose_name="given")),
                    (
                        "given_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="acknowledgements",
                            to="investors.investor",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "acknowledgement",
                    "verbose_name_plural": "acknowledgements",
                },
            ),
            migrations.CreateModel(
                name="InvestorReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("snapshot_key", models.CharField(max_length=80, verbose_name="snapshot")),
                    ("period_label", models.CharField(max_length=40, verbose_name="period")),
                    (
                        "version",
                        models.PositiveSmallIntegerField(default=1, verbose_name="version"),
                    ),
                    ("language", models.CharField(max_length=5, verbose_name="language")),
                    ("data", models.JSONField(verbose_name="contents")),
                    ("content_hash", models.CharField(max_length=64, verbose_name="hash")),
                    ("pdf", models.BinaryField(verbose_name="document")),
                    ("issued_at", models.DateTimeField(verbose_name="issued")),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="investors.investor",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("quarterly", "quarterly"), ("yearly", "yearly")],
                            default="quarterly",
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "replaces",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="replaced_by",
                            to="investors.investorreport",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "investor report",
                    "verbose_name_plural": "investor reports",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("investor", "snapshot_key", "kind", "version"),
                            name="investor_report_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="KnowledgeTest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("version", models.CharField(max_length=20, verbose_name="version")),
                    ("answers", models.JSONField(verbose_name="answers")),
                    (
                        "right_answers",
                        models.PositiveSmallIntegerField(verbose_name="right answers"),
                    ),
                    ("has_passed", models.BooleanField(verbose_name="passed")),
                    (
                        "outcome",
                        models.CharField(
                            blank=True, default="", max_length=20, verbose_name="outcome"
                        ),
                    ),
                    (
                        "form_token",
                        models.CharField(
                            blank=True, default="", max_length=64, verbose_name="form"
                        ),
                    ),
                    ("taken_at", models.DateTimeField(verbose_name="taken")),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="knowledge_tests",
                            to="investors.investor",
                        ),
                    ),
                    (
                        "taken_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "knowledge test",
                    "verbose_name_plural": "knowledge tests",
                    "get_latest_by": ("taken_at", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("form_token", ""), _negated=True),
                            fields=("investor", "form_token"),
                            name="knowledge_test_once_per_form",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="LossSimulation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "net_worth_currency",
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
                        ),
                    ),
                    (
                        "net_worth",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="net worth"
                        ),
                    ),
                    (
                        "bearable_loss_currency",
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
                        ),
                    ),
                    (
                        "bearable_loss",
                        djmoney.models.fields.MoneyField(
                            decimal_places=2, max_digits=14, verbose_name="bearable loss"
                        ),
                    ),
                    (
                        "valued_on",
                        models.DateField(blank=True, null=True, verbose_name="valued as of"),
                    ),
                    (
                        "valid_until",
                        models.DateField(blank=True, null=True, verbose_name="valid until"),
                    ),
                    (
                        "tax_reading",
                        models.CharField(
                            blank=True, default="", max_length=10, verbose_name="reading of taxes"
                        ),
                    ),
                    ("taken_at", models.DateTimeField(verbose_name="taken")),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="loss_simulations",
                            to="investors.investor",
                        ),
                    ),
                    (
                        "taken_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "loss simulation",
                    "verbose_name_plural": "loss simulations",
                    "get_latest_by": ("taken_at", "id"),
                },
            ),
            migrations.CreateModel(
                name="LossComponents",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("figures", models.JSONField(verbose_name="components")),
                    (
                        "simulation",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="components",
                            to="investors.losssimulation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "components of a simulation",
                    "verbose_name_plural": "components of simulations",
                },
            ),
            migrations.CreateModel(
                name="Qualification",
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
                                ("sophisticated", "Sophisticated investor"),
                                ("mifid_professional", "Professional client (MiFID II)"),
                                ("bank_foundation", "Bank foundation"),
                                ("incubator", "Incubator or finance company for innovation"),
                                ("sme_supporter", "Qualified supporter of small companies"),
                            ],
                            max_length=20,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "Asked for"),
                                ("granted", "Granted"),
                                ("refused", "Refused"),
                                ("withdrawn", "Withdrawn"),
                                ("ended", "Ended"),
                            ],
                            default="asked",
                            max_length=20,
                            verbose_name="state",
                        ),
                    ),
                    ("criteria", models.JSONField(default=list, verbose_name="criteria")),
                    ("claim", models.JSONField(default=dict, verbose_name="what was attested")),
                    ("evidence", models.CharField(max_length=1000, verbose_name="evidence")),
                    (
                        "statement_version",
                        models.CharField(
                            blank=True, max_length=20, verbose_name="version of the statement"
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="asked")),
                    (
                        "decided_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                    ),
                    (
                        "reason",
                        models.CharField(blank=True, max_length=1000, verbose_name="reason"),
                    ),
                    (
                        "valid_until",
                        models.DateField(blank=True, null=True, verbose_name="valid until"),
                    ),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                    (
                        "asked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="qualifications",
                            to="investors.investor",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "qualification",
                    "verbose_name_plural": "qualifications",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state", "granted")),
                            fields=["investor", "kind"],
                            name="qualification_granted",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "asked")),
                            fields=("investor", "kind"),
                            name="qualification_asked_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state__in", ("granted", "refused", "ended")), _negated=True
                                ),
                                ("decided_at__isnull", False),
                                _connector="OR",
                            ),
                            name="qualification_decided_has_its_instant",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("kind", "sophisticated"),
                                    ("state__in", ("granted", "ended")),
                                    _negated=True,
                                ),
                                ("valid_until__isnull", False),
                                _connector="OR",
                            ),
                            name="qualification_sophisticated_has_an_end",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Representation",
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
                                ("self", "For oneself"),
                                ("legal_representative", "Legal representative"),
                                ("delegate", "Delegate"),
                            ],
                            default="self",
                            max_length=20,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "evidence",
                        models.CharField(blank=True, max_length=300, verbose_name="evidence"),
                    ),
                    ("since", models.DateTimeField(verbose_name="since")),
                    ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                    (
                        "investor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="representations",
                            to="investors.investor",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="representations",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "representation",
                    "verbose_name_plural": "representations",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=("investor", "user"),
                            name="representation_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ended_at__isnull", True),
                                ("ended_at__gte", models.F("since")),
                                _connector="OR",
                            ),
                            name="representation_ends_after_it_began",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Complaint",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                    ("serial", models.PositiveIntegerField(verbose_name="number in the year")),
                    ("name", models.CharField(max_length=200, verbose_name="name")),
                    ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                    (
                        "language",
                        models.CharField(default="it", max_length=5, verbose_name="language"),
                    ),
                    ("subject", models.CharField(max_length=200, verbose_name="subject")),
                    ("text", models.TextField(max_length=5000, verbose_name="what happened")),
                    (
                        "wish",
                        models.TextField(
                            blank=True, max_length=2000, verbose_name="what is asked for"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("received", "Received"),
                                ("admissible", "Admissible, being looked into"),
                                ("inadmissible", "Not admissible"),
                                ("answered", "Answered"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            default="received",
                            max_length=20,
                            verbose_name="state",
                        ),
                    ),
                    ("received_at", models.DateTimeField(verbose_name="received")),
                    (
                        "acknowledged_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="acknowledged"),
                    ),
                    (
                        "reason",
                        models.TextField(blank=True, max_length=2000, verbose_name="reason"),
                    ),
                    (
                        "contact",
                        models.CharField(blank=True, max_length=200, verbose_name="contact"),
                    ),
                    (
                        "answer_due_on",
                        models.DateField(blank=True, null=True, verbose_name="answer expected"),
                    ),
                    (
                        "answered_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                    ),
                    (
                        "answer",
                        models.TextField(blank=True, max_length=5000, verbose_name="answer"),
                    ),
                    (
                        "complainant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="complaints",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "complaint",
                    "verbose_name_plural": "complaints",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("year", "serial"), name="complaint_number_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state__in", ("admissible", "inadmissible", "answered")),
                                    _negated=True,
                                ),
                                ("acknowledged_at__isnull", False),
                                _connector="OR",
                            ),
                            name="complaint_judged_has_its_instant",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                models.Q(
                                    ("answered_at__isnull", False),
                                    models.Q(("answer", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="complaint_answered_has_its_answer",
                        ),
                    ],
                },
            ),
        )
    ]
