"""The systems whose exports are dropped here, with what their mirrors owe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, OuterRef, Subquery

from jinli.cases.models import Case
from jinli.cases.selectors.listing import due_in, record_of
from jinli.exchange.models import Difference, ImportRun, Source
from jinli.town.acting import Acting
from jinli.town.models import Division

#: Words in the name of a file or in its headings that tell which kind of system it comes from, the surest first.
_TELLING: Final = (
    (Source.Kind.TICKETS, ("12345", "热线", "工单", "诉求")),
    (Source.Kind.GRID, ("网格", "巡查", "粤平安", "综治")),
    (Source.Kind.PROJECTS, ("项目", "工程", "开工")),
    (Source.Kind.COUNTER, ("窗口", "办件", "政务服务", "申请人", "事项")),
)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """How many mirrors of a source are open, overdue, and due by Sunday."""

    open: int = 0
    late: int = 0
    week: int = 0


@dataclass(frozen=True, kw_only=True)
class SourceStanding:
    """A source with its last import and what its mirrors owe."""

    source: Source
    last: ImportRun | None
    owed: Owed
    differences: int


def owed_by(town: Division, codes: Sequence[str], now: datetime) -> Mapping[str, Owed]:
    """Return what the mirrors of some sources owe, counted as the list of cases counts. One statement."""
    rows = (
        Case.objects.filter(
            town=town, closed_at=None, phase="open", system_of_record__in=[record_of(code) for code in codes]
        )
        .values("system_of_record")
        .order_by()
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=due_in("late", town, now)),
            week=Count("pk", filter=due_in("week", town, now)),
        )
    )
    found = {row["system_of_record"].partition(":")[2]: row for row in rows}
    return {code: Owed(open=row["open"], late=row["late"], week=row["week"]) for code, row in found.items()}


def sources_of(town: Division, now: datetime) -> tuple[SourceStanding, ...]:
    """Return every source of a town. Four statements, however many there are."""
    last = ImportRun.objects.filter(source=OuterRef("pk"), state=ImportRun.State.DONE).order_by("-taken_at")
    sources = list(
        Source.objects.filter(town=town)
        .select_related("watched_by")
        .annotate(last_run=Subquery(last.values("pk")[:1]))
        .order_by("name", "pk")
    )
    runs = ImportRun.objects.select_related("body").in_bulk([one.last_run for one in sources if one.last_run])
    owed = owed_by(town, [one.code for one in sources], now)
    open_ones = Difference.objects.filter(town=town, state=Difference.State.OPEN)
    differing = dict(open_ones.values_list("mirror__source").annotate(count=Count("pk")).order_by())
    return tuple(
        SourceStanding(
            source=one,
            last=runs.get(one.last_run) if one.last_run else None,
            owed=owed.get(one.code, Owed()),
            differences=differing.get(one.pk, 0),
        )
        for one in sources
    )


def own_sources(acting: Acting) -> Sequence[Source]:
    """Return the sources that the acting body looks after."""
    return list(Source.objects.filter(town=acting.town, watched_by=acting.body_id).order_by("name", "pk"))


def likely_kind(file_name: str, headings: Sequence[str]) -> str:
    """Return which kind of system a file seems to come from, empty when nothing tells."""
    for text in (file_name, " ".join(headings)):
        for kind, words in _TELLING:
            if any(word in text for word in words):
                return str(kind)
    return ""
