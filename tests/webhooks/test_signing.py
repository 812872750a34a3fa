"""Signatures are those of the Standard Webhooks specification."""

from backend.webhooks import signing
from tests.webhooks.receiver import signs


class TestHeaders:
    def test_are_those_of_the_specifications_own_example(self) -> None:
        found = signing.headers(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            b'{"test": 2432232314}',
            keys=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
            second=1614265330,
        )

        assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    def test_carry_a_signature_of_each_secret(self) -> None:
        new, old = signing.new_secret(), signing.new_secret()

        found = signing.headers("msg_1", b"{}", keys=[new, old], second=1)

        assert signs(new, found, b"{}") == [True, False]
        assert signs(old, found, b"{}") == [False, True]
        assert signs(new, found, b"{ }") == [False, False]
