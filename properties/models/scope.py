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
    """As above, and rows of every issuer for those who oversee them all: the city, and an auditor
    who belongs to no organisation. An issuer's own auditor reads the issuer's rows alone."""
    is_everybodys = user.has_role(Role.AUDITOR) and user.organisation_id is None
    if user.has_role(Role.CITY_REVIEWER) or is_everybodys:
        return EVERYTHING
    return of_organisation(user, path)
