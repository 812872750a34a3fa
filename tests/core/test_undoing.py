"""What takes back what: every way that is registered leads to a page that takes a POST; the message
offers it to who may go it, and to nobody else."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.urls import get_resolver

from backend.core import undoing
from tests.cast import Cast
from tests.house.access_table import NO, PAGES

APPS = get_resolver().url_patterns
"""Read first: where apps register their ways."""
PLACE = ("line.explained", 7)


def told(extra: str) -> Message:
    return Message(SUCCESS, "Done.", extra_tags=extra)


class TestWays:
    def test_there_are_some(self) -> None:
        assert "line.explained" in undoing.ways()

    @pytest.mark.parametrize(("act", "url_name"), sorted(undoing.ways().items()))
    def test_each_leads_to_a_page_that_takes_a_post(self, act: str, url_name: str) -> None:
        assert get_resolver().reverse_dict.getlist(url_name), f"{act}: nothing is named {url_name}"
        assert PAGES[url_name][1] != NO


class TestBack:
    def test_is_offered_to_who_may_go_it(self, cast: Cast) -> None:
        message = told(undoing.of(*PLACE, next="/treasury/lines/3/"))

        back = undoing.back(message, cast.finance)

        assert back is not None
        assert back.action == "/treasury/acts/7/undo/"
        assert dict(back.fields)["next"] == "/treasury/lines/3/"
        assert len(dict(back.fields)["reason"]) > 5

    def test_sends_every_value_of_a_field(self, cast: Cast) -> None:
        message = told(undoing.of("staff.roles_changed", 7, roles=["manager", "finance"]))

        back = undoing.back(message, cast.owner)

        assert back is not None
        assert back.fields[:2] == [("roles", "manager"), ("roles", "finance")]

    def test_is_not_offered_to_others(self, cast: Cast) -> None:
        message = told(undoing.of(*PLACE))

        assert undoing.back(message, cast.investor) is None
        assert undoing.back(message, AnonymousUser()) is None

    @pytest.mark.parametrize(
        "extra",
        [
            "",
            "safe",
            "7",
            json.dumps({"fields": {}}),
            json.dumps({"to": "/nowhere/at/all/", "fields": {}}),
        ],
    )
    def test_other_words_beside_a_message_are_none(self, cast: Cast, extra: str) -> None:
        assert undoing.back(told(extra), cast.finance) is None

    def test_an_act_that_nobody_registered_is_a_fault_of_ours(self) -> None:
        with pytest.raises(KeyError):
            undoing.of("test.never_registered", 1)
