"""The figures of an issuer as of a day, frozen, and what the city asked and said about them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.models import Organisation, User
from backend.core.roles import Role
from backend.core.states import Moves
from properties.models.scope import of_organisation, own_or_overseen


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, user: User) -> "SnapshotQuerySet":
        """Drafts for the issuer's manager and auditor; what was submitted for the city; what was
        published for everybody."""
        seen = Q(state=Snapshot.State.PUBLISHED)
        if user.has_role(Role.MANAGER):
            seen |= of_organisation(user)
        if user.has_role(Role.AUDITOR):
            seen |= own_or_overseen(user)
        if user.has_role(Role.CITY_REVIEWER):
            seen |= ~Q(state=Snapshot.State.DRAFT)
        return self.filter(seen)


class Snapshot(models.Model):
    """One computation of all figures, with one suppressed view per audience inside `data`.

    Data, version and hash never change; a correction is a new version that restates this one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("with the city for review")
        RETURNED = "returned", _("returned with questions")
        ACCEPTED = "accepted", _("accepted by the city")
        PUBLISHED = "published", _("published")

    MOVES: ClassVar[Moves] = {
        State.DRAFT: frozenset({State.SUBMITTED}),
        State.SUBMITTED: frozenset({State.RETURNED, State.ACCEPTED, State.PUBLISHED}),
        State.RETURNED: frozenset({State.SUBMITTED}),
        State.ACCEPTED: frozenset({State.PUBLISHED}),
        State.PUBLISHED: frozenset(),
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField(_("as of"))
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    data = models.JSONField()
    content_hash = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    restates = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="restated_by",
    )
    restatement_reason = models.CharField(max_length=300, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering: ClassVar = ["-as_of", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="snapshot_version_once",
                fields=["organisation", "as_of", "version"],
            ),
            models.CheckConstraint(
                name="snapshot_restates_with_a_reason",
                condition=Q(restates__isnull=True, restatement_reason="")
                | Q(restates__isnull=False) & ~Q(restatement_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.as_of} v{self.version}"

    @property
    def is_reviewed_by_city(self) -> bool:
        return self.accepted_at is not None


class ReviewNote(models.Model):
    """A question of the city, an answer of the issuer, or the word that came with a decision."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        ANSWER = "answer", _("answer")
        DECISION = "decision", _("decision")

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    about = models.CharField(_("about the figure"), max_length=60, blank=True)
    text = models.TextField(_("text"))
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("review note")
        verbose_name_plural = _("review notes")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
