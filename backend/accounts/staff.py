"""People who work here: invited, given roles, disabled, let in again. Each act leaves its audit row.

An administrator invites alone. Whom a manager invites a second manager approves first, or one person
could make the other pair of eyes.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.accounts import passwords, second_factor, sessions
from backend.accounts.models import ApiToken
from backend.core import approvals, audit, users
from backend.core.errors import Conflict, Forbidden, Refused
from backend.core.models import Approval, Organisation, User
from backend.core.roles import Role

INVITE = "staff.invite"
MANAGE = "staff.manage"
STAFF_ROLES = tuple(role for role in Role if role != Role.INVESTOR)


class KnownAlready(Conflict):
    code = "staff.known_already"


class NotYourself(Conflict):
    code = "staff.not_yourself"


class NotToGive(Forbidden):
    code = "staff.role_not_to_give"


class NoRole(Refused):
    code = "staff.no_role"


@dataclass(frozen=True)
class NewPerson:
    """Whom to invite, as what."""

    email: str
    first_name: str
    last_name: str
    roles: list[str] = field(default_factory=list)
    organisation: Organisation | None = None
    language: str = "it"


def visible_to(user: User) -> QuerySet[User]:
    """The staff a person may look after: an administrator all, a manager those of the same body."""
    staff = User.objects.filter(roles__overlap=[str(role) for role in STAFF_ROLES])
    if not user.has_role(Role.ADMINISTRATOR):
        staff = staff.filter(organisation=user.organisation_id, organisation__isnull=False)
    return staff.select_related("organisation").order_by("last_name", "first_name", "username")


def roles_to_give(by: User) -> list[Role]:
    """The roles that this person may give: all but an administrator's are a manager's to give."""
    if by.has_role(Role.ADMINISTRATOR):
        return list(STAFF_ROLES)
    kept_apart = (Role.ADMINISTRATOR, Role.CITY_REVIEWER, Role.PROGRAMME_OFFICER)
    return [role for role in STAFF_ROLES if role not in kept_apart]


def invite(*, person: NewPerson, by: User, at: dt.datetime) -> User:
    """Make an account and mail its owner a link to choose a password, once whoever must approves.

    Raises KnownAlready, NotToGive, NoRole.
    """
    users.require(by, MANAGE)
    _require_roles(person.roles, by)
    email = person.email.strip().lower()
    if User.objects.filter(username__iexact=email).exists():
        raise KnownAlready(_("There is an account with this address."), field="email")
    organisation = person.organisation if by.has_role(Role.ADMINISTRATOR) else by.organisation
    with transaction.atomic():
        user = User.objects.create(
            username=email, email=email, first_name=person.first_name, last_name=person.last_name,
            roles=person.roles, organisation=organisation, language=person.language,
            is_active=False, password="!",  # noqa: S106 -- none: whoever opens the link chooses one
        )  # fmt: skip
        facts = {"roles": person.roles}
        audit.record(action="staff.invited", subject=user, by=by, at=at, facts=facts)
        if by.has_role(Role.ADMINISTRATOR):
            admit(user, by=by, at=at)
        else:
            approvals.request(action=INVITE, subject=user, by=by, at=at, note=_as_what(user))
    return user


def admit(user: User, *, by: User, at: dt.datetime) -> None:
    """Open an account that was asked for, and mail its owner the link."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.is_active = True
    passwords.send_link(user=user, letter=passwords.INVITATION, at=at)


def change_roles(*, user: User, roles: list[str], by: User, at: dt.datetime) -> None:
    """Give a person other roles, and log them out: what they may do begins at the next login.

    Raises NotYourself, NotToGive, NoRole.
    """
    _require_other(user, by)
    _require_roles([*roles, *user.roles], by)
    facts = {"before": user.roles, "after": roles}
    with transaction.atomic():
        user.roles = roles
        user.save(update_fields=["roles"])
        audit.record(action="staff.roles_changed", subject=user, by=by, at=at, facts=facts)
        sessions.end_all(user=user, by=by, at=at)


def disable(*, user: User, by: User, at: dt.datetime, reason: str) -> None:
    """Close an account: out of every session, every token void. What the person did stays theirs."""
    _require_other(user, by)
    _require_roles(user.roles, by)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False)
        ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
        audit.record(action="staff.disabled", subject=user, by=by, at=at, reason=reason)
        sessions.end_all(user=user, by=by, at=at)


def enable(*, user: User, by: User, at: dt.datetime) -> Approval | None:
    """Open a closed account again and mail a link; a manager's wish waits for a second person."""
    _require_other(user, by)
    _require_roles(user.roles, by)
    if not by.has_role(Role.ADMINISTRATOR):
        return approvals.request(action=INVITE, subject=user, by=by, at=at, note=_as_what(user))
    audit.record(action="staff.enabled", subject=user, by=by, at=at)
    admit(user, by=by, at=at)
    return None


def reset_second_factor(*, user: User, by: User, at: dt.datetime) -> None:
    """For who lost phone and codes: log them out; at the next login they set up a new factor."""
    _require_other(user, by)
    _require_roles(user.roles, by)
    with transaction.atomic():
        second_factor.remove(user=user, by=by, at=at)
        sessions.end_all(user=user, by=by, at=at)


def _require_other(user: User, by: User) -> None:
    users.require(by, MANAGE)
    if user.pk == by.pk:
        raise NotYourself(_("Ask a colleague: nobody does this to their own account."))


def _require_roles(wanted: list[str], by: User) -> None:
    if not any(role in STAFF_ROLES for role in wanted):
        raise NoRole(_("Choose at least one role."), field="roles")
    beyond = set(wanted) - set(roles_to_give(by)) - {Role.INVESTOR}
    if beyond:
        raise NotToGive(_("This role is given by an administrator."), roles=sorted(beyond))


def _as_what(user: User) -> str:
    labels = dict(Role.choices)
    return ", ".join(str(labels[role]) for role in user.roles)
