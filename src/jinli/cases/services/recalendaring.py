"""A new calendar edition: due moments of open clocks are computed again, and the journal says why they moved."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jinli.cases import rows
from jinli.cases.models import Clock
from jinli.cases.work import Work, flush, take
from jinli.domain.decide import DUE_MOVED
from jinli.domain.procedure import CASE
from jinli.domain.requests import SYSTEM, Decision
from jinli.domain.state import OPEN, STOPPED
from jinli.town.models import Division
from jinli.town.selectors import towns


def recompute_due(town: Division, now: datetime) -> int:
    """Compute the open clocks of a town again; return how many due moments moved. Safe to repeat.

    Call it after a calendar edition or office hours changed. A verdict once given stays. A clock that the new edition
    would make late after the fact keeps its due moment, and its owner and the leader are told.
    """
    town.refresh_from_db()
    moved = 0
    live = Clock.objects.filter(town=town).exclude(state=STOPPED).order_by("case_id")
    for case_id in live.values_list("case_id", flat=True).distinct():
        moved += _recompute_case(case_id, now)
    return moved


def recompute_all(now: datetime) -> int:
    """Compute the open clocks of every town again."""
    return sum(recompute_due(town, now) for town in towns())


@transaction.atomic
def _recompute_case(case_id: UUID, now: datetime) -> int:
    work, _ = take(case_id)
    held = {row.key: row for row in Clock.objects.filter(case=case_id).exclude(state=STOPPED)}
    moved = 0
    same: list[Clock] = []
    for key, row in held.items():
        item = work.state.clocks[key]
        if item.verdict != OPEN:
            continue
        due = work.book.due(item)
        if due.at != row.due_at:
            _move(work, row, due.at, now)
            moved += 1
        else:
            fresh = rows.clock_row(work.case, item, work.procedure, work.book)
            if (fresh.editions, fresh.provisional, fresh.warn_at) != (row.editions, row.provisional, row.warn_at):
                same.append(fresh)
    flush([work])
    if same:
        Clock.objects.bulk_update(same, ["editions", "provisional", "warn_at", "last_day"])
    return moved


def _move(work: Work, row: Clock, due: datetime, now: datetime) -> None:
    effect: dict[str, Any] = {
        "op": "moved",
        "key": row.key,
        "from": row.due_at.isoformat(),
        "to": due.isoformat(),
    }
    late = due <= now < row.due_at
    if late:
        effect["not_before"] = row.due_at.isoformat()
    item = work.state.clocks[row.key]
    told = [name for name in (item.owed_by, item.owed_to, work.state.bodies.get("leader") if late else None) if name]
    recorded = max(now, work.state.recorded_at or now)
    body = {
        "actor": SYSTEM.to_json(),
        "calendar": ",".join(f"{year}/{edition}" for year, edition in work.book.due(item).editions),
        "channel": "system",
        "clocks": [effect],
        "happened_at": recorded.isoformat(),
        "move": DUE_MOVED,
        "procedure": work.case.procedure,
        "recorded_at": recorded.isoformat(),
        "tell": list(dict.fromkeys(told)),
        "track": CASE,
    }
    work.add(Decision(body=body, payload={}))
