"""An interest, left by e-mail before the campaign opens: not binding, editable, revocable."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import User
from backend.core.states import Moves
from campaigns.models.campaign import Campaign


class InterestQuerySet(models.QuerySet["Interest"]):
    """Interests as staff may see them; the person who left one holds its token."""

    def live(self) -> "InterestQuerySet":
        return self.filter(state__in=Interest.LIVE)

    def in_queue(self) -> "InterestQuerySet":
        return self.order_by("expressed_at", "id")

    def visible_to(self, user: User) -> "InterestQuerySet":
        return self.filter(campaign__in=Campaign.objects.of_staff(user))


class Interest(models.Model):
    """Its place in the queue is the moment it was expressed; amending keeps the place."""

    class State(models.TextChoices):
        EXPRESSED = "expressed", _("Expressed")
        AMENDED = "amended", _("Amended")
        INVITED = "invited", _("Invited")
        CONVERTED = "converted", _("Converted")
        LAPSED = "lapsed", _("Lapsed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES: ClassVar[Moves] = {
        State.EXPRESSED: frozenset({State.AMENDED, State.INVITED, State.LAPSED, State.WITHDRAWN}),
        State.AMENDED: frozenset({State.AMENDED, State.INVITED, State.LAPSED, State.WITHDRAWN}),
        State.INVITED: frozenset({State.INVITED, State.CONVERTED, State.LAPSED, State.WITHDRAWN}),
        State.CONVERTED: frozenset(),
        State.LAPSED: frozenset(),
        # Taken up again when withdrawn by mistake: the place in the queue was nobody else's meanwhile.
        State.WITHDRAWN: frozenset({State.EXPRESSED, State.INVITED}),
    }
    LIVE: ClassVar = (State.EXPRESSED, State.AMENDED, State.INVITED)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="interests")
    token = models.CharField(_("token"), max_length=40, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")
    language = models.CharField(_("language"), max_length=5, default="it")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.EXPRESSED)
    terms_version = models.PositiveIntegerField(_("version of the terms seen"))
    expressed_at = models.DateTimeField(_("expressed"))
    # Set when the campaign opens: an invitation nobody answers lapses then.
    answer_before = models.DateTimeField(_("to be answered before"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="interests"
    )
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "campaign",
                Lower("email"),
                name="interest_one_live_per_address",
                condition=Q(state__in=("expressed", "amended", "invited")),
            ),
            models.CheckConstraint(
                name="interest_of_something", condition=Q(amount__gt=0, amount_currency="EUR")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "expressed_at", "id"])]

    def __str__(self) -> str:
        return f"{self.email} {self.amount}"
