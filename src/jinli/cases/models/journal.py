"""How a case came to be: entries, their erasable payloads, and the daily seal over all heads."""

from __future__ import annotations

from django.db import models

from jinli.cases.models.cases import Case
from jinli.town.models import Division


class Entry(models.Model):
    """One entry of a case's journal. Never updated, never deleted; a trigger refuses both.

    `body` is canonical JSON text and is hashed exactly as stored; the other columns repeat parts of it for lists, and
    `verify` compares them.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="entries")
    seq = models.PositiveIntegerField()
    move = models.CharField(max_length=40)
    track = models.CharField(max_length=8)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    body = models.TextField()
    commitment = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "seq"], name="entry_seq"),)
        indexes = (
            models.Index(
                fields=["move", "happened_at"],
                name="entry_figures",
                condition=models.Q(move__in=["call_back", "exit", "file", "no_callback"]),
            ),
        )


class EntryPayload(models.Model):
    """Names, telephones, free text of one entry: erasable. The entry keeps only a salted commitment."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="payload")
    salt = models.BinaryField()
    text = models.TextField()


class Seal(models.Model):
    """The daily seal of a town: heads of all cases changed since the last one, and the root over them."""

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="seals")
    number = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    previous_root = models.CharField(max_length=64)
    heads = models.TextField()
    root = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "number"], name="seal_number"),)
