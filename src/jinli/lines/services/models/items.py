"""Items in editions: an edition that was published never changes, and a case keeps the one it was opened under."""

from __future__ import annotations

from django.db import models

from jinli.town.models import Division, Person


class ItemEdition(models.Model):
    """One edition of an item: draft, under review, published from a day on, withdrawn.

    Attributes
    ----------
    content : the item as `jinli.packs.items.ItemRow` says it, as plain values.
    ended_at : since when this edition is not offered any more, because a later one took its place or it was withdrawn.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        REVIEW = "review"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    code = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code", "edition"], name="item_edition_once"),)
        indexes = (
            models.Index(
                fields=["town", "code"], name="item_offered", condition=models.Q(state="published", ended_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}/{self.edition}"
