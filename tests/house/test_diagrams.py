"""The pictures of the states in the docs are those that the code allows."""

from django.conf import settings

from backend.core import diagrams


class TestDocument:
    def test_is_the_page_in_the_docs(self) -> None:
        page = settings.BASE_DIR / "docs" / "states.md"

        assert page.read_text(encoding="utf-8") == diagrams.document(), "run manage.py states"
