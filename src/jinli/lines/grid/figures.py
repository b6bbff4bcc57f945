"""What the grid line counts: answers in time, solved, satisfied, whistled; whistles in the air; not ours.

Each part is a condition over rows (see `jinli.cases.figures`), so that count and list are one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from jinli.cases.figures import CASES, CLOCKS, ENTRIES, RATINGS, Asked, Part, counted, ended, kept, live, within
from jinli.cases.models import Case, Clock, Entry, Rating
from jinli.domain.state import VOID
from jinli.town.models import Division

REPORT, WHISTLE = "grid_report", "whistle"
#: Clocks that promise the reporter to be contacted: by a department after dispatch, by the town after the work.
CONTACTS: Final = ("contact", "callback")
#: From this score on, of five, a resident counts as satisfied; a town may set its own.
SATISFIED_FROM: Final = 3
FIGURES: Final = ("response", "resolution", "satisfaction", "whistle")


def _said(key: str, *values: str) -> Q:
    """Return the condition that an entry's body carries one of some values under a key (bodies are canonical JSON)."""
    found = Q(pk__in=[])
    for value in values:
        found |= Q(body__contains=f'"{key}":"{value}"')
    return found


def _anonymous() -> Q:
    """Return the condition that the report behind a clock was made without a telephone."""
    report = Coalesce(OuterRef("case__origin"), OuterRef("case"))
    return Q(Exists(Entry.objects.filter(case=report, seq=1, body__contains='"anonymous":true')))


def _contact(asked: Asked) -> Q:
    return Q(code__in=CONTACTS) & counted(asked)


def _without_telephone(asked: Asked, town: Division) -> Q:
    """Contacts that nobody could make: left out whether they ended void or not."""
    void = Q(verdict=VOID) & ended(asked) & within("ended_at", asked)
    return Q(code__in=CONTACTS) & (counted(asked) | void) & _anonymous()


def _contacted(asked: Asked, town: Division) -> Q:
    return Q(code__in=CONTACTS) & kept(asked) & ~_anonymous()


def _entries(move: str, more: Q | None = None) -> Part:
    def where(asked: Asked, town: Division) -> Q:
        found = Q(move=move, case__type_code=REPORT) & within("happened_at", asked)
        return found if more is None else found & more

    return Part(kind=ENTRIES, where=where)


def _reached() -> Q:
    return ~_said("answer", "unreached", "unreachable")


def _rated(asked: Asked, town: Division) -> Q:
    return Q(by_kind="reporter", case__type_code=REPORT) & within("at", asked)


def satisfied_from(town: Division) -> int:
    """Return the score, of five, from which the town counts a resident as satisfied."""
    return int(town.settings.get("satisfied_from", SATISFIED_FROM))


def _satisfied(asked: Asked, town: Division) -> Q:
    return _rated(asked, town) & Q(score__gte=satisfied_from(town))


def _not_rated(asked: Asked, town: Division) -> Q:
    rated = Rating.objects.filter(case=OuterRef("case"), by_kind="reporter", at__lte=asked.as_of)
    return Q(move="call_back", case__type_code=REPORT) & within("happened_at", asked) & _reached() & ~Q(Exists(rated))


def _whistled(asked: Asked, town: Division) -> Q:
    blown = Case.objects.filter(origin=OuterRef("case"), type_code=WHISTLE, opened_at__lte=asked.as_of)
    return Q(move="file", case__type_code=REPORT) & within("happened_at", asked) & Q(Exists(blown))


def _in_the_air(asked: Asked, town: Division) -> Q:
    here = Q(type_code=WHISTLE, opened_at__lte=asked.as_of)
    return here & (Q(closed_at=None) | Q(closed_at__gt=asked.as_of))


def _waiting(clock: str) -> Callable[[Asked, Division], Q]:
    """Return the condition of whistles in the air on which a clock runs: sign-in, or arbitration."""

    def where(asked: Asked, town: Division) -> Q:
        running = Clock.objects.filter(live(asked), case=OuterRef("pk"), code=clock)
        return _in_the_air(asked, town) & Q(Exists(running))

    return where


PARTS: Final[Mapping[str, Part]] = {
    "response.contacted": Part(kind=CLOCKS, where=_contacted),
    "response.total": Part(kind=CLOCKS, where=lambda asked, town: _contact(asked) & ~_anonymous()),
    "response.no_telephone": Part(kind=CLOCKS, where=_without_telephone),
    "response.exited": _entries("exit"),
    "resolution.solved": _entries("call_back", _said("answer", "solved", "satisfied")),
    "resolution.total": _entries("call_back", _reached()),
    "resolution.unreached": _entries("call_back", ~_reached()),
    "resolution.no_telephone": _entries("no_callback"),
    "satisfaction.satisfied": Part(kind=RATINGS, where=_satisfied),
    "satisfaction.total": Part(kind=RATINGS, where=_rated),
    "satisfaction.not_rated": Part(kind=ENTRIES, where=_not_rated),
    "whistle.whistled": Part(kind=ENTRIES, where=_whistled),
    "whistle.total": _entries("file"),
    "whistle.exited": _entries("exit"),
    "whistles": Part(kind=CASES, where=_in_the_air),
    "whistles.unsigned": Part(kind=CASES, where=_waiting("sign_in")),
    "whistles.refused": Part(kind=CASES, where=_waiting("arbitrate")),
    "outside": _entries("exit", _said("exit", "outside_duties")),
}
