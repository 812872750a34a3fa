"""Who acts: a person, or the system itself. Every rule takes it as `by`."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from backend.core import roles
from backend.core.models import User


@dataclass(frozen=True)
class System:
    """The application acting by itself: a schedule, an event from outside."""

    label: str = "system"


SYSTEM = System()

Actor = User | System


def label(by: Actor) -> str:
    """The actor as it is printed in an audit row: an e-mail address, or `system`."""
    return by.label if isinstance(by, System) else by.get_username()


def person(by: Actor) -> User | None:
    """The user behind the actor; None for the system."""
    return by if isinstance(by, User) else None


def require(by: Actor, permission: str) -> None:
    """Raise MayNot unless the actor's roles carry the permission. The system may all."""
    if isinstance(by, User) and not roles.may(by, permission):
        raise roles.MayNot(_("Your role does not allow this."), permission=permission)


def forget(user: User) -> None:
    """Close an account and take from it what names a person; the row stays, acts refer to it."""
    address = f"erased-{user.pk}@invalid.example"
    user.username = user.email = address
    user.first_name = user.last_name = ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
