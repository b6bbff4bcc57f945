"""What bodies and parties are told."""

from __future__ import annotations

from django.db import models

from jinli.cases.models.cases import Case
from jinli.town.ids import new_id
from jinli.town.models import Division, Organisation, Party


class Notice(models.Model):
    """The outbox: one message to one recipient. In-app notices are read here; e-mail and SMS are sent from here."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        HELD = "held"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="notices")
    entry_seq = models.PositiveIntegerField()
    channel = models.CharField(max_length=8)
    to_body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    to_party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    move = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    unique = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["to_body", "-created_at"], name="notice_body", condition=models.Q(read_at=None)),
            models.Index(fields=["created_at"], name="notice_waiting", condition=models.Q(state="waiting")),
        )
