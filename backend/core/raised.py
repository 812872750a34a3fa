"""Which rules may refuse what an operation asks: read from the code that it runs, never written by hand.

From a function on, every function of ours that it names is read, and each kind of broken rule that one
of them makes is told. It may name one too many (a branch that this call never takes), and it does not see
what is registered at start or stands behind a queryset.
"""

import ast
import functools
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from backend.core.errors import RuleBroken

OURS = ("backend.", "campaigns.", "investors.", "properties.")
Kind = type[RuleBroken]


def by(function: Callable[..., Any], owner: type | None = None) -> list[Kind]:
    """The kinds that a function may raise, by code; `owner` is the class on which it is called."""
    first: FunctionType = inspect.unwrap(function)
    seen, waiting = {first}, [first]
    found: set[Kind] = set()
    while waiting:
        function = waiting.pop()
        # Only a method says `self`; whatever else is read once, whoever asks.
        kinds, named = _reads(function, owner if "." in function.__qualname__ else None)
        found |= kinds
        fresh = named - seen
        seen |= fresh
        waiting += fresh
    return sorted(found, key=lambda kind: kind.code)


@functools.cache
def _reads(function: FunctionType, owner: type | None) -> tuple[set[Kind], set[FunctionType]]:
    """What a function names: kinds of broken rules, and functions of ours."""
    kinds: set[Kind] = set()
    functions: set[FunctionType] = set()
    for thing in _named(function, owner):
        if isinstance(thing, type) and issubclass(thing, RuleBroken):
            kinds |= {thing} - {RuleBroken}
        elif isinstance(thing, FunctionType) and thing.__module__.startswith(OURS):
            functions.add(thing)
    return kinds, functions


def _named(function: FunctionType, owner: type | None) -> Iterator[Any]:
    tree = _tree(function)
    handlers = [each for each in ast.walk(tree) if isinstance(each, ast.ExceptHandler)]
    caught = {one for each in handlers if each.type for one in ast.walk(each.type)}
    for node in ast.walk(tree):
        if node in caught:
            continue
        thing = _meant(node, function, owner)
        # A table of acts names each of them.
        parts = thing.values() if isinstance(thing, dict) else (thing,)
        yield from (inspect.unwrap(one) if callable(one) else one for one in parts)


def _tree(function: FunctionType) -> ast.AST:
    """The code of a function; nothing of what was made at start and has no lines of its own."""
    lines = _functions(function.__code__.co_filename)
    return lines.get(function.__code__.co_firstlineno, ast.Module(body=[], type_ignores=[]))


@functools.cache
def _functions(file: str) -> dict[int, ast.AST]:
    """The functions of a file by their first line, where a decorator stands if there is one."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    nodes = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    return {min([one.lineno, *(d.lineno for d in one.decorator_list)]): one for one in nodes}


def _meant(node: ast.AST, function: FunctionType, owner: type | None) -> Any:
    """What a name in the code of a function stands for; None where that is not known beforehand."""
    if isinstance(node, ast.Name):
        return function.__globals__.get(node.id)
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
        return None
    if node.value.id == "self":
        return inspect.getattr_static(owner, node.attr, None) if owner else None
    place = function.__globals__.get(node.value.id)
    return getattr(place, node.attr, None) if isinstance(place, ModuleType) else None
