"""The mirror of a matter that another system decides, and where the two disagree."""

from __future__ import annotations

from django.db import models

from jinli.cases.models import Case
from jinli.exchange.models.imports import ImportRun, Source
from jinli.town.models import Division, Person


class Mirror(models.Model):
    """Where a mirror case stands beside its original, as last imported.

    Attributes
    ----------
    round : 1, or higher when the other system opened a closed matter again: a verdict is given once, so that is a
        new case linked to the first.
    values : what the other system said, normalised, nothing personal; compared with the next import.
    personal : keyed hash over the personal values, so that a change of them is seen without keeping them twice.
    first_run, last_run : the import that brought it, and the last that still had it.
    vanished_run : the import in which it was missing for the first time.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="mirror")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False, related_name="mirrors")
    foreign_number = models.CharField(max_length=80)
    round = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    values = models.JSONField(default=dict)
    personal = models.CharField(max_length=64, blank=True)
    first_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")
    last_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")
    vanished_run = models.ForeignKey(ImportRun, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["source", "foreign_number"], condition=models.Q(current=True), name="mirror_current_once"
            ),
        )
        indexes = (
            # Asked for every chunk of an import; without it each of them reads every mirror of the source.
            models.Index(fields=["source", "foreign_number"], name="mirror_earlier", condition=models.Q(current=False)),
        )


class Difference(models.Model):
    """One point in which here and there disagree, until somebody accepts or disputes it, or it goes away by itself.

    Attributes
    ----------
    kind : what kind of difference, see `exchange.rows.comparing`.
    here, there : the two values as texts that may stand in lists.
    owner : `there` when the other system owns the truth of this field, `here` when the town does.
    note : why somebody disputes it; sent to the other system, so it names nobody.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DISPUTED = "disputed"
        GONE = "gone"

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    mirror = models.ForeignKey(Mirror, on_delete=models.PROTECT, db_index=False, related_name="differences")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=20)
    field = models.CharField(max_length=20, blank=True)
    here = models.CharField(max_length=160, blank=True)
    there = models.CharField(max_length=160, blank=True)
    owner = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    note = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["mirror", "kind", "field"], condition=models.Q(state="open"), name="difference_open_once"
            ),
        )
        indexes = (models.Index(fields=["town", "state", "-id"], name="difference_list"),)
