"""What higher levels send down: the task beside its case, each figure or field it asks for, and saved reports."""

from __future__ import annotations

from django.db import models

from jinli.cases.models import Case
from jinli.town.ids import new_id
from jinli.town.models import Division, DutyLine, Organisation, Place


class Task(models.Model):
    """What a task is, beside its case: who asked, by which way, until when, and where the duty list has it.

    Attributes
    ----------
    asker, asker_name : the body where the register knows it, and its name as stated; never a person.
    due_at : their deadline as they set it, exclusive; None when they set none.
    forms : how many forms came along.
    line, fit : the line the answer rests on, and whether the list has it; empty until answered.
    """

    class Way(models.TextChoices):
        CHAT = "chat"
        LETTER = "letter"
        FORM = "form"
        CAMPAIGN = "campaign"

    class Fit(models.TextChoices):
        BASIC = "basic"
        COOPERATING = "cooperating"
        TAKEN_BACK = "taken_back"
        UNLISTED = "unlisted"

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="task")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    asker = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    asker_name = models.CharField(max_length=80)
    way = models.CharField(max_length=10, choices=Way.choices)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    forms = models.PositiveIntegerField(default=0)
    line = models.ForeignKey(DutyLine, null=True, on_delete=models.PROTECT, related_name="+")
    fit = models.CharField(max_length=12, choices=Fit.choices, blank=True)

    class Meta:
        indexes = (models.Index(fields=["town", "-received_at"], name="task_newest"),)


class Ask(models.Model):
    """One figure, field or text that a task asks for. Never a person's data.

    Attributes
    ----------
    subject : what is asked, so that it is known again: a code of the catalogue, else the text pared down.
    figure : the code of the catalogue that was proposed or chosen, empty for none.
    period : `2026-09`, `2026-Q3`, `2026`; a day for what stands at one moment; empty when none is needed.
    unit : the body of the town that was asked.
    first : the first time the same was asked; set once, when the task comes in.
    source : where the answer came from; `taken_from` names the answer that was given again.
    """

    class Kind(models.TextChoices):
        FIGURE = "figure"
        FIELD = "field"
        TEXT = "text"

    class Origin(models.TextChoices):
        NONE = ""
        GENERATED = "generated"
        REPEATED = "repeated"
        TYPED = "typed"
        UNKNOWN = "unknown"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="asks")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    ordinal = models.PositiveIntegerField()
    text = models.CharField(max_length=200)
    subject = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    figure = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10, blank=True)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="again")
    source = models.CharField(max_length=10, choices=Origin.choices, blank=True)
    value = models.CharField(max_length=200, blank=True)
    query = models.JSONField(default=dict)
    taken_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "ordinal"], name="ask_once"),)
        indexes = (models.Index(fields=["town", "subject", "period"], name="ask_subject"),)


class Report(models.Model):
    """A set of figures that somebody asks for every month: saved once, generated for any period.

    `rows` are pairs of a title as the asker writes it and a code of the catalogue (empty for none), with a place code.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    asker_name = models.CharField(max_length=80, blank=True)
    rows = models.JSONField(default=list)
    source = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="reports")
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "title"], name="report_title"),)
