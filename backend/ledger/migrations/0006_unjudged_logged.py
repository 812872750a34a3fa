"""What is still to be judged is a table like any other: an unlogged one's index did not survive a server
that was killed (an empty page where the key begins), and every posting after it was refused."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_one_look")]
    operations = [
        migrations.RunSQL("ALTER TABLE ledger_unjudged SET LOGGED", migrations.RunSQL.noop),
    ]
