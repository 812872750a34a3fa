"""What may be called: public addresses by https, whatever way another one is written."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from backend.webhooks import addresses
from backend.webhooks.addresses import BadAddress

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
    "2001:db8::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::808:808", "2a00:1450:4002::1"]
NO_ADDRESS = [
    "", "x", "https://", "http://example.org/", "ftp://example.org/", "//example.org/", "https:///x",
    "https://user@example.org/", "https://user:word@example.org/", "https://example.org/#part",
    "https://example.org:99999/", "https://exa mple.org/", "https://example.org/\r\nHost: x",
    "https://[::1]/", "https://127.0.0.1/", "https://[::ffff:10.0.0.1]/", "https://èxample.org/",
    "javascript:alert(1)", "file:///etc/passwd", "https://169.254.169.254/latest",
]  # fmt: skip


class TestIsPublic:
    @pytest.mark.parametrize("ip", PRIVATE)
    def test_is_no_for_what_only_a_network_knows(self, ip: str) -> None:
        assert not addresses.is_public(ip)

    @pytest.mark.parametrize("ip", PUBLIC)
    def test_is_yes_for_the_internet(self, ip: str) -> None:
        assert addresses.is_public(ip)

    @given(st.ip_addresses(v=4))
    def test_is_the_same_for_an_address_carried_in_another(self, ip: object) -> None:
        assert addresses.is_public(f"::ffff:{ip}") <= addresses.is_public(str(ip))


class TestCheck:
    @pytest.mark.parametrize("url", NO_ADDRESS)
    def test_refuses_what_is_no_public_https_address(self, url: str) -> None:
        with pytest.raises(BadAddress):
            addresses.check(url)

    @given(st.text(max_size=60))
    def test_refuses_whatever_else_in_one_way(self, text: str) -> None:
        with contextlib.suppress(BadAddress):
            addresses.check(f"https://{text}")

    @pytest.mark.parametrize(
        "url", ["https://example.org/hooks?a=1", "https://example.org:8443", "https://8.8.8.8/"]
    )
    def test_takes_the_rest(self, url: str) -> None:
        addresses.check(url)


class TestResolve:
    @pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1"])
    def test_refuses_a_name_that_leads_to_this_machine(self, host: str) -> None:
        with pytest.raises(BadAddress):
            addresses.resolve(f"https://{host}/")

    def test_leads_to_this_machine_where_that_is_allowed(self, settings: Settings) -> None:
        settings.WEBHOOKS_STAY_HERE = True

        target = addresses.resolve("http://127.0.0.1:8080/a?b=c")

        assert (target.ip, target.port, target.path) == ("127.0.0.1", 8080, "/a?b=c")
        assert target.host_header == "127.0.0.1:8080"

    def test_leads_to_no_other_machine_there_either(self, settings: Settings) -> None:
        settings.WEBHOOKS_STAY_HERE = True

        with pytest.raises(BadAddress):
            addresses.resolve("http://192.168.1.1/")
