"""What a case is now: the case, its pieces, its promises, and what it is found by."""

from __future__ import annotations

from django.db import models

from jinli.town.ids import new_id
from jinli.town.models import Division, Organisation, Party, Person, Place


class ProcedureEdition(models.Model):
    """One edition of a procedure as it was loaded. Running cases keep the edition they were opened under."""

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    source = models.TextField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["division", "code", "edition"], name="procedure_edition_once"),)


class Case(models.Model):
    """Anything with a clock and a responsible organisation.

    Attributes
    ----------
    title : what lists show; never personal (the reporter's words are in the erasable payload).
    system_of_record : `jinli`, or `external:<name>` for a mirror of a case decided elsewhere.
    version : counts acts on the case track; an act must name the version its page carried.
    seq, head : last entry of the journal and its hash.
    due_at : the earliest due moment of a running clock, cached for lists.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    number = models.CharField(max_length=40)
    type_code = models.CharField(max_length=40)
    procedure = models.CharField(max_length=60)
    system_of_record = models.CharField(max_length=60, default="jinli")
    foreign_number = models.CharField(max_length=80, blank=True)
    foreign_stage = models.CharField(max_length=80, blank=True)
    foreign_link = models.CharField(max_length=300, blank=True)
    origin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False, related_name="linked")
    root = models.UUIDField(null=True)
    title = models.CharField(max_length=120)
    class_code = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    reporter = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    channel = models.CharField(max_length=20)
    track_code = models.CharField(max_length=64, blank=True)
    stage = models.CharField(max_length=40)
    phase = models.CharField(max_length=8)
    owner = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    handler_body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    simulated = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    sealed_seq = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "number"], name="case_number"),)
        indexes = (
            models.Index(fields=["town", "type_code", "-opened_at", "-id"], name="case_list"),
            models.Index(fields=["town", "-opened_at", "-id"], name="case_newest"),
            models.Index(
                fields=["handler", "town"],
                name="case_mine",
                # Most cases have no handler; left in, they would make a planner think the index is worth nothing.
                condition=models.Q(closed_at=None, handler__isnull=False),
            ),
            models.Index(
                fields=["town", "place", "class_code", "-opened_at"],
                name="case_repeat",
                # What an export brings mostly names no place, and nobody asks for repeats of it.
                condition=models.Q(place__isnull=False),
            ),
            models.Index(fields=["origin"], name="case_origin"),
            models.Index(
                fields=["town", "system_of_record", "due_at"], name="case_system", condition=models.Q(closed_at=None)
            ),
            models.Index(
                fields=["town", "number"], name="case_unsealed", condition=models.Q(seq__gt=models.F("sealed_seq"))
            ),
        )

    def __str__(self) -> str:
        return self.number


class Assignment(models.Model):
    """A piece of a case given to one organisation, with a stage, a version and clocks of its own."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="assignments")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    key = models.CharField(max_length=8)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")
    role = models.CharField(max_length=12)
    round = models.PositiveIntegerField()
    stage = models.CharField(max_length=40)
    outcome = models.CharField(max_length=12, blank=True)
    duty_line = models.CharField(max_length=40, blank=True)
    handler = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "key"], name="assignment_key"),)
        indexes = (models.Index(fields=["body", "outcome", "-opened_at"], name="assignment_body"),)


class Clock(models.Model):
    """One promise with its due moment, computed from the clock's own facts and cached here.

    Attributes
    ----------
    owed_by, owed_to : organisations; empty when it is the reporter.
    editions : calendar editions `due_at` was computed with, `year/edition` joined by commas.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="clocks")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    key = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    track = models.CharField(max_length=8)
    owed_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    owed_to = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    right = models.BooleanField(default=False)
    limit = models.JSONField()
    started_at = models.DateTimeField()
    state = models.CharField(max_length=8)
    verdict = models.CharField(max_length=8)
    ended_at = models.DateTimeField(null=True)
    pauses = models.JSONField(default=list)
    extensions = models.JSONField(default=list)
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    wakes_at = models.DateTimeField(null=True)
    last_day = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    at_the_latest = models.BooleanField(default=False)
    editions = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "key"], name="clock_key"),)
        indexes = (
            models.Index(
                fields=["owed_by", "town", "due_at", "id"],
                name="clock_queue",
                condition=models.Q(state__in=["running", "paused"]),
            ),
            models.Index(
                fields=["owed_to", "town", "due_at", "id"],
                name="clock_awaited",
                condition=models.Q(state__in=["running", "paused"], owed_to__isnull=False),
            ),
            models.Index(
                fields=["owed_by", "town", "due_at", "id"], name="clock_paused", condition=models.Q(state="paused")
            ),
            models.Index(
                fields=["owed_to", "town", "due_at", "id"],
                name="clock_paused_for",
                condition=models.Q(state="paused", owed_to__isnull=False),
            ),
            models.Index(fields=["town", "due_at"], name="clock_live", condition=~models.Q(state="stopped")),
            models.Index(fields=["wakes_at"], name="clock_wakes", condition=models.Q(wakes_at__isnull=False)),
            models.Index(fields=["town", "code", "due_at"], name="clock_figures"),
            models.Index(fields=["town", "ended_at"], name="clock_ended"),
        )


class SearchRow(models.Model):
    """What one case can be found by: bigrams of number, title, text, place and party. Deleted with the payload."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="search_row")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    terms = models.TextField()
