"""What a household agreed to in writing: given with an end, taken back, and what followed (P16).

Taking back removes within thirty days: until then it stands in the worktray, and no words of a year
go out. Answers and referrals leave the next figures. Pictures of minors never.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import audit, users
from backend.core.errors import Conflict, Refused
from backend.core.models import Organisation
from backend.core.users import Actor
from properties.households import refuse_future
from properties.models import Consent, Household

REMOVE_WITHIN_DAYS = 30


class NoAdult(Refused):
    code = "consent.minors_never"


class BadSpan(Refused):
    code = "consent.bad_span"


class GivenAlready(Conflict):
    code = "consent.given_already"


class WithdrawnAlready(Conflict):
    code = "consent.withdrawn_already"


class NotWithdrawn(Conflict):
    code = "consent.not_withdrawn"


class TakenBack(Conflict):
    code = "consent.taken_back"


def taken_back(scope: str) -> QuerySet[Consent]:
    """Consents of a scope that were taken back and not given anew: of these households figures,
    the city's dossier and words of a year hold nothing that rests on it (P16)."""
    given_anew = Consent.objects.filter(
        household=OuterRef("household"), scope=scope, withdrawn_on=None, removed_on=None
    )
    rows = Consent.objects.filter(scope=scope, withdrawn_on__isnull=False)
    return rows.exclude(Exists(given_anew))


def refuse_taken_back(household: Household, scope: str) -> None:
    """Raise TakenBack where a household took this consent back."""
    if taken_back(scope).filter(household=household).exists():
        raise TakenBack(_("This household took its consent back: get it anew first."))


def to_remove(organisation: Organisation) -> QuerySet[Consent]:
    """Stories and pictures whose consent was taken back, and that nobody said are gone yet."""
    return Consent.objects.filter(
        household__organisation=organisation,
        scope__in=(Consent.Scope.STORY, Consent.Scope.PHOTO),
        withdrawn_on__isnull=False,
        removed_on=None,
    )


@dataclass(frozen=True, kw_only=True)
class NewConsent:
    """What was agreed to, until when, and where the paper is."""

    scope: str
    given_on: dt.date
    ends_on: dt.date
    document: str
    shows_minors: bool = False


def give(*, household: Household, new: NewConsent, by: Actor, at: dt.datetime) -> Consent:
    """Keep a consent. Raises NoAdult for minors, BadSpan, GivenAlready while one holds."""
    users.require(by, "household.edit")
    refuse_future(new.given_on, at)
    if new.shows_minors:
        raise NoAdult(_("Nothing that shows a minor is ever published."), field="shows_minors")
    if new.ends_on <= new.given_on:
        raise BadSpan(_("A consent ends after it was given."), field="ends_on")
    try:
        with transaction.atomic():
            consent = Consent.objects.create(
                household=household,
                scope=new.scope,
                given_on=new.given_on,
                ends_on=new.ends_on,
                document=new.document,
                by_label=users.label(by),
                at=at,
            )
            audit.record(action="consent.given", subject=household, by=by, at=at, reason=new.scope)
    except IntegrityError as problem:
        raise GivenAlready(_("This consent is there already.")) from problem
    return consent


@transaction.atomic
def withdraw(*, consent: Consent, on: dt.date, by: Actor, at: dt.datetime) -> Consent:
    """Take a consent back: what rests on it goes within thirty days and from the next report."""
    users.require(by, "household.edit")
    refuse_future(on, at)
    if on < consent.given_on:
        raise BadSpan(_("It was taken back after it was given."), field="on")
    won = Consent.objects.filter(pk=consent.pk, withdrawn_on=None).update(withdrawn_on=on)
    if not won:
        raise WithdrawnAlready(_("This consent was taken back already."))
    told_of, scope = consent.household, consent.scope
    audit.record(action="consent.withdrawn", subject=told_of, by=by, at=at, reason=scope)
    consent.refresh_from_db()
    return consent


@transaction.atomic
def confirm_removed(*, consent: Consent, on: dt.date, by: Actor, at: dt.datetime) -> Consent:
    """Write down that what rested on a consent is gone."""
    users.require(by, "household.edit")
    refuse_future(on, at)
    won = Consent.objects.filter(pk=consent.pk, withdrawn_on__lte=on, removed_on=None).update(
        removed_on=on
    )
    if not won:
        raise NotWithdrawn(_("Only what was taken back is removed, and once."))
    audit.record(action="consent.removed", subject=consent.household, by=by, at=at)
    consent.refresh_from_db()
    return consent
