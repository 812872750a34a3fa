"""A user acts for an investor: as that person, as legal representative, or as delegate, for a time.

A representation is ended, never deleted: what was done in its time stays readable by who did it (R53).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import User


class Representation(models.Model):
    """From an instant until it is ended; `until` is a last day that was agreed in advance."""

    class Kind(models.TextChoices):
        SELF = "self", _("For oneself")
        LEGAL = "legal_representative", _("Legal representative")
        DELEGATE = "delegate", _("Delegate")

    investor = models.ForeignKey(
        "investors.Investor", on_delete=models.PROTECT, related_name="representations"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="representations")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SELF)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="representation_once",
                fields=["investor", "user"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="representation_ends_after_it_began",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.investor}"


def in_time_of(user: User, *, investor: str, instant: str) -> Q:
    """Rows about investors for whom the user acted at the row's instant, also if that has ended.

    `investor` and `instant` name the row's fields. This is R53 for people: one keeps reading what
    stood in one's time, and nothing that came later.
    """
    held = Representation.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=OuterRef(instant)),
        user=user,
        investor=OuterRef(investor),
    )
    return Q(models.Exists(held))
