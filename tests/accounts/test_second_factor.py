"""The second factor: who needs one, which code opens, and that none opens twice."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts import second_factor
from backend.accounts.models import SecondFactor
from backend.core import encryption
from backend.core.models import AuditEvent, User
from backend.core.roles import Role
from tests.cast import Cast

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
HALF_MINUTE = dt.timedelta(seconds=30)
# RFC 6238, appendix B: the secret of its table, SHA-1, the last six of its eight digits.
RFC_SECRET = b"12345678901234567890".hex()
RFC_CODES = [
    (59, "287082"),
    (1111111109, "081804"),
    (1234567890, "005924"),
    (20000000000, "353130"),
]


def paired(user: User) -> tuple[SecondFactor, list[str]]:
    factor = second_factor.begin(user=user, at=AT)
    code = second_factor.code_at(factor, AT)
    return factor, second_factor.confirm(factor=factor, code=code, instant=AT, at=AT)


class TestCodeAt:
    @pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
    def test_is_that_of_the_standard(self, seconds: int, code: str) -> None:
        factor = SecondFactor(secret=encryption.encrypt(RFC_SECRET))

        assert second_factor.code_at(factor, dt.datetime.fromtimestamp(seconds, dt.UTC)) == code


class TestIsNeeded:
    @given(roles=st.sets(st.sampled_from(Role.values)))
    def test_of_everyone_but_investors(self, roles: set[str]) -> None:
        assert second_factor.is_needed(User(roles=list(roles))) == bool(roles - {"investor"})

    def test_of_a_superuser_without_a_role(self) -> None:
        assert second_factor.is_needed(User(roles=[], is_superuser=True))


@pytest.mark.django_db
class TestConfirm:
    def test_takes_it_into_use_and_gives_codes_once(self, cast: Cast) -> None:
        factor, codes = paired(cast.owner)

        assert second_factor.of(cast.owner) == factor
        assert len(set(codes)) == second_factor.RECOVERY_CODES
        assert AuditEvent.objects.filter(action="second_factor.set_up").exists()

    def test_refuses_another_code(self, cast: Cast) -> None:
        factor = second_factor.begin(user=cast.owner, at=AT)

        with pytest.raises(second_factor.WrongCode):
            second_factor.confirm(factor=factor, code="000000", instant=AT, at=AT)
        assert second_factor.of(cast.owner) is None

    def test_keeps_the_secret_encrypted(self, cast: Cast) -> None:
        factor, codes = paired(cast.owner)

        kept = " ".join(map(str, [SecondFactor.objects.values(), factor.codes.values()]))
        assert len(encryption.decrypt(factor.secret)) == 2 * second_factor.SECRET_BYTES
        assert encryption.decrypt(factor.secret) not in kept
        assert not any(code in kept for code in codes)


@pytest.mark.django_db
class TestCheck:
    @pytest.mark.parametrize(("steps", "opens"), [(1, True), (2, True), (3, False), (-2, False)])
    def test_allows_half_a_minute_of_drift(self, cast: Cast, steps: int, opens: bool) -> None:
        """The phone shows the code of `steps` half minutes after the pairing; we are at the first."""
        factor, _ = paired(cast.owner)
        code = second_factor.code_at(factor, AT + steps * HALF_MINUTE)

        try:
            second_factor.check(user=cast.owner, code=code, instant=AT + HALF_MINUTE, at=AT)
        except second_factor.WrongCode:
            assert not opens
        else:
            assert opens

    def test_opens_once_with_a_code(self, cast: Cast) -> None:
        factor, _ = paired(cast.owner)
        later = AT + 4 * HALF_MINUTE
        code = second_factor.code_at(factor, later)
        second_factor.check(user=cast.owner, code=f"{code[:3]} {code[3:]}", instant=later, at=AT)

        with pytest.raises(second_factor.WrongCode):
            second_factor.check(user=cast.owner, code=code, instant=later, at=AT)

    def test_opens_once_with_each_recovery_code(self, cast: Cast) -> None:
        _, codes = paired(cast.owner)
        second_factor.check(user=cast.owner, code=codes[0].upper(), instant=AT, at=AT)

        with pytest.raises(second_factor.WrongCode):
            second_factor.check(user=cast.owner, code=codes[0], instant=AT, at=AT)
        assert second_factor.codes_left(cast.owner) == second_factor.RECOVERY_CODES - 1

    def test_of_another_person_opens_nothing(self, cast: Cast) -> None:
        _, codes = paired(cast.owner)
        paired(cast.colleague)

        with pytest.raises(second_factor.WrongCode):
            second_factor.check(user=cast.colleague, code=codes[0], instant=AT, at=AT)

    def test_without_a_factor_nothing_opens(self, cast: Cast) -> None:
        with pytest.raises(second_factor.NotSetUp):
            second_factor.check(user=cast.investor, code="123456", instant=AT, at=AT)


@pytest.mark.django_db
class TestRenewCodes:
    def test_voids_the_old_ones(self, cast: Cast) -> None:
        _, old = paired(cast.owner)
        new = second_factor.renew_codes(user=cast.owner, at=AT)

        assert not set(old) & set(new)
        with pytest.raises(second_factor.WrongCode):
            second_factor.check(user=cast.owner, code=old[0], instant=AT, at=AT)


@pytest.mark.django_db
class TestRotate:
    def test_the_same_phone_goes_on_opening(self, cast: Cast) -> None:
        factor, _ = paired(cast.owner)
        before, code = factor.secret, second_factor.code_at(factor, AT + HALF_MINUTE)

        assert second_factor.rotate() == 1

        factor.refresh_from_db()
        assert factor.secret != before
        assert second_factor.code_at(factor, AT + HALF_MINUTE) == code
