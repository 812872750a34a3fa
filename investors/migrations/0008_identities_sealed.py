"""Codes, birth and account of investors lie sealed, with keyed hashes by which a code is found.

The columns keep their names; what is in them is sealed here, in batches. The version before reads
tokens where it expects codes, so this comes before the first release or with the site at rest.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from backend.core import sealed
from backend.core.sealed import PrintField, SealedDay, SealedText

TEXTS = (
    ("tax_code", "tax code", 20),
    ("foreign_tax_number", "foreign tax number", 40),
    ("iban", "IBAN", 34),
)
ONCE = (
    models.UniqueConstraint(name="investor_tax_code_once", fields=["tax_code_print"]),
    models.UniqueConstraint(
        name="investor_foreign_number_once", fields=["tax_country", "foreign_tax_print"]
    ),
    models.CheckConstraint(
        name="investor_is_known_to_a_tax_office",
        condition=models.Q(tax_code_print__isnull=False)
        | ~models.Q(tax_country="IT") & models.Q(foreign_tax_print__isnull=False)
        | models.Q(erased_at__isnull=False),
    ),
)


def seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Move what lies plain under the key; makes the first key where there is none and somebody to seal."""
    sealed.seal_plain(apps.get_model("investors", "Investor"))


class Migration(migrations.Migration):
    dependencies = [("investors", "0007_amounts_in_the_words")]
    operations = [
        *(migrations.RemoveConstraint("investor", each.name) for each in ONCE),
        *(
            migrations.AlterField(
                "investor", name, SealedText(blank=True, max_length=length, verbose_name=words)
            )
            for name, words, length in TEXTS
        ),
        migrations.AlterField(
            "investor", "born_on", SealedDay(blank=True, null=True, verbose_name="date of birth")
        ),
        migrations.AddField("investor", "tax_code_print", PrintField(of="tax_code")),
        migrations.AddField("investor", "foreign_tax_print", PrintField(of="foreign_tax_number")),
        migrations.RunPython(seal, migrations.RunPython.noop),
        *(migrations.AddConstraint("investor", each) for each in ONCE),
    ]
