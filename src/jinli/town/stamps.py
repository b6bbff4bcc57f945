"""Stamps by which every process knows that a calendar or office hours changed."""

from __future__ import annotations

from jinli.town.ids import new_id
from jinli.town.models import Division


def renew_time_stamps(division: Division) -> None:
    """Give a division and all below it a new stamp: the work calendars that processes hold are no longer in force."""
    layer = [division.pk]
    while layer:
        Division.objects.filter(pk__in=layer).update(time_stamp=new_id())
        layer = list(Division.objects.filter(parent__in=layer).values_list("pk", flat=True))
