"""Who may do what: one table, permission string to roles. A page, an endpoint or a rule names the string.

Which rows a person sees is not here but in `visible_to(user)` of each queryset.
"""

from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.errors import Forbidden


class Role(models.TextChoices):
    INVESTOR = "investor", _("Investor")
    MANAGER = "manager", _("Manager")
    CASEWORKER = "caseworker", _("Caseworker")
    FINANCE = "finance", _("Finance")
    CITY_REVIEWER = "city_reviewer", _("City reviewer")
    PROGRAMME_OFFICER = "programme_officer", _("Programme officer")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


INVESTOR = Role.INVESTOR
MANAGER = Role.MANAGER
CASEWORKER = Role.CASEWORKER
FINANCE = Role.FINANCE
CITY = Role.CITY_REVIEWER
OFFICER = Role.PROGRAMME_OFFICER
AUDITOR = Role.AUDITOR
ADMINISTRATOR = Role.ADMINISTRATOR

PERMISSIONS: dict[str, frozenset[Role]] = {
    # core
    "approval.decide": frozenset({MANAGER}),
    "approval.view": frozenset({MANAGER, FINANCE, CASEWORKER, ADMINISTRATOR}),
    "outbox.view": frozenset({MANAGER, ADMINISTRATOR, AUDITOR}),
    # accounts
    "staff.manage": frozenset({MANAGER, ADMINISTRATOR}),
    "staff.appoint": frozenset({ADMINISTRATOR}),
    "deputy.name": frozenset({MANAGER}),
    # webhooks
    "webhook.manage": frozenset({MANAGER}),
    # treasury
    "statement.upload": frozenset({FINANCE, MANAGER}),
    "line.view": frozenset({FINANCE, MANAGER, AUDITOR}),
    "line.classify": frozenset({FINANCE, MANAGER}),
    "reconciliation.run": frozenset({FINANCE, MANAGER}),
    "discrepancy.view": frozenset({FINANCE, MANAGER, AUDITOR}),
    "discrepancy.resolve": frozenset({FINANCE, MANAGER}),
    "books.check": frozenset({FINANCE, MANAGER, AUDITOR}),
    "month.close": frozenset({FINANCE, MANAGER}),
    "payment_order.view": frozenset({FINANCE, MANAGER, AUDITOR}),
    "payment_order.draft": frozenset({FINANCE, MANAGER}),
    # investors
    "investor.view": frozenset({MANAGER, FINANCE, AUDITOR, ADMINISTRATOR}),
    "investor.check": frozenset({MANAGER, FINANCE}),
    "complaint.view": frozenset({MANAGER, FINANCE, AUDITOR}),
    "complaint.handle": frozenset({MANAGER}),
    "profile.own": frozenset({INVESTOR}),
    # campaigns
    "campaign.view": frozenset({MANAGER, FINANCE, AUDITOR}),
    "campaign.edit": frozenset({MANAGER}),
    "campaign.release": frozenset({MANAGER}),
    "regulator.file": frozenset({MANAGER}),
    "pledge.place": frozenset({INVESTOR}),
    "return_account.check": frozenset({FINANCE, MANAGER}),
    "grant.view": frozenset({FINANCE, MANAGER, AUDITOR}),
    "grant.edit": frozenset({FINANCE, MANAGER}),
    "finding.resolve": frozenset({FINANCE, MANAGER}),
    "provider.view": frozenset({FINANCE, MANAGER, AUDITOR}),
    "provider.ask": frozenset({FINANCE, MANAGER}),
    "programme.view": frozenset({OFFICER, CITY}),
    "programme.edit": frozenset({OFFICER}),
    # properties
    "unit.view": frozenset({MANAGER, FINANCE, CASEWORKER, CITY, AUDITOR}),
    "unit.edit": frozenset({MANAGER}),
    "acquisition.view": frozenset({MANAGER, FINANCE, CITY, AUDITOR}),
    "acquisition.edit": frozenset({MANAGER}),
    "acquisition.approve": frozenset({MANAGER}),
    "cost.commit": frozenset({MANAGER, FINANCE}),
    "works.edit": frozenset({MANAGER}),
    "household.view": frozenset({CASEWORKER, MANAGER, AUDITOR}),
    "household.edit": frozenset({CASEWORKER}),
    "identity.view": frozenset({CASEWORKER, AUDITOR}),
    "identity.break_glass": frozenset({CASEWORKER}),
    "identity.review_glass": frozenset({AUDITOR}),
    "tenancy.view": frozenset({CASEWORKER, MANAGER, FINANCE, AUDITOR}),
    "tenancy.edit": frozenset({CASEWORKER, MANAGER}),
    "rent.charge": frozenset({MANAGER, FINANCE}),
    "indicator.view": frozenset({MANAGER, AUDITOR}),
    "city.view": frozenset({CITY}),
    "referral.view": frozenset({CITY, MANAGER}),
    "snapshot.view": frozenset({MANAGER, CITY, AUDITOR}),
    "snapshot.edit": frozenset({MANAGER}),
    "snapshot.review": frozenset({CITY}),
    # reporting
    "report.issue": frozenset({MANAGER}),
    "report.view": frozenset({INVESTOR, MANAGER, FINANCE, AUDITOR}),
    "home.own": frozenset({INVESTOR}),
    "day.view": frozenset({MANAGER}),
}


class HasRoles(Protocol):
    roles: list[str]


class MayNot(Forbidden):
    code = "permission.missing"


def may(person: HasRoles, permission: str) -> bool:
    """Whether one of the person's roles carries the permission. KeyError on an unknown string."""
    allowed = PERMISSIONS[permission]
    return any(role in allowed for role in person.roles)
