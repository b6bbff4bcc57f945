"""Buildings and who is in them, as the town learns it from what is registered with it."""

from __future__ import annotations

from django.db import models

from jinli.domain.buildings import Use
from jinli.town.ids import new_id
from jinli.town.models.registers import Division, Place


class Building(models.Model):
    """A building: under one roof what happens to one concerns the others.

    Attributes
    ----------
    address : down to the building, as the first paper wrote it.
    floors : None while nobody said how many.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, db_index=False, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    floors = models.PositiveIntegerField(null=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "address"], name="building_address"),)

    def __str__(self) -> str:
        return self.address


class Occupancy(models.Model):
    """Somebody uses part of a building from a day to a day.

    Attributes
    ----------
    identity : credit code of a firm, else a keyed digest of the name; the same one is the same occupant.
    name : of a firm in full, of a person masked; the whole name stays in the erasable part of the case.
    source_case, source_number : the case it was learnt in (cases live in a higher room).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="occupancies")
    identity = models.CharField(max_length=64)
    name = models.CharField(max_length=80)
    firm = models.BooleanField()
    part = models.CharField(max_length=80, blank=True)
    use = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Use])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source_case = models.UUIDField()
    source_number = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source_case"], name="occupancy_source_once"),)


class RoofCheck(models.Model):
    """Two producing firms under one roof were looked at, or are being; never again for the same two.

    `case` is the safety check (a case of a higher room).
    """

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="checks")
    one = models.CharField(max_length=64)
    other = models.CharField(max_length=64)
    case = models.UUIDField()
    number = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["building", "one", "other"], name="roof_check_once"),)
