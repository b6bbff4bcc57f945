"""What is known of each question: the earlier answer, the figure that exists, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from jinli.exchange import catalogue
from jinli.exchange.models import Ask, Task
from jinli.town.selectors import local_day

GIVEN = (Ask.Origin.GENERATED, Ask.Origin.REPEATED, Ask.Origin.TYPED)


@dataclass(frozen=True, kw_only=True)
class Best:
    """The best answer that needs no typing; `source` is `unknown` when there is none."""

    source: str
    value: str = ""
    earlier: Ask | None = None
    offer: catalogue.Offer | None = None
    query: Mapping[str, Any] = field(default_factory=dict)
    as_of: datetime | None = None


def earlier_than(ask: Ask) -> Ask | None:
    """Return the first answer given to the same question in another task, None when there is none."""
    return earlier_answers([ask]).get(ask.pk)


def earlier_answers(asks: Sequence[Ask]) -> dict[Any, Ask]:
    """Return for each question the first answer that was given to it before, in any task. One statement."""
    roots = {ask.first_id or ask.pk for ask in asks if ask.first_id}
    if not roots:
        return {}
    rows = Ask.objects.filter(Q(pk__in=roots) | Q(first__in=roots), source__in=GIVEN).order_by("answered_at", "ordinal")
    found: dict[Any, Ask] = {}
    for row in rows.select_related("task__case"):
        for ask in asks:
            if ask.first_id and ask.first_id in (row.pk, row.first_id) and row.pk != ask.pk:
                found.setdefault(ask.pk, row)
    return found


def stamp_of(asks: Iterable[Ask]) -> str:
    """Return what changes with every answer that is filled in."""
    return max((ask.answered_at.isoformat() for ask in asks if ask.answered_at), default="")


def best_of(task: Task, as_of: datetime, offers: Sequence[catalogue.Offer] | None = None) -> list[tuple[Ask, Best]]:
    """Return every question of a task with the best answer that exists at a moment."""
    asks = list(task.asks.select_related("place", "unit").order_by("ordinal"))
    found = offers if offers is not None else catalogue.offers(task.town, local_day(task.town, as_of))
    by_code = {one.code: one for one in found}
    earlier = earlier_answers(asks)
    wanted = {
        ask.pk: catalogue.Wanted(code=ask.figure, period=ask.period, place=ask.place_id) for ask in asks if ask.figure
    }
    worth = catalogue.worths(wanted, found, task.town, as_of)
    told = []
    for ask in asks:
        offer, one, before = by_code.get(ask.figure), worth.get(ask.pk), earlier.get(ask.pk)
        if before is not None:
            best = Best(
                source=Ask.Origin.REPEATED, value=before.value, earlier=before, offer=offer, query=before.query,
                as_of=before.as_of,
            )  # fmt: skip
        elif one is not None and one.text:
            query = {"list": dict(one.query), "total": dict(one.total_query)}
            best = Best(source=Ask.Origin.GENERATED, value=one.text, offer=offer, query=query, as_of=one.as_of)
        else:
            best = Best(source=Ask.Origin.UNKNOWN, offer=offer)
        told.append((ask, best))
    return told
