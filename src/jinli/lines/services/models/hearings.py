"""Hearings of licence applications: when and where, who chairs, whether it was held."""

from __future__ import annotations

from django.db import models

from jinli.cases.models import Case
from jinli.town.ids import new_id
from jinli.town.models import Division, Person


class Hearing(models.Model):
    """One hearing; the record itself stands in the journal of its case, where it can be erased but not changed.

    Attributes
    ----------
    told_at : when its notice went out.
    over_at : when the record was kept; None for one still to come.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["town", "held_at"], name="hearing_days"),)
