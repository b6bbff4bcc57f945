"""Cases in flight under a power: those a recall hands over, those already handed over, acts it reaches back to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet

from jinli.cases.editions import pinned
from jinli.cases.models import Case, Entry
from jinli.domain.competence import FINISH
from jinli.town.competence import zone_of
from jinli.town.models import Delegation, Division

HAND_OVER = "hand_over"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the hand-overs of a recall are; `unable` are cases whose procedure knows no hand-over: for a person."""

    done: int
    left: int
    unable: int

    @property
    def total(self) -> int:
        """Return how many cases the recall meets."""
        return self.done + self.left + self.unable


@dataclass(frozen=True, kw_only=True)
class SealedAct:
    """One sealed act under a power, after the day from which it was recalled: it stands until a person has looked."""

    case: Case
    move: str
    happened_at: datetime


def first_moment(town: Division, day: date) -> datetime:
    """Return 00:00 of a day where the town is."""
    return datetime.combine(day, time(), tzinfo=zone_of(town))


def open_under(power: Delegation) -> QuerySet[Case]:
    """Return the open cases of a power's matter."""
    return Case.objects.filter(town=power.town_id, class_code=power.item, closed_at=None)


def handed_over(power: Delegation) -> QuerySet[Case]:
    """Return the cases that were handed over since the recall was ordered, closed ones too."""
    return Case.objects.filter(_handed(power), town=power.town_id, class_code=power.item)


def _handed(power: Delegation) -> Exists:
    since = power.recall_ordered_at
    return Exists(Entry.objects.filter(case=OuterRef("pk"), move=HAND_OVER, recorded_at__gte=since))


def to_hand_over(power: Delegation) -> QuerySet[Case]:
    """Return the open cases that wait to be handed over, the oldest first; none where they are finished in town."""
    found = open_under(power)
    if power.in_flight == FINISH:
        return found.none()
    if power.recall_ordered_at is not None:
        found = found.exclude(_handed(power))
    return found.filter(procedure__in=_handing(power)).order_by("opened_at", "id")


def unable_to(power: Delegation) -> QuerySet[Case]:
    """Return the open cases whose procedure knows no hand-over."""
    found = open_under(power)
    return found.none() if power.in_flight == FINISH else found.exclude(procedure__in=_handing(power))


def _handing(power: Delegation) -> list[str]:
    """Return those procedures of the open cases that have a hand-over."""
    codes = open_under(power).order_by().values_list("procedure", flat=True).distinct()
    return [code for code in codes if HAND_OVER in pinned(power.town, code).case.moves]


def progress_of(power: Delegation) -> Progress:
    """Return how far the hand-overs of a recall are. Before it is ordered: what it would meet."""
    done = handed_over(power).count() if power.recall_ordered_at is not None else 0
    return Progress(done=done, left=to_hand_over(power).count(), unable=unable_to(power).count())


def sealed_since(power: Delegation) -> tuple[SealedAct, ...]:
    """Return the acts sealed under a power on or after the day from which it was recalled. One query.

    A recall that reaches back undoes none of them: whether one stands is decided by a person.
    """
    if power.recalled_on is None:
        return ()
    rows = (
        Entry.objects.filter(
            case__town=power.town_id,
            case__class_code=power.item,
            happened_at__gte=first_moment(power.town, power.recalled_on),
        )
        .select_related("case")
        .order_by("happened_at", "id")
    )
    return tuple(
        SealedAct(case=row.case, move=row.move, happened_at=row.happened_at)
        for row in rows
        if (facts := json.loads(row.body).get("facts", {})).get("competence") == power.code
        and facts.get("mode") != "authority"
    )
