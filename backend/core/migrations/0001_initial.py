import datetime

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from backend.core.create_models import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Notice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.CharField(max_length=200, unique=True)),
                    ("to", models.EmailField(max_length=254)),
                    ("language", models.CharField(max_length=5)),
                    ("template", models.CharField(max_length=80)),
                    ("subject", models.CharField(max_length=300)),
                    ("body", models.TextField()),
                    ("created_at", models.DateTimeField()),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("bounced_at", models.DateTimeField(null=True)),
                    ("bounce_reason", models.CharField(blank=True, max_length=300)),
                ],
                options={
                    "verbose_name": "notice",
                    "verbose_name_plural": "notices",
                },
            ),
            migrations.CreateModel(
                name="Organisation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("issuer", "Issuer"),
                                ("platform", "Platform"),
                                ("city", "City"),
                                ("other", "Other"),
                            ],
                            max_length=20,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "tax_code",
                        models.CharField(blank=True, max_length=20, verbose_name="tax code"),
                    ),
                    (
                        "address",
                        models.CharField(blank=True, max_length=300, verbose_name="address"),
                    ),
                    ("is_synthetic", models.BooleanField(default=False, verbose_name="synthetic")),
                ],
                options={
                    "verbose_name": "organisation",
                    "verbose_name_plural": "organisations",
                },
            ),
            migrations.CreateModel(
                name="User",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    (
                        "last_login",
                        models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                    ),
                    (
                        "is_superuser",
                        models.BooleanField(
                            default=False,
                            help_text="Designates that this user has all permissions without explicitly assigning them.",
                            verbose_name="superuser status",
                        ),
                    ),
                    (
                        "username",
                        models.CharField(
                            error_messages={"unique": "A user with that username already exists."},
                            help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                            max_length=150,
                            unique=True,
                            validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                            verbose_name="username",
                        ),
                    ),
                    (
                        "first_name",
                        models.CharField(blank=True, max_length=150, verbose_name="first name"),
                    ),
                    (
                        "last_name",
                        models.CharField(blank=True, max_length=150, verbose_name="last name"),
                    ),
                    (
                        "email",
                        models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                    ),
                    (
                        "is_staff",
                        models.BooleanField(
                            default=False,
                            help_text="Designates whether the user can log into this admin site.",
                            verbose_name="staff status",
                        ),
                    ),
                    (
                        "is_active",
                        models.BooleanField(
                            default=True,
                            help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                            verbose_name="active",
                        ),
                    ),
                    (
                        "date_joined",
                        models.DateTimeField(
                            default=django.utils.timezone.now, verbose_name="date joined"
                        ),
                    ),
                    (
                        "roles",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=30),
                            blank=True,
                            default=list,
                            size=None,
                        ),
                    ),
                    ("language", models.CharField(default="it", max_length=5)),
                    (
                        "groups",
                        models.ManyToManyField(
                            blank=True,
                            help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.group",
                            verbose_name="groups",
                        ),
                    ),
                    (
                        "user_permissions",
                        models.ManyToManyField(
                            blank=True,
                            help_text="Specific permissions for this user.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.permission",
                            verbose_name="user permissions",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="members",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "user",
                    "verbose_name_plural": "users",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "roles__contained_by",
                                    [
                                        "investor",
                                        "manager",
                                        "caseworker",
                                        "finance",
                                        "city_reviewer",
                                        "programme_officer",
                                        "auditor",
                                        "administrator",
                                    ],
                                )
                            ),
                            name="user_roles_known",
                        )
                    ],
                },
                managers=[
                    ("objects", django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name="ClockOffset",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("offset", models.DurationField(default=datetime.timedelta)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("pk", 1)), name="clock_offset_single_row"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Job",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.CharField(max_length=200, unique=True)),
                    ("kind", models.CharField(max_length=60)),
                    ("payload", models.JSONField(default=dict)),
                    ("created_at", models.DateTimeField()),
                    ("run_after", models.DateTimeField()),
                    ("done_at", models.DateTimeField(null=True)),
                    ("attempts", models.PositiveIntegerField(default=0)),
                    ("last_error", models.TextField(blank=True)),
                ],
                options={
                    "verbose_name": "job",
                    "verbose_name_plural": "jobs",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("done_at__isnull", True)),
                            fields=["kind", "id"],
                            name="job_waiting",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Parameter",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=80)),
                    ("value", models.CharField(max_length=80)),
                    ("valid_from", models.DateField()),
                    ("valid_to", models.DateField(blank=True, null=True)),
                    ("source", models.CharField(max_length=300)),
                ],
                options={
                    "verbose_name": "parameter",
                    "verbose_name_plural": "parameters",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("code", "valid_from"), name="parameter_once_per_start"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="AuditEvent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("by_label", models.CharField(max_length=200)),
                    ("action", models.CharField(max_length=80)),
                    ("subject_kind", models.CharField(max_length=80)),
                    ("subject_id", models.CharField(max_length=40)),
                    ("state_before", models.CharField(blank=True, max_length=40)),
                    ("state_after", models.CharField(blank=True, max_length=40)),
                    ("reason", models.TextField(blank=True)),
                    ("facts", models.JSONField(blank=True, default=dict)),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "audit event",
                    "verbose_name_plural": "audit events",
                    "indexes": [
                        models.Index(
                            fields=["subject_kind", "subject_id", "id"],
                            name="core_audite_subject_017b2f_idx",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="IdempotencyKey",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.CharField(max_length=255)),
                    ("request_hash", models.CharField(max_length=64)),
                    ("status", models.PositiveSmallIntegerField(null=True)),
                    ("body", models.JSONField(null=True)),
                    ("created_at", models.DateTimeField()),
                    (
                        "user",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("user", "key"),
                            name="idempotency_key_once_per_user",
                            nulls_distinct=False,
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Approval",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("action", models.CharField(max_length=80)),
                    ("subject_kind", models.CharField(max_length=80)),
                    ("subject_id", models.CharField(max_length=40)),
                    ("subject_label", models.CharField(blank=True, max_length=200)),
                    ("note", models.TextField(blank=True)),
                    ("requested_at", models.DateTimeField()),
                    (
                        "decision",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "waiting"),
                                ("approved", "approved"),
                                ("refused", "refused"),
                            ],
                            default="",
                            max_length=10,
                        ),
                    ),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("reason", models.TextField(blank=True)),
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
                        "requested_by",
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
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="core.organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "approval",
                    "verbose_name_plural": "approvals",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("requested_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="approval_by_a_second_person",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_at__isnull", True),
                                    ("decided_by__isnull", True),
                                    ("decision", ""),
                                ),
                                models.Q(
                                    ("decided_at__isnull", False),
                                    ("decided_by__isnull", False),
                                    models.Q(("decision", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="approval_decision_has_who_and_when",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("decision", "")),
                            fields=("action", "subject_kind", "subject_id"),
                            name="approval_one_waiting_per_act",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnwantedMail",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("address", models.EmailField(max_length=254, unique=True)),
                    ("since", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "address without news",
                    "verbose_name_plural": "addresses without news",
                },
            ),
            migrations.CreateModel(
                name="Reading",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=80, unique=True)),
                    ("value", models.FloatField()),
                    ("taken_at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="Alert",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=80)),
                    (
                        "level",
                        models.PositiveSmallIntegerField(choices=[(1, "warning"), (2, "grave")]),
                    ),
                    ("value", models.FloatField()),
                    ("raised_at", models.DateTimeField()),
                    ("told_at", models.DateTimeField()),
                    ("seen_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                ],
                options={
                    "verbose_name": "alert",
                    "verbose_name_plural": "alerts",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=("name",),
                            name="alert_one_open_per_figure",
                        )
                    ],
                },
            ),
        )
    ]
