"""The stand-in's payment page: pay, be declined, come back; in both languages."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.simulators.conftest import Client, Line, Paid

BACK = "http://127.0.0.1:8000/pledges/7/?shown=1"


def page_of(intent: Any, lang: str = "it") -> str:
    return f"/pay/{intent.id}?lang={lang}&return_url={quote(BACK, safe='')}"


@pytest.fixture
def intent(client: Client) -> Any:
    return client.v1.payment_intents.create({"amount": 123_456, "currency": "eur"})


class TestPage:
    @pytest.mark.parametrize(
        ("lang", "words"),
        [("it", ("1.234,56", "Paga con")), ("en", ("1,234.56", "Pay with"))],
    )
    def test_it_speaks_both_languages(
        self,
        line: Line,
        intent: Any,
        lang: str,
        words: tuple[str, str],
    ) -> None:
        status, body, _headers = line.raw("GET", page_of(intent, lang))

        assert status == 200
        assert all(word in body.decode() for word in words)

    def test_paying_sends_the_browser_back(self, line: Line, client: Client, intent: Any) -> None:
        status, _body, headers = line.raw("POST", page_of(intent))

        assert status == 303
        assert headers["Location"].startswith(f"{BACK}&payment_intent={intent.id}")
        assert client.v1.payment_intents.retrieve(intent.id).status == "succeeded"

    def test_a_declined_card_may_try_again(self, line: Line, client: Client, intent: Any) -> None:
        status, body, _headers = line.raw("POST", f"{page_of(intent)}&card=pm_card_chargeDeclined")

        assert status == 200
        assert "rifiutata" in body.decode()
        charges = client.v1.charges.list({"payment_intent": intent.id}).data
        assert [charge.status for charge in charges] == ["failed"]

    def test_a_paid_intent_offers_the_way_back_alone(self, line: Line, paid: Paid) -> None:
        _status, body, _headers = line.raw("GET", page_of(paid(500)))

        assert b"<form" not in body
        assert BACK.split("?")[0] in body.decode()

    def test_only_web_addresses_are_followed(self, line: Line, paid: Paid) -> None:
        _status, body, _headers = line.raw("GET", f"/pay/{paid(500).id}?return_url=javascript:x")

        assert b"javascript" not in body

    def test_an_unknown_intent_is_a_404(self, line: Line) -> None:
        assert line.raw("GET", "/pay/pi_nothing")[0] == 404
