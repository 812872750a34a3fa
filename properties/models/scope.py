"""Which organisations' rows a person may look at at all; each queryset narrows it by role."""

from django.db.models import Q

from backend.core.models import User
from backend.core.roles import Role

NOTHING = Q(pk__in=[])
# An empty Q would vanish when it is joined to another by "or", and all would become nothing.
EVERYTHING = Q(pk__isnull=False)


def of_organisation(user: User, path: str = "organisation") -> Q:
    """Rows of the person's own organisation, by the path to it; a person without one sees none."""
    if user.organisation_id is None:
        return NOTHING
    return Q(**{path: user.organisation_id})


def own_or_overseen(user: User, path: str = "organisation") -> Q:
    """As above, and rows of every issuer for those who oversee them: the city and the auditor."""
    overseers = (Role.CITY_REVIEWER, Role.AUDITOR)
    if any(user.has_role(role) for role in overseers):
        return EVERYTHING
    return of_organisation(user, path)
