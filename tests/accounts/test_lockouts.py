"""What locks, whom, for how long."""

import datetime as dt

import pytest

from backend.accounts import lockouts
from backend.accounts.models import FailedSignIn
from backend.accounts.networks import network_of
from backend.core import audit
from backend.core.roles import MayNot
from tests.cast import Cast

AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
ADDRESS = "Owner@Example.org"


def fail(times: int, network: str = "192.0.2.1", at: dt.datetime = AT) -> None:
    for _ in range(times):
        lockouts.failed(lockouts.Attempt(ADDRESS, network, at))


def is_locked(network: str = "192.0.2.1", at: dt.datetime = AT) -> bool:
    try:
        lockouts.require_open(lockouts.Attempt(ADDRESS.lower(), network, at))
    except lockouts.LockedOut:
        return True
    return False


@pytest.mark.django_db
class TestFailed:
    def test_locks_one_network_at_the_fifth(self) -> None:
        fail(lockouts.MOST_FROM_ONE_NETWORK - 1)
        assert not is_locked()

        fail(1)
        assert is_locked()
        assert not is_locked("192.0.2.2")

    def test_locks_everywhere_when_many_networks_try(self) -> None:
        for number in range(lockouts.MOST_FROM_ANYWHERE):
            fail(1, f"192.0.2.{number}")

        assert is_locked("198.51.100.1")

    def test_opens_by_itself(self) -> None:
        fail(lockouts.MOST_FROM_ONE_NETWORK)

        assert not is_locked(at=AT + lockouts.LOCKED_FOR)

    def test_forgets_what_is_an_hour_old(self) -> None:
        fail(lockouts.MOST_FROM_ONE_NETWORK - 1)
        fail(1, at=AT + lockouts.FORGOTTEN_AFTER + dt.timedelta(seconds=1))

        assert not is_locked(at=AT + lockouts.FORGOTTEN_AFTER + dt.timedelta(seconds=1))

    def test_stands_in_the_trail_of_who_was_tried(self, cast: Cast) -> None:
        lockouts.failed(lockouts.Attempt(cast.owner.username, "192.0.2.1", AT))
        for _ in range(lockouts.MOST_FROM_ONE_NETWORK - 1):
            lockouts.failed(lockouts.Attempt(cast.owner.username, "192.0.2.1", AT))

        told = [row.action for row in audit.history(cast.owner)]
        assert told == ["sign_in.failed"] * (len(told) - 1) + ["sign_in.locked_out"]
        assert len(told) == lockouts.MOST_FROM_ONE_NETWORK

    def test_keeps_no_address(self) -> None:
        fail(1)

        assert "example" not in str(list(FailedSignIn.objects.values())).lower()


@pytest.mark.django_db
class TestUnlock:
    def test_needs_who_looks_after_accounts(self, cast: Cast) -> None:
        with pytest.raises(MayNot):
            lockouts.unlock(user=cast.owner, by=cast.finance, at=AT)

    def test_lets_try_again(self, cast: Cast) -> None:
        fail(lockouts.MOST_FROM_ONE_NETWORK)
        lockouts.unlock(user=cast.owner, by=cast.administrator, at=AT)

        assert not is_locked()


class TestNetworkOf:
    @pytest.mark.parametrize(
        ("remote", "network"),
        [
            ("192.0.2.1", "192.0.2.1"),
            (" 192.0.2.1 ", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("nowhere", "nowhere"),
        ],
    )
    def test_is_the_address_or_its_first_64_bits(self, remote: str, network: str) -> None:
        assert network_of(remote) == network
