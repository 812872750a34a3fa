"""The book of rules is fresh, every rule is proven by a test, every number of the law is answered."""

import re

from django.conf import settings
from django.urls import get_resolver

from backend.core import law, lawbook
from campaigns.rules import REGIMES

assert get_resolver().url_patterns  # reads every module, so that every rule is filed


class TestDocument:
    def test_is_the_page_in_the_docs(self) -> None:
        page = settings.BASE_DIR / "docs" / "rules.md"

        assert page.read_text(encoding="utf-8") == lawbook.document(), "run manage.py rules"


# The numbers that the law of offers has with us: R European, I Italian.
NUMBERS = {f"R{number}" for number in range(1, 57)} | {f"I{number}" for number in range(1, 15)}
FILED = re.compile(r"law\.(?:rule|duty)\(\s*id=\"([^\"]+)\"")
FLOORS = ("backend", "investors", "campaigns", "properties")


def known() -> set[str]:
    return {each.id for each in (*law.rules(), *law.duties())}


class TestRules:
    def test_answer_every_number_of_the_law(self) -> None:
        assert NUMBERS - {each.partition(".")[0] for each in known()} == set()

    def test_are_all_read_at_start(self) -> None:
        files = (file for floor in FLOORS for file in (settings.BASE_DIR / floor).rglob("*.py"))
        written = {
            each for file in files for each in FILED.findall(file.read_text(encoding="utf-8"))
        }

        assert written == known()

    def test_name_only_regimes_that_there_are(self) -> None:
        assert {code for rule in law.rules() for code in rule.regimes} <= set(REGIMES)

    def test_each_is_proven_by_a_test(self) -> None:
        ours = {duty.id for duty in law.duties() if duty.is_ours}
        unproven = ({rule.id for rule in law.rules()} | ours) - set(lawbook.tests("rule"))

        assert not unproven, "mark the tests that prove them: @pytest.mark.rule"

    def test_no_test_proves_a_rule_that_nobody_filed(self) -> None:
        assert set(lawbook.tests("rule")) <= known()
