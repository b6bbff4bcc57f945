"""The queue of people who walk in: numbers only, no names, and nothing about how fast a clerk works."""

from __future__ import annotations

from django.db import models

from jinli.town.ids import new_id
from jinli.town.models import Division


class Ticket(models.Model):
    """One number of one day.

    Attributes
    ----------
    matter : code of the item somebody came for, empty when they did not say.
    window : name of the window that called the number, such as 3.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CALLED = "called"
        DONE = "done"
        NO_SHOW = "no_show"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()
    matter = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    window = models.CharField(max_length=20, blank=True)
    issued_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "day", "number"], name="ticket_once"),)
        indexes = (models.Index(fields=["town", "day", "state", "number"], name="ticket_queue"),)
