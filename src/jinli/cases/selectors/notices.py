"""What a body was told, and what of it nobody there has read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jinli.cases.models import Notice
from jinli.town.acting import Acting

MANY = 100


def notices_of(acting: Acting) -> QuerySet[Notice]:
    """Return the notices on pages to the body in whose name one acts, newest first."""
    if acting.body_id is None:
        return Notice.objects.none()
    told = Notice.objects.filter(town=acting.town, to_body=acting.body_id, channel="in_app")
    return told.order_by("-created_at", "-id")


def beyond(notices: QuerySet[Notice], after: str) -> QuerySet[Notice]:
    """Return the notices behind a key, moment and id joined by `~`; one that cannot be read begins at the first."""
    told, _, pk = after.partition("~")
    try:
        at, last = datetime.fromisoformat(told), UUID(pk)
    except ValueError:
        return notices
    if at.tzinfo is None:
        return notices
    return notices.filter(created_at__lte=at).filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=last))


def unread(acting: Acting) -> int:
    """Return how many notices wait unread, counted up to 100. One query over an index of the unread."""
    return notices_of(acting).filter(read_at=None).order_by()[:MANY].count()
