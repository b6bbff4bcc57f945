"""How a power fares: counts of its cases, each with its list, and what nobody told us."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from jinli.cases.models import Case, Clock, Entry, Paper
from jinli.cases.selectors.in_flight import first_moment, handed_over, open_under, unable_to
from jinli.domain.state import BROKEN, KEPT, OPEN, RUNNING
from jinli.town.models import Delegation
from jinli.town.selectors import local_day

USES, IN_TIME, LATE, CORRECTED, JOURNEYS = "uses", "in_time", "late", "corrected", "journeys"
IN_FLIGHT, HANDED, UNABLE = "in_flight", "handed", "unable"
#: Promises to decide: by law and by the town.
_PROMISES: Final = ("decide", "promised")
_DECISIONS: Final = ("grant", "grant_at_once", "refuse")


def since(power: Delegation, now: datetime) -> date:
    """Return the first day of the last twelve months."""
    today = local_day(power.town, now)
    try:
        return today.replace(year=today.year - 1) + timedelta(days=1)
    except ValueError:  # 29 February
        return today.replace(year=today.year - 1, day=28) + timedelta(days=1)


def _received(power: Delegation, now: datetime) -> QuerySet[Case]:
    begin = first_moment(power.town, since(power, now))
    return Case.objects.filter(town=power.town_id, class_code=power.item, opened_at__gte=begin, opened_at__lte=now)


def _promises(**more: object) -> QuerySet[Clock]:
    return Clock.objects.filter(case=OuterRef("pk"), code__in=_PROMISES, **more)


def _broken(now: datetime) -> Q:
    over = Q(Exists(_promises(verdict=OPEN, state=RUNNING, due_at__lte=now)))
    return Q(Exists(_promises(verdict=BROKEN))) | over


def _in_time(power: Delegation, now: datetime) -> QuerySet[Case]:
    return _received(power, now).filter(Exists(_promises(verdict=KEPT))).exclude(_broken(now))


def _late(power: Delegation, now: datetime) -> QuerySet[Case]:
    return _received(power, now).filter(_broken(now))


def _corrected(power: Delegation, now: datetime) -> QuerySet[Case]:
    changed = Paper.objects.filter(case=OuterRef("pk")).exclude(state=Paper.State.VALID)
    return _received(power, now).filter(Exists(changed))


def _journeys(power: Delegation, now: datetime) -> QuerySet[Case]:
    """Cases decided while the power stood with the town: one way to the district saved for each."""
    decided = Entry.objects.filter(case=OuterRef("pk"), move__in=_DECISIONS)
    if power.mode == Delegation.Mode.FRONT_DESK:
        return _received(power, now).filter(Exists(decided))
    here = decided.exclude(body__contains='"mode":"authority"')
    return _received(power, now).filter(Exists(here))


LISTS: Final[Mapping[str, Callable[[Delegation, datetime], QuerySet[Case]]]] = {
    USES: _received,
    IN_TIME: _in_time,
    LATE: _late,
    CORRECTED: _corrected,
    JOURNEYS: _journeys,
    IN_FLIGHT: lambda power, _now: open_under(power),
    HANDED: lambda power, _now: handed_over(power) if power.recall_ordered_at else Case.objects.none(),
    UNABLE: lambda power, _now: unable_to(power),
}


def listed(power: Delegation, which: str, now: datetime) -> QuerySet[Case]:
    """Return the cases behind a number, the newest first. Raises KeyError for a number there is not."""
    return LISTS[which](power, now).order_by("-opened_at", "-id")


def counts(power: Delegation, now: datetime, names: tuple[str, ...]) -> dict[str, int]:
    """Return several numbers, each the length of its list. One query each."""
    return {name: listed(power, name, now).order_by().count() for name in names}
