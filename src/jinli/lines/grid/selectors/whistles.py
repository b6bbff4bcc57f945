"""What the whistle reads: kinds, lines of the duty list, bodies, repeats, refusals, and who may see a whistle."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from jinli.cases.models import Assignment, Case, Entry
from jinli.cases.work import Work, take
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import TimeLimit
from jinli.lines.grid.models import WhistleKind
from jinli.town import moment
from jinli.town.models import Division, DutyLine, Organisation, Party
from jinli.town.selectors import duty_lines_at, local_day, organisations_at
from jinli.town.services import facts_of
from jinli.town.stamps import under_stamp

WHISTLE = "whistle"
#: A whistle at the same place and of the same class within this time is marked as a repeat.
REPEAT_WITHIN = timedelta(days=730)
_DEPARTMENTS = (Organisation.Kind.DEPARTMENT, Organisation.Kind.STATION)


def whistle_kinds(town: Division, day: date) -> list[WhistleKind]:
    """Return the kinds of whistle in force in a town on a day; empty until the town adopts some.

    No query while the registers stand as they were: the town's stamp changes with them.
    """
    return [one for one in _kinds(town) if one.holds_on(day)]


@under_stamp
def _kinds(town: Division) -> tuple[WhistleKind, ...]:
    return tuple(WhistleKind.objects.filter(town=town, superseded_at=None).order_by("pk"))


def whistle_kind(town: Division, code: str, day: date) -> WhistleKind:
    """Return a kind in force. Raises InvalidInputError `grid.whistle.no_such_kind`."""
    found = next((one for one in whistle_kinds(town, day) if one.code == code), None)
    if found is None:
        raise InvalidInputError("grid.whistle.no_such_kind", field="kind", found=code)
    return found


def terms_of(kind: WhistleKind) -> dict[str, TimeLimit]:
    """Return the limits of a kind as the engine copies them into a case."""
    return {name: TimeLimit.from_json({**limit, "fixed_at": None}) for name, limit in kind.limits.items()}


def duty_line(town: Division, code: str, day: date) -> DutyLine:
    """Return a line of the duty list in force. Raises InvalidInputError `grid.whistle.no_such_line`."""
    found = duty_lines_at(town, day).filter(code=code).first()
    if found is None:
        raise InvalidInputError("grid.whistle.no_such_line", field="duty_line", found=code)
    return found


def whistle_lines(town: Division, day: date, query: str = "") -> list[DutyLine]:
    """Return the lines a town may whistle on: those it only helps with and those taken back, found by number or text.

    What the list says the town does itself is no ground for a whistle.
    """
    rows = duty_lines_at(town, day).exclude(kind=DutyLine.Kind.BASIC)
    if query.strip():
        text = query.strip()
        found = Q(title__icontains=text) | Q(code__iexact=text) | Q(lead__name__icontains=text)
        rows = rows.filter(found | Q(number=int(text)) if text.isdecimal() else found)
    return list(rows)


def departments(town: Division, day: date) -> list[Organisation]:
    """Return the departments above a town that it may whistle for. No query while the registers stand."""
    return list(_departments(town, day))


@under_stamp
def _departments(town: Division, day: date) -> tuple[Organisation, ...]:
    return tuple(organisations_at(town, day, kinds=_DEPARTMENTS).exclude(division=town))


def repeated_whistles(
    town: Division, *, place: int | None, class_code: str, before: datetime, other_than: Case | None = None
) -> QuerySet[Case]:
    """Return the whistles at the same place and of the same class in the two years before a moment, newest first.

    Without a place or a class nothing counts as a repeat: it would be a guess.
    """
    if place is None or not class_code:
        return Case.objects.none()
    rows = Case.objects.filter(
        town=town,
        place=place,
        class_code=class_code,
        type_code=WHISTLE,
        opened_at__gte=before - REPEAT_WITHIN,
        opened_at__lt=before,
    )
    if other_than is not None:
        rows = rows.exclude(pk=other_than.pk)
    return rows.order_by("-opened_at")


@dataclass(frozen=True, kw_only=True)
class Refusals:
    """How often a department refused a whistle, and how that ended; bodies are counted, never persons."""

    body: Organisation
    refused: int
    upheld: int
    overruled: int

    @property
    def waiting(self) -> int:
        """Return how many still wait for arbitration, or were withdrawn before it."""
        return self.refused - self.upheld - self.overruled


def refusals_by_department(town: Division, *, since: datetime, until: datetime) -> tuple[Refusals, ...]:
    """Return the refusals of a span of time by department, most first; `until` is not part of it."""
    rows = Entry.objects.filter(
        case__town=town,
        case__type_code=WHISTLE,
        move__in=("refuse", "uphold", "overrule"),
        happened_at__gte=since,
        happened_at__lt=until,
    ).values_list("case_id", "track", "move")
    moves = list(rows)
    assigned = Assignment.objects.filter(case__in={case for case, _, _ in moves}).select_related("body")
    body_of = {(one.case_id, one.key): one.body for one in assigned}
    counts: dict[Organisation, dict[str, int]] = {}
    for case, track, move in moves:
        count = counts.setdefault(body_of[case, track], {"refuse": 0, "uphold": 0, "overrule": 0})
        count[move] += 1
    found = [
        Refusals(body=body, refused=count["refuse"], upheld=count["uphold"], overruled=count["overrule"])
        for body, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.refused, one.body.code)))


def at_hand(case: Case) -> Work:
    """Return the case as it stands now, with what is due applied in memory only."""
    work, _ = take(case.pk, lock=False)
    work.settle(moment.now())
    return work


def day_of(town: Division) -> date:
    """Return what day it is in a town."""
    return local_day(town, moment.now())


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How to reach the reporter; empty texts when they left nothing or it was erased."""

    name: str
    telephone: str


def contact_of(report: Case | None) -> Contact:
    """Return what the reporter left, from the party's facts or the first entry's payload.

    The caller answers for the access log (see `services.links.read_contact`).
    """
    found: dict[str, Any] = {}
    if report is not None:
        first = Entry.objects.filter(case=report, seq=1).select_related("payload").first()
        if first is not None and hasattr(first, "payload"):
            found = json.loads(first.payload.text)
        if report.reporter_id is not None:
            found = {**found, **facts_of(Party.objects.get(pk=report.reporter_id))}
    return Contact(name=str(found.get("name", "")), telephone=str(found.get("telephone", "")))
