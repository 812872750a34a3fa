"""Files as answers: what a page or an endpoint hands over to be saved."""

from typing import IO

from django.http import FileResponse, HttpResponse


def csv(*, name: str, text: str) -> HttpResponse:
    """A table to be saved under a name (ours, never a visitor's words)."""
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def xml(*, name: str, content: bytes) -> HttpResponse:
    """An XML file to be saved, to the byte as it was made."""
    return paper(name=name, content=content, media_type="application/xml")


def paper(*, name: str, content: bytes, media_type: str) -> HttpResponse:
    """A kept document to be saved, never shown in place: somebody handed it in."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def file(*, name: str, content: IO[bytes]) -> FileResponse:
    """A file from where it stands, read as it is sent and closed at the end."""
    return FileResponse(content, as_attachment=True, filename=name)
