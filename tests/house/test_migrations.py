"""Migrations that the old version lives with while they run (docs/production.md): expand, then contract.

Before the first release they are folded and no one runs them on data; RELEASED then names the newest
of each app, and every later one is held to the rules. What is meant otherwise says why it is safe:
`safe_because = "..."` in the migration.
"""

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations import operations as acts
from django.db.migrations.loader import MigrationLoader
from django.db.models.expressions import Value

from backend.core.create_models import CreateModels

RELEASED: dict[str, str] = {}
"""App to its newest migration in production; empty as long as there is none."""
OURS = (
    *("accounts", "core", "ledger", "treasury", "webhooks"),
    *("investors", "campaigns", "properties"),
)


def faults(migration: migrations.Migration) -> list[str]:
    """What the version that still runs would stumble over, or wait for."""
    if getattr(migration, "safe_because", ""):
        return []
    new = {name for each in migration.operations for name in _made(each)}
    found = (_fault(each, new) for each in migration.operations)
    return [f"{migration.name}: {fault}" for fault in found if fault]


def _made(operation: acts.base.Operation) -> set[str]:
    models_of = operation.models if isinstance(operation, CreateModels) else (operation,)
    return {each.name_lower for each in models_of if isinstance(each, acts.CreateModel)}


def _fault(operation: acts.base.Operation, new: set[str]) -> str:
    """One fault of an operation, empty where there is none; a table made here may be done with at will."""
    about = getattr(operation, "model_name", getattr(operation, "name", "")).lower()
    if about in new or isinstance(operation, ONLINE):
        return ""
    if isinstance(operation, acts.AddField):
        is_bare = not operation.field.null and operation.field.db_default is models.NOT_PROVIDED
        is_many = isinstance(operation.field, models.ManyToManyField)
        return f"{about}: the old version cannot insert" if is_bare and not is_many else ""
    return next((f"{about}: {why}" for kinds, why in REFUSED if isinstance(operation, kinds)), "")


ONLINE = (AddIndexConcurrently, AddConstraintNotValid)
REFUSED: tuple[tuple[tuple[type, ...], str], ...] = (
    (
        (acts.RenameField, acts.RenameModel, acts.AlterModelTable),
        "the old version knows the old name",
    ),
    ((acts.RemoveField, acts.DeleteModel), "the old version still reads it"),
    ((acts.AlterField,), "may rewrite or lock the table"),
    ((acts.AddIndex,), "blocks writers: AddIndexConcurrently"),
    (
        (acts.AddConstraint,),
        "reads the table under a lock: AddConstraintNotValid, then ValidateConstraint",
    ),
    ((acts.RunPython,), "fill in a job, in batches"),
)


class TestMigrations:
    def test_after_the_release_keep_the_site_running(self) -> None:
        loader = MigrationLoader(None, ignore_no_migrations=True)
        later = [
            migration
            for (app, name), migration in loader.disk_migrations.items()
            if app in OURS and RELEASED and name > RELEASED.get(app, "")
        ]

        assert [fault for each in later for fault in faults(each)] == []


class TestFaults:
    @pytest.mark.parametrize(
        "operation",
        [
            acts.AddField("pledge", "note", models.TextField()),
            acts.RemoveField("pledge", "note"),
            acts.RenameField("pledge", "note", "remark"),
            acts.AlterField("pledge", "note", models.TextField()),
            acts.DeleteModel("Pledge"),
            acts.AddIndex("pledge", models.Index(fields=["note"], name="pledge_note")),
            acts.RunPython(acts.RunPython.noop),
        ],
        ids=lambda operation: type(operation).__name__,
    )
    def test_are_found(self, operation: acts.base.Operation) -> None:
        assert faults(_migration(operation))

    @pytest.mark.parametrize(
        "operation",
        [
            acts.AddField("pledge", "note", models.TextField(null=True)),
            acts.AddField("pledge", "note", models.TextField(db_default=Value(""))),
            AddConstraintNotValid("pledge", models.CheckConstraint(name="c", condition=models.Q())),
            AddIndexConcurrently("pledge", models.Index(fields=["note"], name="pledge_note")),
            acts.RunSQL("CREATE OR REPLACE FUNCTION f() ..."),
        ],
        ids=lambda operation: type(operation).__name__,
    )
    def test_are_not_seen_in_what_both_versions_live_with(
        self, operation: acts.base.Operation
    ) -> None:
        assert faults(_migration(operation)) == []

    def test_are_none_in_a_table_made_by_the_same_migration(self) -> None:
        made = acts.CreateModel("Note", [("id", models.BigAutoField(primary_key=True))])
        index = acts.AddIndex("note", models.Index(fields=["id"], name="note_id"))

        assert faults(_migration(made, index)) == []

    def test_may_be_explained(self) -> None:
        migration = _migration(acts.DeleteModel("Pledge"))
        migration.safe_because = "no release reads it since 2.3"  # type: ignore[attr-defined]

        assert faults(migration) == []


def _migration(*operations: acts.base.Operation) -> migrations.Migration:
    migration = migrations.Migration("0099_test", "campaigns")
    migration.operations = list(operations)
    return migration


@pytest.mark.django_db
class TestTables:
    def test_all_survive_a_server_that_is_killed(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relpersistence = 'u'")

            assert cursor.fetchall() == []
