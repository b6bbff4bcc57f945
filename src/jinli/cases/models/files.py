"""Files that belong to a case."""

from __future__ import annotations

from django.db import models

from jinli.cases.models.cases import Case
from jinli.town.ids import new_id
from jinli.town.models import Division


class Attachment(models.Model):
    """A file of a case, kept outside the web root under its hash; its name is personal and lives in the payload."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    entry_seq = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
