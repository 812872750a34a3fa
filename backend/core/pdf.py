"""PDF documents by typst: tagged and archivable (PDF/A-2a with PDF/UA-1), without system libraries.

A template is a `.typ` file found like any Django template (`pdf/<name>.typ`); it reads its data with
`json(bytes(sys.inputs.data))`. Fonts are those shipped under static/fonts/pdf and typst's own.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import get_template

FONTS = Path(__file__).resolve().parents[1] / "static" / "fonts" / "pdf"
PAGE = re.compile(rb"/Type\s*/Page\b")
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


def render(*, template: str, data: dict[str, Any]) -> bytes:
    """The PDF of a template filled with data: JSON, days and texts to translate. Takes about ten
    milliseconds."""
    found: Any = get_template(f"pdf/{template}.typ")  # typed without the origin that it has
    source = Path(found.origin.name)
    return typst.compile(
        source,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder)},
        pdf_standards=list(STANDARDS),
    )


def pages(document: bytes) -> int:
    """How many pages a PDF has that `render` made: it writes the pages' own objects uncompressed."""
    return len(PAGE.findall(document))


@cache
def _fonts() -> typst.Fonts:
    """Read once a process, a third of a document's time; never the machine's own, so that the same
    data gives the same document everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS] if FONTS.is_dir() else [])
