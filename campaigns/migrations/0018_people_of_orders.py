"""Who ordered at a platform lies sealed and apart from the order; rows of an opening lie sealed.

The version before writes both plain, so this comes before the first release or with the site at rest.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from backend.core import sealed
from backend.core.sealed import SealedFacts

PERSONAL = ("tax_code", "name", "kind", "born_on", "email", "iban")


def part(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Move who ordered out of what was ordered: the one change that these facts ever see."""
    order, person = (apps.get_model("campaigns", name) for name in ("PlatformOrder", "OrderPerson"))
    for row in order.objects.filter(facts__has_key="tax_code").iterator(chunk_size=500):
        told = {name: row.facts.pop(name) for name in PERSONAL if name in row.facts}
        person.objects.create(order=row, told=told)
        order.objects.filter(pk=row.pk).update(facts=row.facts)
    sealed.seal_plain(apps.get_model("campaigns", "Opening"))


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0017_offer_at_platform")]
    operations = [
        migrations.CreateModel(
            name="OrderPerson",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="person",
                        serialize=False,
                        to="campaigns.platformorder",
                    ),
                ),
                ("told", SealedFacts(verbose_name="what was told")),
            ],
            options={
                "verbose_name": "person of a platform's order",
                "verbose_name_plural": "people of platforms' orders",
            },
        ),
        migrations.AlterField("opening", "rows", SealedFacts(verbose_name="rows")),
        migrations.RunSQL(
            "ALTER TABLE campaigns_platformorder DISABLE TRIGGER append_only",
            "ALTER TABLE campaigns_platformorder ENABLE TRIGGER append_only",
        ),
        migrations.RunPython(part, migrations.RunPython.noop),
        migrations.RunSQL(
            "ALTER TABLE campaigns_platformorder ENABLE TRIGGER append_only",
            migrations.RunSQL.noop,
        ),
    ]
