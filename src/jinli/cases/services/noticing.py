"""Mark notices as read, for the whole body: who reads first reads for all."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from jinli.cases.selectors.notices import notices_of
from jinli.town import moment
from jinli.town.acting import Acting


def mark_read(*, acting: Acting, notices: Sequence[str] | None = None) -> int:
    """Mark these notices of one's body as read, without `notices` all of them; return how many were new."""
    unread = notices_of(acting).filter(read_at=None).order_by()
    if notices is not None:
        unread = unread.filter(pk__in=[pk for pk in map(_id, notices) if pk is not None])
    return unread.update(read_at=moment.now())


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
