"""Lists of cases: what a reader sees, narrowed by the address, newest first, by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from jinli.cases.models import Case
from jinli.cases.queue import Bounds
from jinli.cases.search import matching
from jinli.cases.selectors.names import types_of
from jinli.cases.selectors.visible import visible_cases
from jinli.town.acting import Acting
from jinli.town.models import Division

PHASES: Final = ("open", "paused", "closed")
DUES: Final = ("late", "week")
ON_A_PAGE: Final = 50
COUNTED: Final = 1000
WHISTLE: Final = "whistle"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address of a list asks for.

    Attributes
    ----------
    kind : set by the page itself.
    system : code of the other system whose mirrors are asked for.
    due : `late` or `week`, see `due_in`.
    after : the key of a page.
    """

    kind: str = ""
    line: str = ""
    phase: str = ""
    due: str = ""
    place: str = ""
    system: str = ""
    text: str = ""
    after: str = ""

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """The parts of the address that no filter changes: none."""
        return ()

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The filters as the address has them."""
        known = (
            ("line", self.line), ("phase", self.phase), ("due", self.due), ("place", self.place),
            ("system", self.system),
        )  # fmt: skip
        return tuple((name, value) for name, value in known if value)

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chosen or self.text)

    def url(self, base: str, **changes: Any) -> str:
        """Return the address of this list with some changes; a change begins again at the first page."""
        new = replace(self, **{"after": "", **changes})
        rest = (("q", new.text), ("after", new.after))
        query = urlencode((*new.chosen, *((name, value) for name, value in rest if value)))
        return f"{base}?{query}" if query else base


def read(query: Mapping[str, str], *, kind: str = "") -> Asked:
    """Return what an address asks for; what it does not know it leaves out."""
    phase, place, due = query.get("phase", ""), query.get("place", ""), query.get("due", "")
    return Asked(
        kind=kind,
        line=query.get("line", "")[:40],
        phase=phase if phase in PHASES else "",
        due=due if due in DUES else "",
        place=place if place.isdecimal() else "",
        system="" if kind else query.get("system", "")[:40],
        text=query.get("q", "").strip()[:100],
        after=query.get("after", "")[:80],
    )


def due_in(due: str, town: Division, now: datetime) -> Q:
    """Return the condition that a case runs and its nearest promise is overdue, or falls due by Sunday at 24:00."""
    if due == "late":
        return Q(closed_at=None, phase="open", due_at__lte=now)
    return Q(closed_at=None, phase="open", due_at__gt=now, due_at__lte=Bounds.at(now, ZoneInfo(town.zone)).week)


def record_of(system: str) -> str:
    """Return how a case names the other system that decides it."""
    return f"external:{system}"


def found_cases(acting: Acting, asked: Asked, town: Division, now: datetime) -> QuerySet[Case]:
    """Return the cases a reader sees that fit, newest first."""
    cases = visible_cases(acting)
    if asked.kind == WHISTLE:
        cases = cases.filter(type_code__in=[one.code for one in types_of(town) if one.code.startswith(WHISTLE)])
    if asked.line:
        cases = cases.filter(type_code=asked.line)
    if asked.phase:
        cases = cases.filter(phase=asked.phase)
    if asked.place:
        cases = cases.filter(place=int(asked.place))
    if asked.due:
        cases = cases.filter(due_in(asked.due, town, now))
    if asked.system:
        cases = cases.filter(system_of_record=record_of(asked.system))
    if asked.text:
        cases = matching(cases, asked.text)
    return cases.select_related("place", "owner", "handler_body").order_by("-opened_at", "-id")


def beyond(cases: QuerySet[Case], after: str) -> QuerySet[Case]:
    """Return the cases behind a key; a key that cannot be read begins at the first."""
    opened, _, pk = after.partition("~")
    try:
        at, last = datetime.fromisoformat(opened), UUID(pk)
    except ValueError:
        return cases
    if at.tzinfo is None:
        return cases
    return cases.filter(opened_at__lte=at).filter(Q(opened_at__lt=at) | Q(opened_at=at, pk__lt=last))


def key_of(case: Case) -> str:
    """Return the key behind which the next page begins."""
    return f"{case.opened_at.isoformat()}~{case.pk}"
