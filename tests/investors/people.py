"""Investors for the tests, made by the rules: a person, a body, and what is known of them."""

import datetime as dt
from typing import Any

from backend.core.models import User
from backend.core.users import SYSTEM
from investors import identification, onboarding
from investors.models import IdentityCheck, Investor
from tests.cast import Cast

AT = dt.datetime(2026, 11, 12, 12, tzinfo=dt.UTC)
TODAY = AT.date()
BODY: dict[str, Any] = {"kind": "entity", "name": "Fondazione Prova", "tax_code": "SYNTHETIC00A"}


def profile(**told: Any) -> onboarding.Profile:
    """What a synthetic person says, but for the changes."""
    said = {
        "kind": "person",
        "name": "Anna Maria Neri",
        "tax_code": "SYNTHETIC0000001",
        "email": "investor@example.org",
        "is_synthetic": True,
        **told,
    }
    return onboarding.Profile(**said)


def register(cast: Cast, user: User | None = None, **told: Any) -> Investor:
    """An investor for whom the user (the cast's investor) acts."""
    user = user or cast.investor
    said = profile(**{"email": user.email, **told})
    return onboarding.register(profile=said, user=user, by=user, at=AT)


def identify(investor: Investor, until: dt.date, on: dt.date = TODAY, **told: Any) -> IdentityCheck:
    """A check of the platform that holds until a day."""
    finding = identification.Finding("Piattaforma di prova", on, until, **told)
    return identification.record(investor=investor, finding=finding, by=SYSTEM, at=AT)
