"""The tick: the same engine call for cases that nobody touches."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jinli.cases.models import Clock, TickRun
from jinli.cases.work import flush, take, tell_origin
from jinli.domain.errors import RefusedError

_AT_ONCE = 500


def tick(now: datetime) -> int:
    """Apply everything due up to `now`, case by case, and return the number of cases touched.

    Safe to stop, to repeat and to run twice at once: each case is its own transaction under its own lock.

    Raises
    ------
    RefusedError : `now` lies before the last run; a clock that goes backwards must be looked at by a person.
    """
    last = TickRun.objects.order_by("id").first()
    if last is not None and now < last.last_at:
        raise RefusedError("cases.tick_went_back", last=last.last_at.isoformat(), now=now.isoformat())
    touched = 0
    seen: set[UUID] = set()
    while True:
        found = (
            Clock.objects.filter(wakes_at__isnull=False, wakes_at__lte=now)
            .order_by("wakes_at")
            .values_list("case_id", flat=True)[:_AT_ONCE]
        )
        waiting = [pk for pk in dict.fromkeys(found) if pk not in seen]
        if not waiting:
            break
        for pk in waiting:
            seen.add(pk)
            settle_case(pk, now)
            touched += 1
    if last is None:
        TickRun.objects.create(last_at=now, runs=1)
    else:
        TickRun.objects.filter(pk=last.pk).update(last_at=now, runs=last.runs + 1)
    return touched


@transaction.atomic
def settle_case(pk: UUID, now: datetime) -> None:
    """Apply what is due in one case, and tell the case it came from when it ended by that."""
    work, origin = take(pk)
    work.settle(now)
    if work.changed:
        last = work.entries[-1]
        tell_origin(work, origin, last.happened_at, last.recorded_at)
        flush([work] if origin is None else [work, origin])
