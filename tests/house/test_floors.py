"""The floors: what the import contracts list is all there is, and foreign keys obey them too.

The imports themselves are held by import-linter in `make check`.
"""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from backend.embedded import BASE_DIR

PACKAGES = ("backend", "campaigns", "investors", "properties", "worker")
# The lowest first; what Django brings lies below all.
FLOORS = (
    "core",
    "accounts",
    "webhooks",
    "ledger",
    "treasury",
    "investors",
    "campaigns",
    "properties",
    "backend",
)
NOT_CODE = {"decisions", "locale", "static", "templates", "migrations", "__pycache__"}


def layers() -> set[str]:
    contracts = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]
    lines = contracts["contracts"][0]["layers"]
    return {name for line in lines for name in line.replace("|", ":").replace(" ", "").split(":")}


def backend_modules() -> set[str]:
    folder = BASE_DIR / "backend"
    files = {f"backend.{each.stem}" for each in folder.glob("*.py") if each.stem != "__init__"}
    return files | {
        f"backend.{each.name}"
        for each in folder.iterdir()
        if each.is_dir() and each.name not in NOT_CODE and any(each.rglob("*.py"))
    }


class TestLayers:
    def test_every_backend_module_stands_in_a_layer(self) -> None:
        assert backend_modules() - layers() == set()

    def test_every_layer_is_there(self) -> None:
        known = backend_modules() | set(PACKAGES)

        assert layers() - known == set()

    def test_every_package_is_checked(self) -> None:
        text = (BASE_DIR / "pyproject.toml").read_text()
        checked = tomllib.loads(text)["tool"]["importlinter"]["root_packages"]

        assert set(checked) == set(PACKAGES)


class TestForeignKeys:
    @pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
    def test_a_foreign_key_points_to_its_own_floor_or_below(self, model: type[Model]) -> None:
        own = floor(model)
        upward = [
            f"{field.name} -> {field.related_model._meta.label}"
            for field in model._meta.get_fields()
            if field.many_to_one or field.one_to_one or field.many_to_many
            if not field.auto_created and isinstance(field.related_model, type)
            if floor(field.related_model) > own
        ]

        assert not upward or own == -1


class TestSourceFiles:
    def test_every_python_file_stands_in_a_package(self) -> None:
        folders = {file.parent for name in PACKAGES for file in (BASE_DIR / name).rglob("*.py")}

        bare = {str(folder.relative_to(BASE_DIR)) for folder in folders if not has_init(folder)}

        assert bare == set()


def floor(model: type[Model]) -> int:
    label = model._meta.app_label
    return FLOORS.index(label) if label in FLOORS else -1


def has_init(folder: Path) -> bool:
    return (folder / "__init__.py").exists()
