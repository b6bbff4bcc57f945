"""What leads to a case: other cases, and one-time links."""

from __future__ import annotations

from django.db import models

from jinli.cases.models.cases import Assignment, Case
from jinli.town.ids import new_id
from jinli.town.models import Person


class Link(models.Model):
    """Two cases that name each other, and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_from")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_to")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "other", "kind"], name="link_once"),)


class AccessLink(models.Model):
    """A one-time link for a department without an account; only the hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="access_links")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="access_links")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
