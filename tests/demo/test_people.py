"""The people of the story: all invented, each once, and every one able to speak to the API."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import check_password
from stdnum.it import codicefiscale

from backend.core.cast import CAST
from backend.core.models import Organisation, User
from backend.demo import people
from backend.ledger.models import Fund
from backend.simulators.bank.ibans import is_synthetic
from backend.treasury.models import BankAccount

AT = dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC)


class TestBackers:
    def test_each_is_somebody_else(self) -> None:
        backers = people.backers()

        assert len(backers) == people.INVESTORS
        for name in ("email", "iban", "tax_code", "number"):
            assert len({getattr(each, name) for each in backers}) == people.INVESTORS

    def test_no_code_can_be_a_real_persons(self) -> None:
        for backer in people.backers():
            assert is_synthetic(backer.iban)
            assert not codicefiscale.is_valid(backer.tax_code)
            assert len(backer.tax_code) == 16


@pytest.mark.django_db
class TestGather:
    def test_everybody_has_a_token_and_only_the_cast_a_password(self) -> None:
        people.gather(AT)

        tokens = people.tokens()
        able = User.objects.exclude(password="!")
        assert len(tokens) == User.objects.count() == len(CAST) + people.INVESTORS - 2
        assert {user.username for user in able} == {person.email for person in CAST}
        assert check_password(people.PASSWORD, able[0].password)

    def test_it_may_be_repeated(self) -> None:
        people.gather(AT)
        before = people.tokens(), Fund.objects.count(), BankAccount.objects.count()
        people.gather(AT)

        assert before == (people.tokens(), Fund.objects.count(), BankAccount.objects.count())

    def test_every_body_is_marked_synthetic(self) -> None:
        people.gather(AT)

        assert not Organisation.objects.exclude(is_synthetic=True).exists()
