"""Forms of other systems, layouts of lists, and the numbers under which our cases stand elsewhere."""

from __future__ import annotations

from django.db import models

from jinli.cases.models import Case, Prescribed
from jinli.town.models import Division, Person


class Sheet(Prescribed):
    """A form of another system, into which people retype a case field by field."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code"], name="sheet_code"),)


class ListLayout(Prescribed):
    """The columns in which somebody asks for a list."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code"], name="list_layout_code"),)


class ForeignRecord(models.Model):
    """A case of ours was entered in another system by hand, and stands there under this number.

    The present only: what was noted before a correction stays in the journal of the case.

    Attributes
    ----------
    system : code of the other system; an import from a source of the same code knows the case by the number.
    """

    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="foreign_records")
    system = models.CharField(max_length=40)
    system_name = models.CharField(max_length=80)
    foreign_number = models.CharField(max_length=80)
    noted_at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["town", "system", "foreign_number"], name="foreign_number_once"),
            models.UniqueConstraint(fields=["case", "system"], name="foreign_record_once"),
        )
