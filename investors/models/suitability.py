"""What an investor was asked, what came out, and what they said they understood: dated, versioned.

Rows are facts: a new test is a new row. What is missing now is decided in `investors.suitability`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core.models import User
from investors.models.investor import Investor


class KnowledgeTest(models.Model):
    """The entry knowledge test (ECSPR art. 21(1)-(4)); failing it warns, it never blocks.

    `form_token` is of the form that was sent: the same form sent twice is one test.
    """

    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="knowledge_tests")
    version = models.CharField(_("version"), max_length=20)
    answers = models.JSONField(_("answers"))
    right_answers = models.PositiveSmallIntegerField(_("right answers"))
    has_passed = models.BooleanField(_("passed"))
    outcome = models.CharField(_("outcome"), max_length=20, default="", blank=True)
    form_token = models.CharField(_("form"), max_length=64, default="", blank=True)
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("knowledge test")
        verbose_name_plural = _("knowledge tests")
        get_latest_by = ("taken_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="knowledge_test_once_per_form",
                fields=["investor", "form_token"],
                condition=~Q(form_token=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.investor} {self.taken_at:%Y-%m-%d}"


class LossSimulation(models.Model):
    """The ability to bear loss (ECSPR art. 21(5)): the result, its day and its last day (R44).

    What it was made of is kept only where the person agreed (LossComponents).
    """

    investor = models.ForeignKey(
        Investor, on_delete=models.PROTECT, related_name="loss_simulations"
    )
    net_worth = MoneyField(_("net worth"), max_digits=14, decimal_places=2, default_currency="EUR")
    bearable_loss = MoneyField(
        _("bearable loss"), max_digits=14, decimal_places=2, default_currency="EUR"
    )
    valued_on = models.DateField(_("valued as of"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    tax_reading = models.CharField(_("reading of taxes"), max_length=10, default="", blank=True)
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("loss simulation")
        verbose_name_plural = _("loss simulations")
        get_latest_by = ("taken_at", "id")

    def __str__(self) -> str:
        return f"{self.investor} {self.taken_at:%Y-%m-%d}"


class LossComponents(models.Model):
    """What a simulation was made of, kept because the person agreed; deleted when they no longer do."""

    simulation = models.OneToOneField(
        LossSimulation, on_delete=models.PROTECT, related_name="components"
    )
    figures = models.JSONField(_("components"))

    class Meta:
        verbose_name = _("components of a simulation")
        verbose_name_plural = _("components of simulations")

    def __str__(self) -> str:
        return str(self.simulation)


class Acknowledgement(models.Model):
    """A warning that was read and accepted: which one, in which version, about what, by whom.

    `words_hash` is of the very words, in the language in which they were shown and with the `amounts`
    that they named (`warnings.Told`); empty where that was not kept yet.
    """

    class Kind(models.TextChoices):
        LOSS_OF_ALL = "loss_of_all", _("All of the money may be lost")
        INAPPROPRIATE = "inappropriate", _("The service may be inappropriate")
        LARGE_ORDER = "large_order", _("The order is large for this investor")
        SIMULATION = "simulation", _("The result of the simulation was received")
        BEARS_LOSS = "bears_loss", _("To lose all of it can be borne")
        LOST_PROTECTION = "lost_protection", _("Protection is given up")

    investor = models.ForeignKey(
        Investor, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=5, blank=True, default="", db_default="")
    words_hash = models.CharField(
        _("hash of the words"), max_length=64, blank=True, default="", db_default=""
    )
    amounts = models.JSONField(_("amounts in the words"), default=dict, blank=True)
    subject = models.CharField(_("about"), max_length=80)
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")

    def __str__(self) -> str:
        return f"{self.investor} {self.kind} {self.given_at:%Y-%m-%d}"
