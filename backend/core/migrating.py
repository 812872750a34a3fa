"""All migrations on an empty database, in a third of the time that `manage.py migrate` takes.

Django renders every model that hangs together with a changed one anew, after each change: with some 180
tables most of all time goes there. A change of a table needs the table's own model alone; what reads
rows (RunPython) is given a state that was rendered whole. For a demo, where somebody waits; what runs in
production is Django's own command.
"""

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


def migrate() -> None:
    """Bring the database to the tables of this code; what it has already is left as it is."""
    executor = _Executor(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    if plan:
        emit_pre_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
        executor.migrate(targets, plan)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)


class _State(ProjectState):
    """Renders a model that changed, and not those that point to it or that it points to."""

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        if "apps" in self.__dict__:
            # So Django knows that relations are stale, and renders all before it runs Python code.
            self.is_delayed = True
            self._reload({(app_label, model_name)})  # type: ignore[attr-defined]  # not in the stubs


class _Executor(MigrationExecutor):
    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        state: ProjectState = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        state.__class__ = _State  # made deep inside Django, which asks nobody of which class
        return state
