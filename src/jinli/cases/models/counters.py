"""Numbers given out, requests answered, and when the engine last looked."""

from __future__ import annotations

from django.db import models

from jinli.town.models import Division


class NumberSeries(models.Model):
    """The last number given out in a series of a town and year.

    Numbers of cases may have gaps, those of papers none; no number is ever given twice.
    """

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "series"], name="number_series_once"),)


class RequestKey(models.Model):
    """An idempotency key: the same key and request give the first answer, another request under it is refused."""

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    request = models.CharField(max_length=64)
    answer = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "actor", "key"], name="request_key_once"),)


class TickRun(models.Model):
    """When the engine last looked at what fell due; a clock that goes backwards is refused."""

    last_at = models.DateTimeField()
    runs = models.PositiveIntegerField(default=0)
