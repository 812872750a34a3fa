"""Parts of a campaign's pages that floors above fill: the homes bought so far, plan against actual.

A floor above registers a template and a function at start; the page shows what the function gives,
and nothing where it gives None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from campaigns.models import Campaign


@dataclass(frozen=True)
class Section:
    """A part of the page: its template, and what it shows of a campaign, if anything.

    On the public page, or on the desk of those who work on the campaign. With a label it is among
    what the page lists at its top, and its template carries the anchor.
    """

    template: str
    content: Callable[[Campaign], dict[str, Any] | None]
    order: int = 100
    is_public: bool = True
    anchor: str = ""
    label: str | Promise = ""


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Put a part on every campaign's page; the same template replaces."""
    _sections[section.template] = section


def of(campaign: Campaign, *, is_public: bool = True) -> list[dict[str, Any]]:
    """The parts that have something to show, in order, each with its template."""
    of_page = [section for section in _sections.values() if section.is_public == is_public]
    in_order = sorted(of_page, key=lambda section: section.order)
    found = [(section, section.content(campaign)) for section in in_order]
    return [
        {"template": each.template, "anchor": each.anchor, "label": each.label, **content}
        for each, content in found
        if content is not None
    ]
