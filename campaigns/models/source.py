"""What public sources say of the real case: documents, and facts with where each was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core import languages


class Spoken(models.Model):
    """A record with texts in two languages: `spoken("label")` is the one the reader understands."""

    class Meta:
        abstract = True

    def spoken(self, name: str) -> str:
        language = languages.active()
        text: str = getattr(self, f"{name}_{language}", "") or getattr(self, f"{name}_it")
        return text


class SourceDocument(Spoken):
    """A document that facts were read in, by its letter."""

    letter = models.CharField(_("letter"), max_length=2, unique=True)
    title_it = models.CharField(_("title (Italian)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("letter",)

    def __str__(self) -> str:
        return f"[{self.letter}] {self.title_it}"

    @property
    def title(self) -> str:
        return self.spoken("title")


class SourceFact(Spoken):
    """One statement about a real project, as it was made; contradicting ones stand side by side."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    subject = models.CharField(_("about"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"))
    label_it = models.CharField(_("label (Italian)"), max_length=200)
    label_en = models.CharField(_("label (English)"), max_length=200)
    text_it = models.TextField(_("statement (Italian)"))
    text_en = models.TextField(_("statement (English)"))
    stated = models.CharField(_("stated"), max_length=60, blank=True)
    sources = models.ManyToManyField(SourceDocument, related_name="facts")

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ("subject", "position")

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        return self.spoken("label")

    @property
    def text(self) -> str:
        return self.spoken("text")
