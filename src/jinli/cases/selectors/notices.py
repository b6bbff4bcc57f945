"""What a body was told, and what of it nobody there has read."""

from __future__ import annotations

from django.db.models import QuerySet

from jinli.cases.models import Notice
from jinli.town.acting import Acting

MANY = 100


def notices_of(acting: Acting) -> QuerySet[Notice]:
    """Return the notices on pages to the body in whose name one acts, newest first."""
    if acting.body_id is None:
        return Notice.objects.none()
    told = Notice.objects.filter(town=acting.town, to_body=acting.body_id, channel="in_app")
    return told.order_by("-created_at", "-id")


def unread(acting: Acting) -> int:
    """Return how many notices wait unread, counted up to 100. One query over an index of the unread."""
    return notices_of(acting).filter(read_at=None).order_by()[:MANY].count()
