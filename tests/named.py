"""Tests by their names (`file::Class::test`): whether one is there, for pages that name them."""

import ast

from backend.embedded import BASE_DIR


def is_there(name: str) -> bool:
    """Whether a test, or a class of tests, of this name stands in that file."""
    file, *path = name.split("::")
    found: list[ast.AST] = [ast.parse((BASE_DIR / file).read_text(encoding="utf-8"))]
    for part in path:
        found = [
            node
            for each in found
            for node in ast.iter_child_nodes(each)
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == part
        ]
    return bool(found)
