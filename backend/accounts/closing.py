"""What a person leaves behind at the door when their account is erased: nothing that opens it."""

from backend.accounts.models import ApiToken, LoginSession, SecondFactor
from backend.core.models import User


def forget(user: User) -> None:
    """Delete sessions, second factor and tokens; that they were, the audit trail knows."""
    for model in (LoginSession, SecondFactor, ApiToken):
        model._default_manager.filter(user=user).delete()
