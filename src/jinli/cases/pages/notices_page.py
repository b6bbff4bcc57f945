"""What the page of notices shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from jinli.cases.editions import pinned
from jinli.cases.models import Notice
from jinli.cases.pages.queue_page import count_text
from jinli.cases.selectors.names import titled, worded
from jinli.cases.selectors.notices import beyond, notices_of, unread
from jinli.cases.selectors.visible import visible_cases
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.ui.parts import PageKeys
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

ON_A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    """One notice: what happened in which case; without an address the case is no longer for these eyes."""

    id: UUID
    when: str
    what: str
    number: str
    title: str
    url: str
    unread: bool


@dataclass(frozen=True, kw_only=True)
class NoticesPage:
    """The notices of a body."""

    body: str
    rows: tuple[NoticeRow, ...]
    unread: str
    any_unread: bool
    can_mark: bool
    keys: PageKeys


def notices_page(acting: Acting, town: Division, body: str, now: datetime, *, after: str = "") -> NoticesPage:
    """Return the notices of a body, newest first, by key. Three statements."""
    rows = list(beyond(notices_of(acting).select_related("case"), after)[: ON_A_PAGE + 1])
    seen = set(visible_cases(acting).filter(pk__in={row.case_id for row in rows}).values_list("pk", flat=True))
    waiting = unread(acting)
    shown = rows[:ON_A_PAGE]
    base = reverse("cases:notices")
    further = f"{shown[-1].created_at.isoformat()}~{shown[-1].pk}" if len(rows) > ON_A_PAGE else ""
    return NoticesPage(
        body=body,
        rows=tuple(_row(row, town, now, row.case_id in seen) for row in shown),
        unread=count_text(waiting),
        any_unread=bool(waiting),
        can_mark="auditor" not in acting.roles,
        keys=PageKeys(
            shown=len(shown),
            first_url=base if after else "",
            next_url=f"{base}?{urlencode({'after': further})}" if further else "",
        ),
    )


def _row(row: Notice, town: Division, now: datetime, visible: bool) -> NoticeRow:
    procedure = pinned(town, row.case.procedure)
    tracks = [track for track in (procedure.case, procedure.assignment) if track is not None]
    move = next((track.moves[row.move] for track in tracks if row.move in track.moves), None)
    return NoticeRow(
        id=row.pk,
        when=word_moment(row.created_at, lang=tongue(), now=now),
        what=titled(move.title) if move else worded(f"cases.engine.{row.move}", row.move),
        number=row.case.number if visible else say("cases.notices.gone"),
        title=row.case.title if visible else "",
        url=reverse("cases:case", args=[row.case_id]) if visible else "",
        unread=row.read_at is None,
    )
