"""Files as answers: what a page or an endpoint hands over to be saved."""

from django.http import HttpResponse


def csv(*, name: str, text: str) -> HttpResponse:
    """A table to be saved under a name (ours, never a visitor's words)."""
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
