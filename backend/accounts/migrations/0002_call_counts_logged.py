"""Counts of calls stand in a table like any other: an unlogged one's index may not survive a server that
was killed, and then every call would be refused."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL("ALTER TABLE accounts_callcount SET LOGGED", migrations.RunSQL.noop),
    ]
