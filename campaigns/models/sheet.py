"""The information sheet of an offer, in versions that never change once published, and its languages.

A draft is the version without `published_at`; what each part must say is in `campaigns.rules`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.core.models import User
from backend.core.states import Moves
from campaigns.models.campaign import Campaign

# How a change of terms is written down; the names of the terms follow.
TERMS_CHANGED = "terms changed: "


def change_said(change: str) -> str:
    """What changed, in the reader's language where it was terms that moved by themselves."""
    if not change.startswith(TERMS_CHANGED):
        return change
    words = ", ".join(_term(name) for name in change.removeprefix(TERMS_CHANGED).split(", "))
    return gettext("Terms that changed: %(terms)s.") % {"terms": words}


def _term(name: str) -> str:
    if name == "plan":
        return gettext("planned use of funds")
    fields = {field.name: field for field in Campaign._meta.fields}
    return str(fields[name].verbose_name) if name in fields else name


class InformationSheet(models.Model):
    """One version. `parts` holds texts by language and code of Annex I; `facts` what the terms were."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="sheets")
    version = models.PositiveSmallIntegerField(_("version"))
    regime = models.CharField(_("regime"), max_length=20)
    parts = models.JSONField(_("parts"), default=dict, blank=True)
    responsible = models.JSONField(_("persons responsible"), default=list, blank=True)
    declared_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField(_("declared"), null=True, blank=True)
    facts = models.JSONField(_("terms"), default=dict, blank=True)
    terms_version = models.PositiveIntegerField(_("version of the terms"), default=1)
    is_material = models.BooleanField(_("material change"), default=False)
    change = models.TextField(_("what changed"), blank=True)
    content_hash = models.CharField(_("hash"), max_length=64, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("information sheet")
        verbose_name_plural = _("information sheets")
        ordering = ("-version",)
        constraints: ClassVar = [
            models.UniqueConstraint(name="sheet_version_once", fields=["campaign", "version"]),
            models.UniqueConstraint(
                name="sheet_one_draft", fields=["campaign"], condition=Q(published_at=None)
            ),
            models.CheckConstraint(
                name="sheet_published_is_declared_and_hashed",
                condition=Q(published_at=None)
                | (Q(declared_at__isnull=False) & ~Q(content_hash="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} v{self.version}"

    @property
    def change_said(self) -> str:
        """What changed, in the reader's language where it was terms that moved by themselves."""
        return change_said(self.change)


class SheetDeclaration(models.Model):
    """One person's declaration for the texts of a sheet (ECSPR art. 23(9)): it holds for these words
    alone, in whatever version they stand. Append-only."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="sheet_declarations"
    )
    texts_hash = models.CharField(_("hash of the texts"), max_length=64)
    name = models.CharField(_("who declares"), max_length=200)
    evidence = models.CharField(_("where the signed declaration is"), max_length=300)
    declared_at = models.DateTimeField(_("declared"))
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("declaration for an information sheet")
        verbose_name_plural = _("declarations for information sheets")
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="sheet_declared_once_each", fields=["campaign", "texts_hash", "name"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.name}"


class SheetPaper(models.Model):
    """The PDF of a published sheet in one language, as it was on that day. Append-only."""

    sheet = models.ForeignKey(InformationSheet, on_delete=models.PROTECT, related_name="papers")
    language = models.CharField(_("language"), max_length=5)
    pdf = models.BinaryField(_("document"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    sha256 = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("PDF of an information sheet")
        verbose_name_plural = _("PDFs of information sheets")
        ordering = ("-language",)
        constraints: ClassVar = [
            models.UniqueConstraint(name="sheet_paper_once", fields=["sheet", "language"]),
            models.CheckConstraint(
                name="sheet_of_six_pages", condition=Q(pages__gte=1, pages__lte=6)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.language}"


class TranslationRequestQuerySet(models.QuerySet["TranslationRequest"]):
    """Requests, by whether they count."""

    def proven(self) -> "TranslationRequestQuerySet":
        """Those of people who were seen to read that address: only these bind anybody."""
        return self.filter(proven_at__isnull=False)

    def waiting(self) -> "TranslationRequestQuerySet":
        """Those that somebody is owed an answer to."""
        return self.proven().filter(state=TranslationRequest.State.ASKED)


class TranslationRequest(models.Model):
    """Somebody asked for the sheet in another language (ECSPR art. 23(13)); it counts once proven."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for an answer")
        DELIVERED = "delivered", _("Translation delivered")
        ADVISED = "advised", _("Advised not to invest")

    MOVES: ClassVar[Moves] = {
        State.ASKED: frozenset({State.DELIVERED, State.ADVISED}),
        State.ADVISED: frozenset({State.DELIVERED}),
        State.DELIVERED: frozenset(),
    }

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="translation_requests"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    wanted_language = models.CharField(_("language asked for"), max_length=35)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language of our letters"), max_length=5, default="it")
    asked_at = models.DateTimeField(_("asked"))
    proven_at = models.DateTimeField(_("proven"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # The advice is shown before the order; when it was first, and that it was, is kept.
    shown_at = models.DateTimeField(_("advice shown"), null=True, blank=True)

    objects = TranslationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a translation")
        verbose_name_plural = _("requests for a translation")
        ordering = ("asked_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="translation_answered_when_proven",
                condition=Q(state="asked") | Q(proven_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.wanted_language}"
