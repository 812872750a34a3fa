"""The way back that a page offers beside its message, read as a browser would send it."""

from typing import Any

from lxml import html


def forms(answer: Any) -> list[Any]:
    """The undo forms of a page, as elements."""
    return list(html.fromstring(answer.content.decode()).xpath("//form[@class='undo']"))


def form(answer: Any) -> tuple[str, dict[str, list[str]]]:
    """Where the one undo form of a page posts, and what."""
    (one,) = forms(answer)
    fields: dict[str, list[str]] = {}
    for each in one.xpath(".//input"):
        fields.setdefault(each.get("name"), []).append(each.get("value"))
    fields.pop("csrfmiddlewaretoken", None)
    return str(one.get("action")), fields
