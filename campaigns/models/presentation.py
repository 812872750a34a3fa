"""What a campaign shows of itself beside its terms: the plan for the money, team, papers, news, talk."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from backend.core import languages
from backend.core.models import User
from backend.core.states import Moves
from backend.ledger.models import Purpose
from campaigns.models.campaign import Campaign


class UseOfFundsLine(models.Model):
    """One line of the plan: what a part of the money is meant for.

    With a purpose or a home it is compared with what was committed and paid for it. The home is named by
    its code, for those who work on it: homes are of a floor above, and the plan comes before them.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="planned_lines")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    label_it = models.CharField(_("label (Italian)"), max_length=200)
    label_en = models.CharField(_("label (English)"), max_length=200)
    purpose = models.CharField(_("purpose"), max_length=40, choices=Purpose, blank=True)
    home = models.CharField(_("home"), max_length=40, blank=True, default="", db_default="")
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="EUR")

    class Meta:
        verbose_name = _("planned use of funds")
        verbose_name_plural = _("planned uses of funds")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.label_it

    @property
    def label(self) -> str:
        return said(self, "label")


class CampaignDocument(models.Model):
    """A paper of the offer: a file kept here, or an address elsewhere. A later one is a new version."""

    class Kind(models.TextChoices):
        INFORMATION_SHEET = "information_sheet", _("Information sheet")
        TRANSLATION = "translation", _("Translation of the information sheet")
        STATUTE = "statute", _("Statute")
        AGREEMENT = "agreement", _("Shareholders' agreement")
        ACCOUNTS = "accounts", _("Accounts")
        PLAN = "plan", _("Business plan")
        FINAL_REPORT = "final_report", _("Final report")
        OTHER = "other", _("Other")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=5, default="it")
    url = models.URLField(_("address"), max_length=300, blank=True)
    content = models.BinaryField(_("file"), null=True)
    media_type = models.CharField(_("type of file"), max_length=60, blank=True)
    size_bytes = models.PositiveIntegerField(_("size"), default=0)
    sha256 = models.CharField(_("hash"), max_length=64, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("kind", "language", "-version", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="document_is_a_file_or_an_address",
                condition=Q(url="", content__isnull=False) | (~Q(url="") & Q(content__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TeamMember(models.Model):
    """Somebody who stands behind the offer, by role; a name only where the person agrees."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="team")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=200, blank=True)
    role_it = models.CharField(_("role (Italian)"), max_length=200)
    role_en = models.CharField(_("role (English)"), max_length=200)
    about_it = models.TextField(_("about (Italian)"), blank=True)
    about_en = models.TextField(_("about (English)"), blank=True)

    class Meta:
        verbose_name = _("member of the team")
        verbose_name_plural = _("members of the team")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name or self.role_it

    @property
    def role(self) -> str:
        return said(self, "role")

    @property
    def about(self) -> str:
        return said(self, "about")


class StoryPart(models.Model):
    """A part of the story that the public page tells: a heading, and paragraphs under it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="story")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    heading_it = models.CharField(_("heading (Italian)"), max_length=120)
    heading_en = models.CharField(_("heading (English)"), max_length=120)
    text_it = models.TextField(_("text (Italian)"))
    text_en = models.TextField(_("text (English)"))

    class Meta:
        verbose_name = _("part of the story")
        verbose_name_plural = _("parts of the story")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.heading_it

    @property
    def heading(self) -> str:
        return said(self, "heading")

    @property
    def text(self) -> str:
        return said(self, "text")


class Update(models.Model):
    """A piece of news of the issuer, for all or for those who have an order."""

    class Audience(models.TextChoices):
        ALL = "all", _("Everyone")
        INVESTORS = "investors", _("Investors of this campaign")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="updates")
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    body_it = models.TextField(_("text (Italian)"))
    body_en = models.TextField(_("text (English)"))
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ("-published_at", "-id")

    def __str__(self) -> str:
        return self.title_it

    @property
    def title(self) -> str:
        return said(self, "title")

    @property
    def body(self) -> str:
        return said(self, "body")


class Question(models.Model):
    """What somebody asked; public with its answer, its author never."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for an answer")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Not published")

    MOVES: ClassVar[Moves] = {
        State.ASKED: frozenset({State.ANSWERED, State.DECLINED}),
        State.ANSWERED: frozenset({State.ANSWERED, State.DECLINED}),
        State.DECLINED: frozenset(),
    }

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="questions")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    text = models.TextField(_("question"))
    language = models.CharField(_("language"), max_length=5, default="it")
    email = models.EmailField(_("e-mail of who asked"), blank=True)
    asked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("-asked_at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="question_answered_with_words",
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


def said(record: models.Model, name: str) -> str:
    """A text in the reader's language, Italian where there is none."""
    language = languages.active()
    text: str = getattr(record, f"{name}_{language}", "") or getattr(record, f"{name}_it")
    return text
