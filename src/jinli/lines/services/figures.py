"""What government matters count: on time by law and by promise, told once, right the first time, fields, ratings.

Each part is a condition over rows (see `jinli.cases.figures`), so that count and list are one. Clocks count by the
month in which they were kept or fell due. What is about cases counts those received in the period, as they stand at
`as_of`: a matter of September that is decided in October changes September's figure, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from jinli.cases.figures import (
    CASES,
    CLOCKS,
    PROMISE,
    RATINGS,
    Asked,
    Part,
    counted,
    done_late,
    ended,
    kept,
    live,
    open_late,
    within,
)
from jinli.cases.models import Case, Entry, Rating
from jinli.domain.state import VOID
from jinli.lines.services.selectors.procedures import PROCEDURES
from jinli.town.models import Division

BAD_RATING: Final = "bad_rating"
SET_ASIDE: Final = "set_aside"
#: Types of case of this line.
TYPES: Final = (*PROCEDURES, BAD_RATING)
#: Of five levels the last two are bad (国办发〔2019〕51号).
BAD_UP_TO: Final = 2
#: Days after the end of a matter from which a town that wants it counts a missing rating as given by default.
DEFAULT_AFTER: Final = timedelta(days=7)
FIGURES: Final = (
    "by_law", "by_promise", "told_once", "first_time", "decided_here", "prefilled", "asked_twice", "bad_rating",
)  # fmt: skip
_LAW, _PROMISED = ("decide",), ("promised", "by_hand")
#: Moves by which an application is taken up, and by which its applicant is told what is missing.
_TAKEN: Final = ("accept", "accept_with_promise", "deemed_accept", "grant_at_once", "submit_there")
_TOLD: Final = ("one_time_notice", "ask_for")
_ANSWERED: Final = (*_TAKEN, *_TOLD, "refuse_acceptance")
_MENDED: Final = (*_TOLD, "correct_on_spot", "accept_with_promise", "supply", "supply_last", "sent_back_there")
_DECIDED: Final = ("grant", "grant_at_once", "refuse")
_DECIDED_THERE: Final = ("done_there", "refused_there")


def is_matter(prefix: str = "") -> Q:
    """Return the condition that a case is a government matter."""
    return Q(**{f"{prefix}type_code__in": PROCEDURES})


def _clocks(codes: tuple[str, ...], where: Callable[[Asked], Q]) -> Part:
    return Part(kind=CLOCKS, where=lambda asked, town: Q(code__in=codes) & is_matter("case__") & where(asked))


def _void(asked: Asked) -> Q:
    return PROMISE & Q(verdict=VOID) & ended(asked) & within("ended_at", asked)


def _not_due(asked: Asked) -> Q:
    return PROMISE & live(asked) & Q(due_at__gt=asked.as_of)


def _on_time(code: str, clocks: tuple[str, ...]) -> dict[str, Part]:
    parts = {
        "kept": kept, "done_late": done_late, "open_late": open_late, "total": counted, "void": _void,
        "not_due": _not_due,
    }  # fmt: skip
    return {f"{code}.{name}": _clocks(clocks, where) for name, where in parts.items()}


def _received(asked: Asked) -> Q:
    return is_matter() & within("opened_at", asked)


def _did(asked: Asked, *moves: str) -> Q:
    """Return the condition that one of some moves was made on a case by `as_of`."""
    return Q(Exists(Entry.objects.filter(case=OuterRef("pk"), move__in=moves, happened_at__lte=asked.as_of)))


def _cases(where: Callable[[Asked], Q]) -> Part:
    return Part(kind=CASES, where=lambda asked, town: _received(asked) & where(asked))


def _here(asked: Asked, town: Division) -> Q:
    return _received(asked) & _did(asked, *_DECIDED) & Q(owner__division=town.pk)


def _decided(asked: Asked) -> Q:
    return _did(asked, *_DECIDED, *_DECIDED_THERE)


def _first(text: str) -> Q:
    """Return the condition that the first entry of a case carries a text (bodies are canonical JSON)."""
    return Q(Exists(Entry.objects.filter(case=OuterRef("pk"), seq=1, body__contains=text)))


def _counts_known() -> Q:
    return _first('"counts":{')


def _rated(asked: Asked) -> Q:
    return is_matter("case__") & Q(by_kind="reporter") & within("at", asked)


def _aside(asked: Asked) -> Q:
    """Return the condition that a rating was set aside after review by another person."""
    reviewed = Case.objects.filter(
        origin=OuterRef("case"), type_code=BAD_RATING, stage=SET_ASIDE, closed_at__lte=asked.as_of
    )
    return Q(Exists(reviewed))


def _ratings(where: Callable[[Asked], Q]) -> Part:
    return Part(kind=RATINGS, where=lambda asked, town: _rated(asked) & where(asked))


def default_rating(town: Division) -> bool:
    """Return whether the town counts a rating by default after seven days; it ships switched off."""
    return bool(town.settings.get("default_rating", False))


def _unrated(asked: Asked, town: Division, *, by_default: bool) -> Q:
    """Return the condition of matters that ended in the period and were not rated by `as_of`.

    Nobody's silence is written down as a rating: where the town wants the default, it is a count of its own.
    """
    rated = Rating.objects.filter(case=OuterRef("pk"), by_kind="reporter", at__lte=asked.as_of)
    found = is_matter() & within("closed_at", asked) & ~Q(stage__in=("withdrawn", "lapsed")) & ~Q(Exists(rated))
    if not default_rating(town):
        return Q(pk__in=[]) if by_default else found
    old = Q(closed_at__lte=asked.as_of - DEFAULT_AFTER)
    return found & (old if by_default else ~old)


def _open(where: Callable[[Asked], Q]) -> Part:
    return Part(kind=CLOCKS, where=lambda asked, town: is_matter("case__") & where(asked))


def _under_way(asked: Asked, town: Division) -> Q:
    begun = is_matter() & Q(opened_at__lte=asked.as_of)
    return begun & (Q(closed_at=None) | Q(closed_at__gt=asked.as_of))


PARTS: Final[Mapping[str, Part]] = {
    **_on_time("by_law", _LAW),
    **_on_time("by_promise", _PROMISED),
    "told_once.told": _cases(lambda asked: _did(asked, *_TOLD)),
    "told_once.total": _cases(lambda asked: _did(asked, *_ANSWERED)),
    "told_once.unanswered": _cases(lambda asked: ~_did(asked, *_ANSWERED)),
    "first_time.right": _cases(lambda asked: _did(asked, *_TAKEN) & ~_did(asked, *_MENDED)),
    "first_time.total": _cases(lambda asked: _did(asked, *_TAKEN)),
    "first_time.not_taken": _cases(lambda asked: ~_did(asked, *_TAKEN)),
    "decided_here.here": Part(kind=CASES, where=_here),
    "decided_here.total": _cases(_decided),
    "decided_here.undecided": _cases(lambda asked: ~_decided(asked)),
    "prefilled.some": _cases(lambda asked: _counts_known() & ~_first('"prefilled":0')),
    "prefilled.total": _cases(lambda asked: _counts_known()),
    "prefilled.uncounted": _cases(lambda asked: ~_counts_known()),
    "asked_twice.again": _cases(lambda asked: _counts_known() & ~_first('"changed":0')),
    "asked_twice.total": _cases(lambda asked: _counts_known()),
    "asked_twice.uncounted": _cases(lambda asked: ~_counts_known()),
    "bad_rating.bad": _ratings(lambda asked: Q(score__lte=BAD_UP_TO) & ~_aside(asked)),
    "bad_rating.total": _ratings(lambda asked: ~_aside(asked)),
    "bad_rating.set_aside": _ratings(_aside),
    "bad_rating.not_rated": Part(
        kind=CASES, where=lambda asked, town: _unrated(asked, town, by_default=False)
    ),
    "bad_rating.by_default": Part(
        kind=CASES, where=lambda asked, town: _unrated(asked, town, by_default=True)
    ),
    "matters": Part(kind=CASES, where=_under_way),
    "matters.received": _cases(lambda asked: Q()),
    "matters.ended": Part(kind=CASES, where=lambda asked, town: is_matter() & within("closed_at", asked)),
    "matters.open": _open(lambda asked: PROMISE & live(asked)),
    "matters.late": _open(open_late),
}  # fmt: skip
