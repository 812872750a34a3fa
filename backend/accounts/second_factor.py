"""The second factor: six digits from an authenticator app (TOTP, RFC 6238), or a code on paper.

Staff cannot enter without one; investors may have one. The arithmetic is pyca/cryptography's, the
secret is encrypted like names of households, a code opens once. `instant` is the clock on the wall:
phones do not follow the demo's day.
"""

import datetime as dt
import hmac
import secrets
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import RecoveryCode, SecondFactor
from backend.core import audit, encryption
from backend.core.errors import Conflict, Refused
from backend.core.models import User
from backend.core.roles import Role
from backend.core.users import Actor

DIGITS = 6
STEP_SECONDS = 30
# A phone's clock may be half a minute off, before or after (RFC 6238, 5.2).
DRIFT = (0, -1, 1)
SECRET_BYTES = 20
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
# 118 bits: too many to try, so a keyed hash is enough to keep them (ASVS 6.5.2).
CODE_LETTERS = 24


class WrongCode(Refused):
    code = "second_factor.wrong_code"


class NotSetUp(Conflict):
    code = "second_factor.not_set_up"


def is_needed(user: User) -> bool:
    """Whether this person may enter only with a second factor: everyone but investors."""
    is_staff = any(role != Role.INVESTOR for role in user.roles)
    return is_staff or user.is_staff or user.is_superuser


def of(user: User) -> SecondFactor | None:
    """The person's second factor, once it was confirmed."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()


def begin(*, user: User, at: dt.datetime) -> SecondFactor:
    """The factor that waits to be confirmed, made where there is none; a confirmed one stays."""
    fresh = encryption.encrypt(secrets.token_bytes(SECRET_BYTES).hex())
    factor, _created = SecondFactor.objects.get_or_create(
        user=user, defaults={"secret": fresh, "created_at": at}
    )
    return factor


def address_for_app(factor: SecondFactor) -> str:
    """What the QR code holds (otpauth://), for the authenticator app."""
    issuer = urlsplit(settings.SITE_URL).hostname or "Mattone"
    return _totp(factor).get_provisioning_uri(factor.user.get_username(), f"Mattone {issuer}")


def confirm(*, factor: SecondFactor, code: str, instant: dt.datetime, at: dt.datetime) -> list[str]:
    """Take the factor into use once the app shows the right code; answer new recovery codes.

    Raises WrongCode. The codes are told this once and kept as fingerprints.
    """
    with transaction.atomic():
        _use(factor, code, instant)
        SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=at)
        audit.record(action="second_factor.set_up", subject=factor.user, by=factor.user, at=at)
        return _new_codes(factor)


def check(*, user: User, code: str, instant: dt.datetime, at: dt.datetime) -> None:
    """Open with a code of the app or one from paper, once each. Raises WrongCode, NotSetUp."""
    factor = of(user)
    if factor is None:
        raise NotSetUp(_("There is no second factor on this account."))
    said = "".join(code.replace("-", " ").split()).lower()
    if said.isdecimal():
        _use(factor, said, instant)
        return
    codes = RecoveryCode.objects.filter(factor=factor, used_at=None)
    if not codes.filter(fingerprint=_fingerprint(said)).update(used_at=at):
        raise WrongCode(_("This code is not right."), field="code")
    audit.record(action="second_factor.recovery_code_used", subject=user, by=user, at=at)


def renew_codes(*, user: User, at: dt.datetime) -> list[str]:
    """New recovery codes in place of the old. Raises NotSetUp."""
    factor = of(user)
    if factor is None:
        raise NotSetUp(_("There is no second factor on this account."))
    with transaction.atomic():
        audit.record(action="second_factor.codes_renewed", subject=user, by=user, at=at)
        return _new_codes(factor)


def remove(*, user: User, by: Actor, at: dt.datetime) -> None:
    """Forget the factor: staff set up a new one at the next login."""
    SecondFactor.objects.filter(user=user).delete()
    audit.record(action="second_factor.removed", subject=user, by=by, at=at)


def codes_left(user: User) -> int:
    """How many recovery codes were not used yet."""
    return RecoveryCode.objects.filter(factor__user=user, used_at=None).count()


@transaction.atomic
def rotate() -> int:
    """Encrypt every secret under the newest key; how many."""
    factors = list(SecondFactor.objects.select_for_update())
    for factor in factors:
        factor.secret = encryption.rotate(factor.secret)
    SecondFactor.objects.bulk_update(factors, ["secret"])
    return len(factors)


def code_at(factor: SecondFactor, instant: dt.datetime) -> str:
    """What the app shows at an instant."""
    return _totp(factor).generate(int(instant.timestamp())).decode("ascii")


def _use(factor: SecondFactor, code: str, instant: dt.datetime) -> None:
    """Find the half minute that a code is of and use it up. Raises WrongCode."""
    step = _step_of(factor, code, instant)
    unused = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    if not unused.update(last_step=step):  # also of two at once with the same code
        raise WrongCode(_("This code is not right, or was used already."), field="code")


def _step_of(factor: SecondFactor, code: str, instant: dt.datetime) -> int:
    """The half minute whose code this is; 0 when it is of none that counts."""
    said = "".join(code.split()).encode()
    now = int(instant.timestamp()) // STEP_SECONDS
    totp = _totp(factor)
    for drift in DRIFT:
        if hmac.compare_digest(totp.generate((now + drift) * STEP_SECONDS), said):
            return now + drift
    return 0


def _totp(factor: SecondFactor) -> TOTP:
    # SHA-1 is what authenticator apps know; as HMAC it is sound (RFC 6238, 1.2).
    key = bytes.fromhex(encryption.decrypt(factor.secret))
    return TOTP(key, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 -- said above


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = [_random_code() for _ in range(RECOVERY_CODES)]
    factor.codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, fingerprint=_fingerprint(code)) for code in codes
    )
    return codes


def _fingerprint(code: str) -> str:
    """Keyed: who reads the table alone cannot try codes against it."""
    return salted_hmac("accounts.recovery_code", code, algorithm="sha256").hexdigest()


def _random_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))


def in_groups(code: str) -> str:
    """A code as people read it from paper; the hyphens do not count."""
    return "-".join(code[start : start + 6] for start in range(0, len(code), 6))
