"""A difference is accepted or disputed by somebody of the body that watches, once, and no given verdict is turned."""

from __future__ import annotations

import json

import pytest

from jinli.cases.models import Case, Clock, Entry
from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.exchange.models import Difference, Mirror, Source
from jinli.exchange.services.reconciling import accept_many
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at, build
from tests.exchange.imports.town import taken, ticket
from tests.exchange.reconciling.town import (
    EDGES,
    FIRST,
    ROWS,
    SECOND,
    THIRD,
    clean,
    decide,
    differing,
    next_export,
    with_rule,
)

pytestmark = pytest.mark.django_db
KINDS = tuple(ROWS)


@pytest.fixture
def small() -> Small:
    return build()


@pytest.fixture
def source(small: Small) -> Source:
    return with_rule(small)


def moves(number: str = "GZ-1") -> list[str]:
    rows = Entry.objects.filter(case__foreign_number=number).order_by("case__number", "seq")
    return list(rows.values_list("move", flat=True))


def clocks(case: Case) -> dict[str, str]:
    return dict(Clock.objects.filter(case=case).values_list("code", "verdict"))


@pytest.mark.parametrize("kind", KINDS)
def test_accepting_settles_the_difference_and_the_same_export_again_finds_none(
    small: Small, source: Source, kind: str
) -> None:
    one = differing(small, source, kind)
    decide(small.command, one)
    one.refresh_from_db()
    assert (one.state, one.decided_by, one.decided_at) == ("accepted", small.people["command"], at(SECOND))
    before = Entry.objects.count()
    run = next_export(small, source, ROWS[kind][1], when=THIRD)
    assert not Difference.objects.filter(state__in=["open", "disputed"]).exists()
    assert (run.counts["changed"], run.counts["new"], run.counts["vanished"]) == (0, 0, 0) or kind == "reopened"
    assert Entry.objects.count() == before or kind == "reopened"  # what was personal comes to the new mirror
    assert clean(small)


@pytest.mark.parametrize("kind", KINDS)
def test_a_disputed_difference_stays_as_it_is_while_the_other_side_says_the_same(
    small: Small, source: Source, kind: str
) -> None:
    one = differing(small, source, kind)
    case = Case.objects.get(foreign_number="GZ-1")
    before = (case.phase, clocks(case), case.due_at)
    decide(small.command, one, "dispute", reason="我方有签收单")
    next_export(small, source, ROWS[kind][1], when=THIRD)
    assert [(row.state, row.note) for row in Difference.objects.all()] == [("disputed", "我方有签收单")]
    case.refresh_from_db()
    assert (case.phase, clocks(case), case.due_at) == before
    assert moves()[-1] == "dispute_difference"
    assert clean(small)


def test_a_disputed_difference_comes_back_when_the_other_side_says_another_thing(small: Small, source: Source) -> None:
    one = differing(small, source, "start_changed")
    decide(small.command, one, "dispute")
    next_export(small, source, {"派单时间": "2026-09-25 09:00"}, when=THIRD)
    states = Difference.objects.order_by("id").values_list("state", "there")
    assert list(states) == [("gone", "2026-09-23T09:00:00+08:00"), ("open", "2026-09-25T09:00:00+08:00")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["open", "disputed"])
def test_a_difference_goes_when_both_sides_agree_again(small: Small, source: Source, kind: str, how: str) -> None:
    one = differing(small, source, kind)
    if how == "disputed":
        decide(small.command, one, "dispute")
    next_export(small, source, ROWS[kind][0], when=THIRD)
    one.refresh_from_db()
    assert one.state == "gone"


def test_what_is_gone_there_is_neither_kept_nor_broken(small: Small, source: Source) -> None:
    decide(small.command, differing(small, source, "vanished"), when="2026-11-20 09:00")
    case = Case.objects.get(foreign_number="GZ-1")
    assert (case.stage, case.phase, set(clocks(case).values())) == ("withdrawn", "closed", {"void"})
    assert moves() == ["import", "missing_there", "gone_there"]


def test_what_had_ended_before_it_vanished_keeps_its_verdict(small: Small, source: Source) -> None:
    closed = ticket("GZ-1", 办结时间="2026-09-27 11:00")
    taken(small, source, [*EDGES, closed], when=FIRST)
    next_export(small, source, None)
    decide(small.command, Difference.objects.get())
    case = Case.objects.get(foreign_number="GZ-1")
    assert (case.stage, clocks(case), case.closed_at) == (
        "closed", {"target": "kept", "legal": "kept"}, at("2026-09-27 11:00"),
    )  # fmt: skip
    next_export(small, source, {"办结时间": "2026-09-27 11:00"}, when=THIRD)
    assert moves()[-1] == "seen_again_there"


def test_what_comes_back_after_it_was_accepted_as_gone_is_a_new_mirror_linked_to_the_first(
    small: Small, source: Source
) -> None:
    decide(small.command, differing(small, source, "vanished"))
    first = Case.objects.get(foreign_number="GZ-1")
    next_export(small, source, {}, when=THIRD)
    mirror = Mirror.objects.get(foreign_number="GZ-1", current=True)
    assert (mirror.round, mirror.case.phase) == (2, "open")
    assert list(mirror.case.links_to.values_list("case", "kind")) == [(first.pk, "again")]
    assert clean(small)


