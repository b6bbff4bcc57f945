"""Mirrors that open alike are written as the rules write them one by one: every column, text and hash."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinli.cases import editions
from jinli.cases.models import Case, Clock, Entry, EntryPayload, ProcedureEdition, SearchRow
from jinli.cases.services.alike import Alike
from jinli.cases.services.mirroring import MirrorMove, MirrorOpening, open_mirrors
from jinli.cases.services.opening import OpenCase
from jinli.cases.services.verifying import Finding, verify_town
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from tests.cases.small import Small, at, build

pytestmark = pytest.mark.django_db

NOW = at("2026-09-28 10:05").astimezone(UTC)
ODD = '"\\/%s%d%%\x00\x01\x1f\x7f\u2028\ue000title\ue001é路灯K\n\t{}'.replace("\x00", "")
LIMITS = {
    "two working days": TimeLimit(amount=2, unit=Unit.WORKING_DAY, article="办法第十条"),
    "a month": TimeLimit(amount=1, unit=Unit.MONTH, end_rule=EndRule.ROLL, source='源"100%"'),
    "two years": TimeLimit(amount=2, unit=Unit.YEAR),
    "ten days": TimeLimit(amount=10, unit=Unit.CALENDAR_DAY),
    "four working hours": TimeLimit(amount=4, unit=Unit.WORKING_HOUR),
    "two hours": TimeLimit(amount=2, unit=Unit.URGENT_HOUR, late_approval=True),
    "ninety minutes": TimeLimit(amount=90, unit=Unit.MINUTE),
}
texts = st.text(
    st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20
) | st.sampled_from(["路灯不亮，影响通行", "12345 热线", "%s", '"', "\\", ODD])
moments = st.builds(
    lambda days, seconds, micro: at("2025-01-01 00:00").astimezone(UTC)
    + timedelta(days=days, seconds=seconds, microseconds=micro),
    st.integers(0, 630), st.sampled_from([0, 1, 30_600, 32_400]) | st.integers(0, 86_399), st.sampled_from([0, 0, 7]),
)  # fmt: skip


@st.composite
def openings(draw: st.DrawFn) -> dict[str, Any]:
    """Return how one row opens; places are named by whether there is one, since rows come later."""
    opened = draw(moments)
    limits = st.sampled_from(sorted(LIMITS))
    terms = draw(st.dictionaries(st.sampled_from(["legal", "promise"]), limits))
    due = draw(st.none() | st.integers(1, 60 * 24 * 400))
    closed = draw(st.none() | st.integers(0, 60 * 24 * 500))
    facts = ("foreign_stage", "foreign_link", "body_there", "place_there", "class_there", "channel_there")
    private = ("text", "address", "result", "reporter_name", "reporter_phone", "title")
    return {
        "title": draw(texts)[:100] or "x",
        "class_code": draw(st.sampled_from(["", "A01", "%", '"'])),
        "place": draw(st.booleans()),
        "foreign_number": "GZ" + draw(texts),
        "opened": opened,
        "target": None if due is None else opened + timedelta(minutes=due),
        "terms": terms,
        "closed": None if closed is None else opened + timedelta(minutes=closed),
        "point": draw(st.none() | st.tuples(st.floats(73, 136), st.floats(3, 54))),
        "handler": draw(st.sampled_from(["command", "water", "ecology"])),
        "facts": draw(st.dictionaries(st.sampled_from(facts), texts)),
        "private": draw(st.dictionaries(st.sampled_from(private), texts)),
    }


def opening(small: Small, row: dict[str, Any]) -> MirrorOpening:
    terms = {name: LIMITS[limit] for name, limit in row["terms"].items()}
    if row["target"] is not None:
        terms["target"] = TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=row["target"], source="12345 热线")
    lon, lat = row["point"] or (None, None)
    then = [] if row["closed"] is None else [MirrorMove(move="closed_there", happened_at=row["closed"])]
    return MirrorOpening(
        then=then,
        spec=OpenCase(
            type_code="mirror", title=row["title"], channel="import", class_code=row["class_code"],
            place=small.places["east"] if row["place"] else None, system_of_record="external:hotline",
            foreign_number=row["foreign_number"], happened_at=row["opened"], lon=lon, lat=lat, terms=terms,
            bodies={"owner": "command", "handler": row["handler"]}, facts=row["facts"], private=row["private"],
        ),
    )  # fmt: skip


def ids() -> Callable[[], UUID]:
    numbers = count(1)
    return lambda: UUID(int=0x0190 << 112 | 7 << 76 | 2 << 62 | next(numbers) << 16)


def salts() -> Callable[[], bytes]:
    numbers = count(1)
    return lambda: next(numbers).to_bytes(16, "big")


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row as the database keeps it, but for keys that count themselves."""
    found = {}
    with connection.cursor() as cursor:
        for model, order in (
            (Case, "id"),
            (Entry, "id"),
            (EntryPayload, "entry_id"),
            (Clock, "id"),
            (SearchRow, "case_id"),
        ):
            names = [
                f'"{field.column}"' for field in model._meta.concrete_fields if field is not model._meta.auto_field
            ]
            cursor.execute(f"SELECT {', '.join(names)} FROM {model._meta.db_table} ORDER BY {order}")
            found[model.__name__] = [
                tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
                for row in cursor.fetchall()
            ]
    return found


