"""Amounts as people type them, in both languages."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from backend.core.fields import EuroField, read_euro
from backend.core.money import as_text, euro


class TestReadEuro:
    @pytest.mark.parametrize(
        ("language", "typed", "read"),
        [
            ("it", "500", "500.00"),
            ("it", "1.234,50", "1234.50"),
            ("it", "1234,5", "1234.50"),
            ("it", "1.234", "1234.00"),
            ("it", " € 2 500 ", "2500.00"),
            ("en", "1,234.50", "1234.50"),
            ("en", "1,234", "1234.00"),
            ("en", "1234.50", "1234.50"),
        ],
    )
    def test_reads_what_people_type(self, language: str, typed: str, read: str) -> None:
        with translation.override(language):
            assert read_euro(typed) == euro(read)

    @pytest.mark.parametrize("typed", ["", "tanto", "1.2.3", "-5", "1,234", "5,001", "NaN", "1e3"])
    def test_refuses_the_rest_with_an_example(self, typed: str) -> None:
        with translation.override("it"), pytest.raises(forms.ValidationError):
            read_euro(typed)

    @given(st.decimals(0, 10**9, places=2), st.sampled_from(["it", "en"]))
    def test_reads_what_we_write(self, amount: Decimal, language: str) -> None:
        with translation.override(language):
            assert read_euro(as_text(euro(amount), language)) == euro(amount)


class TestEuroField:
    def test_shows_an_amount_as_the_language_writes_it(self) -> None:
        with translation.override("it"):
            assert EuroField().prepare_value(euro("500.50")) == "500,50"

    def test_keeps_what_was_typed(self) -> None:
        assert EuroField().prepare_value("cinque") == "cinque"
