"""A home bought with people in it that became empty before any lease: on which day, and how.

With the purchase nobody signed anything: that they left is a fact of its own, told by a caseworker.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from properties.models.unit import Unit


class HomeRelease(models.Model):
    """The people found in a home left it; `on` is the first day that they no longer live there."""

    class How(models.TextChoices):
        AGREED = "AGREED", _("left by agreement")
        EXECUTED = "EXECUTED", _("removed by enforcement")
        ABANDONED = "ABANDONED", _("left without notice")
        DIED = "DIED", _("died")
        NOBODY = "NOBODY", _("nobody was living there")

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="release")
    on = models.DateField(_("first day they no longer live there"))
    how = models.CharField(_("how"), max_length=10, choices=How)
    document = models.CharField(_("paper"), max_length=120, blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("release of a home")
        verbose_name_plural = _("releases of homes")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.how} {self.on}"
