"""Licences and other grants: what somebody may do, from when to when, and what became of it."""

from __future__ import annotations

from django.db import models

from jinli.cases.models.cases import Case
from jinli.cases.models.papers import Paper
from jinli.domain.grants import GrantAct, GrantState
from jinli.town.ids import new_id
from jinli.town.models import Division, Party

_STATES = [(one.value, one.value) for one in GrantState]
_ACTS = [(one.value, one.value) for one in GrantAct]


class Grant(models.Model):
    """One licence, approval or registration that a body gave. The present stands here, the history in `GrantChange`.

    Attributes
    ----------
    kind : code of the item under which it was given.
    title : what it is called; never personal.
    case : the case that decided it.
    valid_to : last day; None for a grant without end, or while nobody knows it.
    term_from : first day of the term that runs, which a renewal moves; a further term is as long.
    conditions : what it is bound to, in the words of the decision.
    state, since, reason : what it is now, since when, and by which act.
    renews : the grant it took the place of.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    holder = models.ForeignKey(Party, on_delete=models.PROTECT, db_index=False, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grants")
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    term_from = models.DateField()
    conditions = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=_STATES, default=GrantState.VALID.value)
    since = models.DateTimeField()
    reason = models.CharField(max_length=16, choices=_ACTS)
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "number"], name="grant_number"),)
        indexes = (
            models.Index(fields=["town", "kind", "state"], name="grant_kind"),
            models.Index(fields=["holder", "kind"], name="grant_holder"),
            models.Index(fields=["valid_to"], name="grant_ends", condition=models.Q(state__in=["valid", "suspended"])),
        )

    def __str__(self) -> str:
        return self.number


class GrantChange(models.Model):
    """One thing that happened to a grant. Rows are only added; the database refuses every change.

    Attributes
    ----------
    state, valid_to, conditions : what the grant was after it.
    case : the case in which it was decided; empty for what came by the calendar alone.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, db_index=False, related_name="changes")
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=16, choices=_ACTS)
    state = models.CharField(max_length=10, choices=_STATES)
    valid_to = models.DateField(null=True)
    conditions = models.TextField(blank=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["grant", "seq"], name="grant_change_seq"),)
