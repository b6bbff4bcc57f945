"""Cases, their promises and their journal.

Columns hold the present, for queues and figures; the journal holds how it came to be. Nothing but
`jinli.cases.services` writes here, and database triggers refuse any change to an entry.
"""

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
            models.Index(fields=["town", "place", "class_code", "-opened_at"], name="case_repeat"),
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


class Entry(models.Model):
    """One entry of a case's journal. Never updated, never deleted; a trigger refuses both.

    `body` is canonical JSON text and is hashed exactly as stored; the other columns repeat parts of it for lists, and
    `verify` compares them.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="entries")
    seq = models.PositiveIntegerField()
    move = models.CharField(max_length=40)
    track = models.CharField(max_length=8)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    body = models.TextField()
    commitment = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "seq"], name="entry_seq"),)
        indexes = (
            models.Index(
                fields=["move", "happened_at"],
                name="entry_figures",
                condition=models.Q(move__in=["call_back", "exit", "file", "no_callback"]),
            ),
        )


class EntryPayload(models.Model):
    """Names, telephones, free text of one entry: erasable. The entry keeps only a salted commitment."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="payload")
    salt = models.BinaryField()
    text = models.TextField()


class Seal(models.Model):
    """The daily seal of a town: heads of all cases changed since the last one, and the root over them."""

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="seals")
    number = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    previous_root = models.CharField(max_length=64)
    heads = models.TextField()
    root = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "number"], name="seal_number"),)


class NumberSeries(models.Model):
    """The last number given out in a series of a town and year; gaps are allowed, repeats are not."""

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


class SearchRow(models.Model):
    """What one case can be found by: bigrams of number, title, text, place and party. Deleted with the payload."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="search_row")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    terms = models.TextField()


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


class Rating(models.Model):
    """One rating: by the reporter of the handling, by the town of a department, by a department of the whistle."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    entry_seq = models.PositiveIntegerField()
    by_kind = models.CharField(max_length=12)
    by_body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    of_body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "entry_seq"], name="rating_entry"),)
        indexes = (models.Index(fields=["town", "by_kind", "at"], name="rating_figures"),)


class Figure(models.Model):
    """A published number: two counts (or a value), its definition, its audience, and the filter that gives the list.

    Attributes
    ----------
    audience : the widest circle that may see it now; a release widens it, a new value or a revocation narrows it again.
    parts : every count of the value, also those left out.
    history : what was published, released and revoked, when, by whom and under which duty; it is only added to.
    """

    class Audience(models.TextChoices):
        UNIT = "unit"
        TOWN = "town"
        DISTRICT = "district"
        PUBLIC = "public"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    code = models.CharField(max_length=60)
    period = models.CharField(max_length=20)
    body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    numerator = models.PositiveIntegerField(null=True)
    denominator = models.PositiveIntegerField(null=True)
    excluded = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=dict)
    filter = models.JSONField(default=dict)
    as_of = models.DateTimeField()
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.TOWN)
    released_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    history = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["town", "code", "period", "body"], name="figure_once"),
            models.UniqueConstraint(
                fields=["town", "code", "period"], condition=models.Q(body=None), name="figure_of_town_once"
            ),
        )


class TickRun(models.Model):
    """When the engine last looked at what fell due; a clock that goes backwards is refused."""

    last_at = models.DateTimeField()
    runs = models.PositiveIntegerField(default=0)