def both(small: Small, wanted: list[MirrorOpening], now: datetime = NOW) -> tuple[Any, Any, int]:
    """Return what the short and the long way write, and how many rows took the short one."""
    written, short = [], 0
    add = Alike.add

    def counted(self: Alike, opening: MirrorOpening, number: str) -> Any:
        nonlocal short
        found = add(self, opening, number)
        short += found is not None
        return found

    for way in (counted, lambda *_: None):
        with pytest.MonkeyPatch.context() as patched, transaction.atomic():
            patched.setattr(Alike, "add", way)
            moved = open_mirrors(
                acting=small.command, town=small.town, openings=wanted, now=now, salt=salts(), ids=ids()
            )
            written.append((moved, stored()))
            assert not [found for found in verify_town(small.town) if isinstance(found, Finding)]
            transaction.set_rollback(True)
    return written[0], written[1], short


@pytest.fixture
def small() -> Small:
    return build()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(openings(), min_size=1, max_size=12))
def test_both_ways_write_the_same_rows_texts_hashes_and_terms(small: Small, rows: list[dict[str, Any]]) -> None:
    rows = [row for row in rows if row["opened"] < NOW and (row["closed"] is None or row["closed"] < NOW)]
    short, long, count_ = both(small, [opening(small, row) for row in rows])
    assert short == long
    assert count_ == len(rows)


def plain(**more: Any) -> dict[str, Any]:
    row = {
        "title": "路灯", "class_code": "", "place": True, "foreign_number": "GZ-1", "opened": NOW - timedelta(days=4),
        "target": NOW, "terms": {}, "closed": None, "point": None, "handler": "water", "facts": {},
        "private": {"text": "路灯不亮"},
    }  # fmt: skip
    return {**row, **more}


@pytest.mark.parametrize(
    "more",
    [
        {"opened": NOW},
        {"closed": NOW},
        {"facts": {"title": "另"}},
        {"facts": {"count": 3}},
        {"private": {"count": 3}},
        {"foreign_number": ""},
        {"opened": at("2026-09-01 09:00")},
    ],
)
def test_a_row_that_no_template_knows_takes_the_long_way_between_the_others(small: Small, more: dict[str, Any]) -> None:
    rows = [plain(), plain(foreign_number="GZ-2", **{k: v for k, v in more.items() if k != "foreign_number"})]
    if "foreign_number" in more:
        rows[1]["foreign_number"] = more["foreign_number"]
    short, long, count_ = both(small, [opening(small, row) for row in (*rows, plain(foreign_number="GZ-3"))])
    assert short == long
    assert count_ == 2
    numbers = [moved.number for moved in short[0]]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_the_verdict_turns_at_the_due_moment_itself(small: Small, late: int) -> None:
    target = NOW - timedelta(days=1)
    row = plain(target=target, closed=target + timedelta(microseconds=late))
    short, long, count_ = both(small, [opening(small, row)])
    assert (short, count_) == (long, 1)
    with_verdict = next(iter(short[1]["Clock"]))
    assert ("kept" if late < 0 else "broken") in with_verdict


def test_what_the_rules_refuse_is_refused_on_both_ways(small: Small) -> None:
    wanted = [opening(small, plain(handler="nobody"))]
    for way in (Alike.add, lambda *_: None):
        with pytest.MonkeyPatch.context() as patched, transaction.atomic():
            patched.setattr(Alike, "add", way)
            with pytest.raises(InvalidInputError, match=r"cases\.organisation_unknown"):
                open_mirrors(acting=small.command, town=small.town, openings=wanted, now=NOW)
            transaction.set_rollback(True)


def test_a_new_edition_of_the_procedure_gives_other_templates(small: Small) -> None:
    both(small, [opening(small, plain())])
    source = json.loads(ProcedureEdition.objects.get(code="mirror").source)
    source["edition"] += 1
    source["clocks"]["look"]["limit"]["amount"] = 6
    editions.load_procedure(small.town, source, NOW)
    small.town.refresh_from_db()
    short, long, count_ = both(small, [opening(small, plain(target=None))])
    assert (short, count_) == (long, 1)
    assert f'"procedure":"mirror/{source["edition"]}"' in str(short[1]["Entry"][0])
