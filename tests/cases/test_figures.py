"""Counts and lists of promises: one condition gives both, and it agrees with the rules on plain promises."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinli.cases.figures import MOVES, PARTS, Asked, Part, asked_of, counts, listed, month_of, months_until
from jinli.cases.identity import case_id, part_id
from jinli.cases.models import Case, Clock, Entry
from jinli.domain.errors import InvalidInputError
from jinli.domain.rates import LEFT_OUT, Promise, on_time
from tests.cases.small import Small, at, build
from tests.shared import shared

START, END = at("2026-09-01 00:00"), at("2026-10-01 00:00")
HOUR = timedelta(hours=1)


@shared
def small() -> Small:
    return build()


def ask(part: str, as_of: datetime, **more: object) -> Asked:
    return Asked(part=part, as_of=as_of, start=START, end=END, **more)  # type: ignore[arg-type]


def case_of(small: Small, number: str = "网2026-00001") -> Case:
    return Case.objects.create(
        id=case_id(), town=small.town, number=number, type_code="grid_report", procedure="grid_report/1",
        title="件", channel="page",
        stage="handling", phase="open", opened_at=at("2026-08-01 09:00"), place=small.places["east"],
    )  # fmt: skip


def clock(case: Case, key: int, promise: Promise) -> Clock:
    return Clock(
        id=part_id(case.pk, "clock", key), case=case, town_id=case.town_id, key=key, code=promise.code, track="case",
        right=promise.right, limit={}, started_at=promise.started_at, due_at=promise.due_at,
        warn_at=promise.due_at - HOUR, ended_at=promise.ended_at, verdict=promise.verdict,
        state="running" if promise.ended_at is None else "stopped",
    )  # fmt: skip


moments = st.integers(-10, 40).map(lambda days: START + timedelta(days=days))


@st.composite
def promises(draw: st.DrawFn) -> Promise:
    """Draw a promise as the engine leaves it: a verdict that fits its moments."""
    started, due = sorted((draw(moments), draw(moments)))
    ended = draw(st.none() | moments.filter(lambda found: found >= started))
    right = draw(st.booleans())
    if ended is None:
        verdict = draw(st.sampled_from(["open", "broken"]))  # a stored flag that may lag behind
    elif ended < due:
        verdict = draw(st.sampled_from(["kept", "void"]))
    else:
        verdict = "lapsed" if right else "broken"
    code = draw(st.sampled_from(["handle", "intake", "supervision", "town_supervision"]))
    return Promise(code=code, right=right, started_at=started, due_at=due, ended_at=ended, verdict=verdict)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(promises(), max_size=12), as_of=moments)
def test_the_database_counts_as_the_rules_do_and_every_count_is_as_long_as_its_list(
    small: Small, drawn: list[Promise], as_of: datetime
) -> None:
    case = case_of(small, f"网2026-{Case.objects.count() + 1:05}")
    Clock.objects.bulk_create(clock(case, key, promise) for key, promise in enumerate(drawn, start=1))
    mine = Clock.objects.filter(case=case)
    ruled = on_time(drawn, start=START, end=END, as_of=as_of)
    expected = {"kept": ruled.kept, "done_late": ruled.done_late, "open_late": ruled.open_late}
    expected |= {str(name): ruled.excluded[name] for name in LEFT_OUT}
    for name, count in expected.items():
        rows = listed(ask(f"on_time.{name}", as_of), small.town)
        assert rows.filter(pk__in=mine).count() == count, name
    names = [name for name, part in PARTS.items() if part.kind == "clocks"]
    found = counts({name: ask(name, as_of) for name in names}, small.town)
    assert found == {name: len(listed(ask(name, as_of), small.town)) for name in names}
    assert found["on_time.total"] == sum(found[f"on_time.{name}"] for name in ("kept", "done_late", "open_late"))


def test_an_address_carries_the_whole_filter_and_gives_it_back() -> None:
    asked = ask("on_time.kept", at("2026-09-30 16:20"), place="7", arrow="reform")
    assert asked_of(asked.query(), at("2026-10-05 09:00")) == asked


def test_a_list_never_looks_into_the_future_and_refuses_a_moment_without_zone() -> None:
    now = at("2026-09-30 16:20")
    assert asked_of({"part": "open", "as_of": "2027-01-01T00:00:00+08:00"}, now).as_of == now
    for text in ("2026-09-30T16:20", "yesterday"):
        with pytest.raises(InvalidInputError, match=r"cases\.figure\.filter"):
            asked_of({"part": "open", "as_of": text}, now)


def test_a_part_that_nobody_defined_is_refused(small: Small) -> None:
    with pytest.raises(InvalidInputError, match="no_such_part"):
        listed(ask("on_time.best", END), small.town)


def test_the_months_are_those_of_the_town_and_follow_each_other(small: Small) -> None:
    assert month_of(small.town, at("2026-10-01 00:00")) == (at("2026-10-01 00:00"), at("2026-11-01 00:00"))
    months = months_until(small.town, at("2027-01-31 23:59"), 3)
    assert [f"{first:%Y-%m}" for first, _ in months] == ["2026-11", "2026-12", "2027-01"]
    assert all(one[1] == following[0] for one, following in pairwise(months))


def test_a_place_without_a_name_and_no_place_at_all_are_two_questions(small: Small) -> None:
    late = Promise(code="handle", right=False, started_at=START, due_at=START + HOUR, ended_at=None, verdict="open")
    with_place, without = case_of(small), case_of(small, "网2026-00002")
    Case.objects.filter(pk=without.pk).update(place=None)
    Clock.objects.bulk_create([clock(with_place, 1, late), clock(without, 1, late)])
    east = str(small.places["east"].pk)
    asked = {name: Asked(part="open", as_of=END, place=name) for name in ("", "none", east)}
    assert counts(asked, small.town) == {"": 2, "none": 1, east: 1}


def test_the_moves_that_figures_count_are_written_out_as_the_partial_index_has_them(small: Small) -> None:
    parts = {"filed": Part(kind="entries", where=lambda asked, town: Q(move="file"))}
    written = str(listed(Asked(part="filed", as_of=END), small.town, parts).query)
    index = next(one for one in Entry._meta.indexes if one.name == "entry_figures")
    assert index.condition == Q(move__in=list(MOVES))
    assert f"IN ({', '.join(repr(move) for move in MOVES)})" in written
