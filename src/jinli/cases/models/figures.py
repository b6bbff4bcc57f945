"""What is counted: ratings and published figures."""

from __future__ import annotations

from django.db import models

from jinli.cases.models.cases import Case
from jinli.town.ids import new_id
from jinli.town.models import Division, Organisation, Person


class Rating(models.Model):
    """One rating: by the reporter of the handling, by the town of a department, by a department of the whistle."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    entry_seq = models.PositiveIntegerField()
    by_kind = models.CharField(max_length=12)
    by_body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    of_body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "entry_seq"], name="rating_entry"),)
        indexes = (models.Index(fields=["town", "by_kind", "at"], name="rating_figures"),)


class Figure(models.Model):
    """A published number: two counts (or a value), its definition, its audience, and the filter that gives the list.

    Attributes
    ----------
    audience : the widest circle that may see it now; a release widens it, a new value or a revocation narrows it again.
    parts : every count of the value, also those left out.
    history : what was published, released and revoked, when, by whom and under which duty; it is only added to.
    """

    class Audience(models.TextChoices):
        UNIT = "unit"
        TOWN = "town"
        DISTRICT = "district"
        PUBLIC = "public"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    code = models.CharField(max_length=60)
    period = models.CharField(max_length=20)
    body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    numerator = models.PositiveIntegerField(null=True)
    denominator = models.PositiveIntegerField(null=True)
    excluded = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=dict)
    filter = models.JSONField(default=dict)
    as_of = models.DateTimeField()
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.TOWN)
    released_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    history = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["town", "code", "period", "body"], name="figure_once"),
            models.UniqueConstraint(
                fields=["town", "code", "period"], condition=models.Q(body=None), name="figure_of_town_once"
            ),
        )
