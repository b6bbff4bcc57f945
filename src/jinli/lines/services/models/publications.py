"""What the public may read of a licence decision (双公示): seven working days after it, corrected when it changes."""

from __future__ import annotations

from django.db import models

from jinli.cases.models import Case
from jinli.town.ids import new_id
from jinli.town.models import Division


class Publication(models.Model):
    """One published decision; a corrected one keeps what it said before in `history`.

    Attributes
    ----------
    content : the columns as published; the name of a natural person is masked before it gets here.
    changed_on : the day on which the decision itself was altered or annulled; from then three working days count.
    history : earlier contents with the day and reason of each change; it is only added to.
    """

    class State(models.TextChoices):
        PUBLISHED = "published"
        CORRECTED = "corrected"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    published_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    content = models.JSONField()
    changed_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    history = models.JSONField(default=list)
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["town", "-decided_on", "-id"], name="publication_list"),)
