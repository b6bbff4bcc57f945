"""Sources, how their columns and names are read, and every file that was dropped."""

from __future__ import annotations

from django.db import models

from jinli.town.ids import new_id
from jinli.town.models import Division, Organisation, Person


class Source(models.Model):
    """Another system whose exports the town drops here.

    Attributes
    ----------
    code : names it in `Case.system_of_record` as `external:<code>`.
    rules : the town's own limits for what this system decides, first match counts; see `exchange.rows.limits`.
    watched_by : the body of the town that looks after these matters and to which their promises are owed.
    title_shown : whether the title of a row may stand in lists. Where residents write it, it may name people and goes
        to the erasable payload.
    """

    class Kind(models.TextChoices):
        TICKETS = "tickets"
        GRID = "grid"
        COUNTER = "counter"
        PROJECTS = "projects"
        OTHER = "other"

    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    rules = models.JSONField(default=list)
    watched_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title_shown = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code"], name="source_code"),)

    def __str__(self) -> str:
        return self.name


class SourceChange(models.Model):
    """What somebody changed about how a source is read; rows are never changed or removed.

    Attributes
    ----------
    what : `rules`, `titles`, `layout` or `name`.
    before, after : what stood there, and what stands there now; nothing where it was removed.
    """

    class What(models.TextChoices):
        RULES = "rules"
        TITLES = "titles"
        LAYOUT = "layout"
        NAME = "name"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=8, choices=What.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()


class Layout(models.Model):
    """The columns of one shape of export, mapped once and remembered. `columns` is field -> heading."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="layouts")
    signature = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "signature"], name="layout_once"),)


class NameLink(models.Model):
    """What a name in this source means here, chosen by a person; with an empty code the text is kept as it is."""

    class Kind(models.TextChoices):
        BODY = "body"
        PLACE = "place"
        CLASS = "class"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=160)
    code = models.CharField(max_length=40, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "kind", "text"], name="name_link_once"),)


class ImportRun(models.Model):
    """One dropped file on its way: read, shown as a dry run, taken, and perhaps taken back as a whole.

    Attributes
    ----------
    sha256 : the stored file, under its hash and outside the web root; removed once the run is over.
    columns : field -> heading, as read or chosen for this file.
    counts : outcome -> rows, of the dry run and then of what was taken.
    take : `all` doubtful rows too, or only the `clean` ones.
    beat_at : when the worker last wrote; an old one in a working state means that it was killed, and goes on.
    """

    class State(models.TextChoices):
        DROPPED = "dropped"
        READING = "reading"
        READY = "ready"
        TAKING = "taking"
        STOPPED = "stopped"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"
        REFUSED = "refused"
        DISCARDED = "discarded"

    class Take(models.TextChoices):
        ALL = "all"
        CLEAN = "clean"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="runs")
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    sheet = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DROPPED)
    take = models.CharField(max_length=8, choices=Take.choices, blank=True)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)
    dropped_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    acting = models.JSONField(default=dict)
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["town", "-dropped_at"], name="import_newest"),
            models.Index(
                fields=["state"],
                name="import_waiting",
                condition=models.Q(state__in=["dropped", "reading", "taking", "undoing"]),
            ),
        )


class ImportRow(models.Model):
    """One row of a dropped file: what became of it and why. Nothing personal stands here.

    Attributes
    ----------
    line : line of the file as a person sees it.
    outcome : `new`, `changed`, `unchanged`, `doubtful`, `refused`, `vanished`.
    reasons : list of `[code, facts]`, worded by `ui`.
    changes : field -> `[from, to]`; of personal fields only that they changed.
    seqs : entries of the mirror's journal that this row wrote.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, db_index=False, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    foreign_number = models.CharField(max_length=80, blank=True)
    reasons = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    mirror = models.ForeignKey("Mirror", null=True, on_delete=models.PROTECT, related_name="rows")
    seqs = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=["run", "outcome", "line"], name="import_row_list"),)
