"""Applications begun and not sent yet: saved for a while, resumed by sign-in or by code, then erased."""

from __future__ import annotations

from django.db import models

from jinli.town.ids import new_id
from jinli.town.models import Division, Party


class Draft(models.Model):
    """An application that was begun.

    Attributes
    ----------
    edition : edition of the item it was begun under; sent under the one that is offered then.
    content : what was typed so far; empty once it is sent or erased.
    code_hash : hash of the code by which it is resumed in another browser or at the counter.
    case : the case it became.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    item = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(default=dict)
    code_hash = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    case = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["town", "expires_at"], name="draft_expires"),)


class DraftPaper(models.Model):
    """A file uploaded for a material of a draft; its content lies where files of cases lie."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="papers")
    material = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