def test_their_start_moves_what_counts_from_it_and_not_their_own_date(small: Small, source: Source) -> None:
    one = differing(small, source, "start_changed")
    case = Case.objects.get(foreign_number="GZ-1")
    before = dict(Clock.objects.filter(case=case).values_list("code", "due_at"))
    decide(small.command, one, note="已电话核对")
    after = dict(Clock.objects.filter(case=case).values_list("code", "due_at"))
    assert after["target"] == before["target"]
    assert after["legal"] < before["legal"], "an earlier start is due earlier"
    assert moves() == ["import", "accept_start", "accept_difference"]
    facts = json.loads(Entry.objects.filter(case=case).latest("seq").body)["facts"]
    assert facts["opened_there"] == "2026-09-23T09:00:00+08:00"
    case.refresh_from_db()
    assert (case.opened_at, case.due_at) == (at("2026-09-24 09:00"), min(after.values()))


def test_a_matter_reopened_there_is_a_new_mirror_and_the_first_verdict_stands(small: Small, source: Source) -> None:
    one = differing(small, source, "reopened")
    number = decide(small.command, one)
    first, second = Mirror.objects.filter(foreign_number="GZ-1").order_by("round")
    assert (first.current, second.current, second.round, second.case.number) == (False, True, 2, number)
    assert clocks(first.case) == {"target": "kept", "legal": "kept"}
    assert clocks(second.case) == {"target": "open"}, "from when our own limits would count again nobody says"
    assert Clock.objects.get(case=second.case).due_at == at("2026-10-12 18:00:01")
    assert list(second.case.links_to.values_list("case", "kind")) == [(first.case_id, "again")]


def test_another_moment_of_closing_is_noted_and_the_verdict_was_given_once(small: Small, source: Source) -> None:
    decide(small.command, differing(small, source, "closed_moved"))
    case = Case.objects.get(foreign_number="GZ-1")
    assert (clocks(case), case.closed_at) == ({"target": "kept", "legal": "kept"}, at("2026-09-27 11:00"))
    assert moves() == ["import", "closed_there", "accept_difference"]


def test_of_two_who_decide_one_wins_and_the_other_is_told(small: Small, source: Source) -> None:
    one = differing(small, source, "vanished")
    decide(small.command, one, "dispute")
    with pytest.raises(ConflictError) as refused:
        decide(small.command_2, one)
    assert refused.value.facts["state"] == "exchange.difference.state.disputed"
    assert Case.objects.get(foreign_number="GZ-1").phase == "open"


def test_what_the_other_side_changed_meanwhile_is_not_accepted_unseen(small: Small, source: Source) -> None:
    one = differing(small, source, "start_changed")
    next_export(small, source, {"派单时间": "2026-09-22 09:00"}, when=THIRD)
    with pytest.raises(ConflictError):
        decide(small.command, one, when=THIRD)


def test_the_same_press_twice_acts_once(small: Small, source: Source) -> None:
    one = differing(small, source, "reopened")
    assert decide(small.command, one) == decide(small.command, one)
    assert Mirror.objects.filter(foreign_number="GZ-1").count() == 2


def test_a_disputed_difference_may_be_accepted_later(small: Small, source: Source) -> None:
    one = differing(small, source, "vanished")
    decide(small.command, one, "dispute")
    one.refresh_from_db()
    decide(small.command, one)
    assert Case.objects.get(foreign_number="GZ-1").stage == "withdrawn"


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_dispute_needs_a_short_reason(small: Small, source: Source, reason: str) -> None:
    one = differing(small, source, "vanished")
    with pytest.raises(InvalidInputError) as refused:
        decide(small.command, one, "dispute", reason=reason)
    assert refused.value.facts["field"] == "reason"


@pytest.mark.parametrize("how", ["accept", "dispute"])
def test_another_body_decides_nothing(small: Small, source: Source, how: str) -> None:
    one = differing(small, source, "vanished")
    before = Entry.objects.count()
    with pytest.raises(RefusedError, match=r"exchange\.difference\.other_body"):
        decide(small.head, one, how)
    assert Entry.objects.count() == before


def test_another_town_does_not_find_it(small: Small, source: Source) -> None:
    one = differing(small, source, "vanished")
    with pytest.raises(Difference.DoesNotExist):
        decide(build("990202001").command, one)


def test_all_of_one_kind_that_the_page_listed_are_accepted_together(small: Small, source: Source) -> None:
    rows = [ticket(f"GZ-{number}") for number in range(10, 15)]
    taken(small, source, [*EDGES, *rows], when=FIRST)
    taken(small, source, EDGES, when=SECOND)
    listed = list(Difference.objects.order_by("id").values_list("pk", flat=True))
    with frozen_at(at(SECOND)):
        for _ in range(2):  # the second press is the first again
            done = accept_many(
                acting=small.command, source=source.pk, kind="vanished", upto=listed[3], key="all-of-them"
            )
            assert (done.accepted, done.left) == (4, 1)
    assert Case.objects.filter(stage="withdrawn").count() == 4
    assert clean(small)
