"""The book of rules (docs/rules.md), written from the registry and from the tests' own marks.

A test names the rule that it proves with `@pytest.mark.rule("R45")`, on a case or on a whole class.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import get_resolver
from django.utils import translation

from backend.core import law

HEAD = """# The rules of law

Written by `python manage.py rules` from the functions that hold them; a test holds it fresh and finds
a rule without a test. R is European law, I is Italian. What no primary source settles is a choice of
ours, made in one place and named here as *uncertain*. The product is a tracker: it computes what the
rules say and shows what must be done; it is not an authorised provider.
"""
UNCERTAIN_HEAD = "\n## What stayed uncertain\n\n| rule | our choice |\n|---|---|\n"
DUTIES_HEAD = (
    "\n## Duties that nothing here computes\n\n"
    "| rule | article | says | held by | tests |\n|---|---|---|---|---|\n"
)

Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def document() -> str:
    """The whole book, in English."""
    assert get_resolver().url_patterns  # reads every module that an address leads to
    proofs = tests("rule")
    with translation.override("en"):
        told = "".join(_section(rule, proofs.get(rule.id, [])) for rule in law.rules())
        return HEAD + told + _uncertain() + _duties(proofs)


def tests(mark: str) -> dict[str, list[str]]:
    """By rule, the tests that name it with a mark, as `tests/file.py::Class::case`."""
    found: dict[str, list[str]] = {}
    for file in sorted((settings.BASE_DIR / "tests").rglob("test_*.py")):
        for rule, place in _marked(file, mark):
            found.setdefault(rule, []).append(place)
    return found


def _marked(file: Path, mark: str) -> Iterator[tuple[str, str]]:
    where = file.relative_to(settings.BASE_DIR).as_posix()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, Named):
            yield from _marks(node, f"{where}::{node.name}", mark)
        if isinstance(node, ast.ClassDef):
            cases = [case for case in node.body if isinstance(case, Named)]
            for case in cases:
                yield from _marks(case, f"{where}::{node.name}::{case.name}", mark)


def _marks(node: Named, place: str, mark: str) -> Iterator[tuple[str, str]]:
    for each in node.decorator_list:
        if isinstance(each, ast.Call) and ast.unparse(each.func) == f"pytest.mark.{mark}":
            yield from ((ast.literal_eval(name), place) for name in each.args)


def _section(rule: law.Rule, proofs: list[str]) -> str:
    until = f" until {rule.valid_to}" if rule.valid_to else ""
    regimes = ", ".join(rule.regimes) or "every regime"
    unsure = f"*Uncertain:* {rule.uncertain}\n\n" if rule.uncertain else ""
    proven = "".join(f"- `{place}`\n" for place in proofs) or "- no test\n"
    return (
        f"\n## {rule.id}: {rule.article}\n\n{rule.says}\n\n{unsure}"
        f"`{rule.path}`, from {rule.valid_from}{until}, {regimes}. Tests:\n\n{proven}"
    )


def _uncertain() -> str:
    unsure = [rule for rule in law.rules() if rule.uncertain]
    return UNCERTAIN_HEAD + "".join(f"| {rule.id} | {rule.uncertain} |\n" for rule in unsure)


def _duties(proofs: dict[str, list[str]]) -> str:
    return DUTIES_HEAD + "".join(_duty(each, proofs.get(each.id, [])) for each in law.duties())


def _duty(duty: law.Duty, proofs: list[str]) -> str:
    none = "no test" if duty.is_ours else "nothing of ours to test"
    shown = ", ".join(f"`{place}`" for place in proofs) or none
    return f"| {duty.id} | {duty.article} | {duty.says} | {duty.held_by} | {shown} |\n"
