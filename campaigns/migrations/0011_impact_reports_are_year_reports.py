"""The impact reports of issuers are the reports of years now, with their words (`properties.year_reports`).

What was in them is moved by properties 0010, which says that it runs before this.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0010_tallies"),
    ]

    operations = [
        migrations.DeleteModel(name="ImpactReport"),
    ]
