"""Papers that moves issue, and the templates they are written from."""

from __future__ import annotations

from django.db import models

from jinli.cases.models.cases import Case
from jinli.town.ids import new_id
from jinli.town.models import Division, Organisation


class Prescribed(models.Model):
    """Something that a pack prescribes; `content` is the row of the pack. One that the pack drops is out of force."""

    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    content = models.JSONField()
    loaded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class PaperTemplate(Prescribed):
    """How one kind of paper is laid out and worded."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code"], name="paper_template_code"),)


class Paper(models.Model):
    """A notice, decision, certificate or receipt that a move issued.

    What it says never changes; only its state does. The PDF is made from `content` when somebody first asks for it.

    Attributes
    ----------
    kind : code of the template it was written from.
    series, year, serial, number : 金府许受, 2026, 12 give 金府许受〔2026〕12号; no serial is left out.
    sealed_by : the body whose seal it bears, `hat` in what quality, `basis` under which delegation (its code).
    token : what the QR code leads to; long and random, so that nobody reads papers by counting.
    state_reason : code of the reason for the present state.
    salt, content : canonical JSON of everything the paper says; both are gone once lawfully erased.
    commitment : SHA-256 over salt and content, so that what is there can be told from what was written.
    """

    class State(models.TextChoices):
        VALID = "valid"
        REPLACED = "replaced"
        SUSPENDED = "suspended"
        REVOKED = "revoked"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    entry_seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    series = models.CharField(max_length=14)
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    sealed_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    hat = models.CharField(max_length=12)
    basis = models.CharField(max_length=40, blank=True)
    issued_at = models.DateTimeField()
    token = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.VALID)
    state_at = models.DateTimeField(null=True)
    state_reason = models.CharField(max_length=40, blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    salt = models.BinaryField(null=True)
    content = models.TextField(null=True)
    commitment = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["town", "series", "year", "serial"], name="paper_serial"),
            models.UniqueConstraint(fields=["town", "number"], name="paper_number"),
        )

    def __str__(self) -> str:
        return self.number
