"""Mirrors of what another system decides: opened and moved many at a time, by the same rules as one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jinli.cases import editions
from jinli.cases.identity import case_id
from jinli.cases.models import Case, Entry, Link, SearchRow
from jinli.cases.search import more_terms
from jinli.cases.services import keys
from jinli.cases.services.alike import Alike
from jinli.cases.services.opening import actor_of, prepare, write_new
from jinli.cases.services.told import MirrorMove, MirrorOpening, Moved, tell
from jinli.cases.work import Salt, Work, flush, in_hand, random_salt
from jinli.town.acting import Acting
from jinli.town.inserts import insert
from jinli.town.models import Division

__all__ = ["MirrorMove", "MirrorOpening", "Moved", "move_mirrors", "open_mirrors", "take_many"]


def open_mirrors(
    *,
    acting: Acting,
    town: Division,
    openings: Sequence[MirrorOpening],
    now: datetime,
    salt: Salt = random_salt,
    ids: Callable[[], UUID] = case_id,
) -> tuple[Moved, ...]:
    """Open mirrors inside the transaction of the caller; the answer is in the order of `openings`.

    Raises
    ------
    InvalidInputError, RefusedError : from the rules; nothing was written.
    """
    zone = ZoneInfo(town.zone)
    slots = _slots(town, openings, zone)
    numbers, actor = _reserve(town, slots, zone), actor_of(acting)
    alike = Alike(acting=acting, town=town, now=now, salt=salt, ids=ids)
    moved: list[Moved] = []
    works: list[Work] = []
    rows: list[SearchRow] = []
    links: list[Link] = []
    for opening, slot in zip(openings, slots, strict=True):
        numbers[slot] += 1
        number = keys.number_text(*slot, numbers[slot] - 1)
        written = alike.add(opening, number)
        if written is None:
            work, row = prepare(acting=acting, town=town, spec=opening.spec, now=now, number=number, salt=salt, ids=ids)
            for move in opening.then:
                tell(work, actor, move, now)
            works.append(work)
            rows.append(row)
            seqs = tuple(entry.seq for entry in work.entries)
            written = Moved(case=work.case.pk, number=number, seqs=seqs)
        moved.append(written)
        if opening.links:
            links += [Link(case_id=other, other_id=written.case, kind=kind, at=now) for other, kind in opening.links]
    insert(*alike.batches())
    write_new(works, rows, links)
    return tuple(moved)


def _slots(town: Division, openings: Sequence[MirrorOpening], zone: ZoneInfo) -> list[tuple[str, int]]:
    """Return prefix and year of each number to be given."""
    prefixes: dict[str, str] = {}
    found = []
    for opening in openings:
        code, happened = opening.spec.type_code, opening.spec.happened_at
        assert happened is not None
        prefix = prefixes.get(code)
        if prefix is None:
            prefix = prefixes[code] = editions.latest(town, code).number_prefix.zh
        found.append((prefix, happened.astimezone(zone).year))
    return found


def _reserve(town: Division, slots: Sequence[tuple[str, int]], zone: ZoneInfo) -> dict[tuple[str, int], int]:
    return {
        slot: keys.next_number(town, slot[0], datetime(slot[1], 7, 1, tzinfo=zone), count)
        for slot, count in sorted(Counter(slots).items())
    }


def move_mirrors(
    *, acting: Acting, moves: Mapping[UUID, Sequence[MirrorMove]], now: datetime
) -> dict[UUID, tuple[int, ...]]:
    """Make moves on many cases inside the transaction of the caller; return the entries written, by case.

    Raises
    ------
    InvalidInputError, RefusedError : from the rules; nothing was written.
    """
    works, actor = take_many(moves), actor_of(acting)
    for pk, work in works.items():
        work.settle(now)
        for move in moves[pk]:
            tell(work, actor, move, now)
    written = {pk: tuple(entry.seq for entry in work.entries) for pk, work in works.items()}
    flush(list(works.values()))
    for pk, told in moves.items():
        texts = [str(value) for move in told for value in (*move.private.values(), move.facts.get("title", ""))]
        more_terms(pk, texts)
    return written


def take_many(cases: Mapping[UUID, Any] | Sequence[UUID]) -> dict[UUID, Work]:
    """Return the works on cases, locked in the order of their ids. Two statements, however many."""
    wanted = list(cases)
    found = Case.objects.filter(pk__in=wanted).select_for_update(of=("self",)).select_related("town").order_by("id")
    held = {case.pk: case for case in found}
    texts: dict[UUID, list[str]] = {pk: [] for pk in held}
    for pk, text in Entry.objects.filter(case__in=held).order_by("case", "seq").values_list("case_id", "body"):
        texts[pk].append(text)
    return {pk: in_hand(case, texts[pk]) for pk, case in held.items()}
