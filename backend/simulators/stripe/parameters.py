"""Form-encoded parameters as Stripe writes them, and the asking back of `expand`.

`metadata[pledge]=7` is a dict, `expand[]=charge` and `types[0]=x` are lists.
"""

from collections.abc import Iterable
from typing import Any

from backend.simulators.stripe.shapes import Obj
from backend.simulators.stripe.store import Store

LATEST = 2**53


def nested(pairs: Iterable[tuple[str, str]]) -> Obj:
    """The fields as dicts and lists, by the brackets in their names."""
    tree: Obj = {}
    for name, value in pairs:
        head, *rest = name.replace("]", "").split("[")
        _place(tree, [head, *rest], value)
    return tree


def _place(tree: Obj, path: list[str], value: str) -> None:
    head, *rest = path
    if not rest:
        tree[head] = value
    elif len(rest) == 1 and (not rest[0] or rest[0].isdigit()):
        tree.setdefault(head, []).append(value)
    else:
        _place(tree.setdefault(head, {}), rest, value)


def expanded(store: Store, value: Obj, wanted: Iterable[str]) -> Obj:
    """The object with the ids at the wanted places replaced by what they stand for."""
    for path in wanted:
        value = _expand(store, value, path.split("."))
    return value


def _expand(store: Store, value: Any, path: list[str]) -> Any:
    if isinstance(value, list):
        return [_expand(store, item, path) for item in value]
    if not isinstance(value, dict) or not path or path[0] not in value:
        return value
    inner = value[path[0]]
    if isinstance(inner, str):
        inner = store.get(inner) or inner
    return value | {path[0]: _expand(store, inner, path[1:])}


def listed(objects: list[Obj], params: Obj, url: str) -> Obj:
    """A page of Stripe's kind: newest first, `limit`, `starting_after`, `created[gte]`."""
    created = params.get("created", {})
    kept = [value for value in objects if _in_span(value["created"], created)]
    ids = [value["id"] for value in kept]
    start = ids.index(params["starting_after"]) + 1 if params.get("starting_after") in ids else 0
    stop = start + min(100, int(params.get("limit", 10)))
    page = kept[start:stop]
    return {"object": "list", "url": url, "has_more": stop < len(kept), "data": page}


def span_of(created: Obj) -> tuple[int, int]:
    """The first and the last second of `created[gte]` and its like."""
    earliest = max(int(created.get("gte", 0)), int(created.get("gt", -1)) + 1)
    latest = min(int(created.get("lte", LATEST)), int(created.get("lt", LATEST + 1)) - 1)
    return earliest, latest


def _in_span(created: int, span: Obj) -> bool:
    earliest, latest = span_of(span)
    return earliest <= created <= latest
