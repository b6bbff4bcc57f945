"""Bundles: their editions, and every time somebody used one."""

from __future__ import annotations

from django.db import models

from jinli.cases.models import Case
from jinli.town.models import Division, Party


class BundleEdition(models.Model):
    """One edition of a bundle as the pack says it; an edition never changes, and what was begun under it keeps it."""

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    code = models.CharField(max_length=30)
    edition = models.PositiveIntegerField()
    content = models.JSONField()
    published_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code", "edition"], name="bundle_edition_once"),)

    def __str__(self) -> str:
        return f"{self.code}/{self.edition}"


class BundleRun(models.Model):
    """A bundle that was sent: it has the id of its draft, so that one form makes one run.

    Attributes
    ----------
    answers : question of the bundle -> answer; codes only, nothing personal.
    asked, separately : fields asked in the common form, and how many the items would have asked each by itself.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    bundle = models.CharField(max_length=30)
    edition = models.PositiveIntegerField()
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    asked = models.PositiveIntegerField()
    separately = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["town", "-opened_at"], name="bundle_runs"),)


class BundlePart(models.Model):
    """One item of a run: the case it became, or the draft that waits for an earlier result.

    Attributes
    ----------
    draft : what is told already for an item that waits; None when nobody knows anything yet, or after it was erased.
    opened_by : `run` with the form, `click` by the applicant, `result` with the earlier result.
    """

    run = models.ForeignKey(BundleRun, on_delete=models.PROTECT, related_name="parts")
    item = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="+")
    draft = models.UUIDField(null=True)
    opened_by = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run", "item"], name="bundle_part_once"),)
