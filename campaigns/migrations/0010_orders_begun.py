"""Orders that somebody began: since when, without a place in the queue, one per investor and offer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0009_evidence_terms"),
        ("investors", "0004_reports_of_years"),
        ("ledger", "0003_guards_when"),
    ]

    operations = [
        migrations.AddField(
            model_name="pledge",
            name="started_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="begun"),
        ),
        migrations.AlterField(
            model_name="pledge",
            name="queued_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="place in the queue"),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("queued_at__isnull", False),
                    models.Q(("started_at__isnull", False), ("state__in", ("started", "lapsed"))),
                    _connector="OR",
                ),
                name="pledge_ordered_has_its_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "started")),
                fields=("campaign", "investor"),
                name="pledge_begun_once",
            ),
        ),
    ]
