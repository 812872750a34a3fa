"""Rows that a whole module stands on: written once, under every test of it, gone with the module.

A module-scoped fixture that asks for `rows` writes into one transaction that stays open; each test
works in a savepoint above it, on copies of what the fixture returned, and leaves both as they were.
Tests that need real commits cannot: they come last, and write their world anew each time.
"""

import copy
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol, TypeVar

from django.db import transaction

from tests import database

T = TypeVar("T")


class Copied(Protocol):
    """Gives a test its own copy of what a module-scoped fixture returned."""

    def __call__(self, one: T) -> T: ...


_open: list[ExitStack] = []


@contextmanager
def open_transaction() -> Iterator[None]:
    """A transaction in which tests nest their own as they would in none."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  # so says Django's TestCase to itself
    with ExitStack() as stack:
        stack.enter_context(outer)
        stack.callback(transaction.set_rollback, True)
        _open.append(stack)
        yield
        _open.remove(stack)


def let_go() -> None:
    """End it before its module does: a test that commits would commit it, too."""
    for stack in _open:
        stack.close()


def copies() -> Copied:
    """Copies for one test: what two fixtures share, their copies share."""
    memo: dict[int, object] = {}

    def copied(one: T) -> T:
        return copy.deepcopy(one, memo)

    return copied


def checked(made: T) -> T:
    """Judge the rows once, here: the constraints that wait would be judged at every test's end."""
    database.check_deferred()
    return made
