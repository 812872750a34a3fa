"""Who asks for a translation proves the address; what was asked before counts as it did."""

from django.db import migrations, models

AS_BEFORE = "UPDATE campaigns_translationrequest SET proven_at = asked_at"


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0014_regulator_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="translationrequest",
            name="proven_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="proven"),
        ),
        migrations.RunSQL(AS_BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="translationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "asked"), ("proven_at__isnull", False), _connector="OR"
                ),
                name="translation_answered_when_proven",
            ),
        ),
    ]
