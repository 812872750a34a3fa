"""The book of rules is fresh, every rule is proven by a test, and every number of the law is answered."""

from django.conf import settings
from django.urls import get_resolver

from backend.core import law, lawbook

assert get_resolver().url_patterns  # reads every module, so that every rule is filed


class TestDocument:
    def test_is_the_page_in_the_docs(self) -> None:
        page = settings.BASE_DIR / "docs" / "rules.md"

        assert page.read_text(encoding="utf-8") == lawbook.document(), "run manage.py rules"


class TestRules:
    def test_each_is_proven_by_a_test(self) -> None:
        unproven = {rule.id for rule in law.rules()} - set(lawbook.tests())

        assert not unproven, "mark the tests that prove them: @pytest.mark.rule"

    def test_no_test_proves_a_rule_that_nobody_filed(self) -> None:
        known = {each.id for each in (*law.rules(), *law.duties())}

        assert set(lawbook.tests()) <= known
