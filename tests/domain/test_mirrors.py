"""The mirror of a matter that another system decides: a clock for each limit that is known, no verdict by silence."""

from __future__ import annotations

from copy import deepcopy
from itertools import product

import pytest

from jinli.domain.errors import RefusedError
from jinli.domain.grammar import ProcedureFaultsError, read_procedure
from jinli.domain.limits import TimeLimit, Unit
from jinli.domain.state import STOPPED
from tests.domain.procedures import COMMAND, Desk, at, procedure, source

TERMS = {
    "target": TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=at("2026-09-30 12:00")),
    "legal": TimeLimit(amount=5, unit=Unit.WORKING_DAY, article="样本"),
    "promise": TimeLimit(amount=3, unit=Unit.WORKING_DAY, source="样本"),
}
BODIES = {"owner": "command", "handler": "water"}


def mirror(*terms: str) -> Desk:
    """Return a matter opened there on Thursday 24 September and imported on Monday 28."""
    desk = Desk(procedure("mirror"))
    known = {name: TERMS[name] for name in terms}
    desk.act(
        "2026-09-28 10:00", "import", COMMAND, happened="2026-09-24 09:00", bodies=BODIES, terms=known, channel="import"
    )
    return desk


def running(desk: Desk) -> set[str]:
    return {clock.code for clock in desk.state.clocks.values() if clock.state != STOPPED}


@pytest.mark.parametrize("known", list(product((True, False), repeat=3)))
def test_every_known_limit_has_a_clock_and_only_without_any_the_matter_is_looked_at_again(
    known: tuple[bool, ...],
) -> None:
    terms = [name for name, is_known in zip(TERMS, known, strict=True) if is_known]
    assert running(mirror(*terms)) == (set(terms) or {"look"})


def test_time_alone_breaks_nothing_that_another_system_decides() -> None:
    desk = mirror("target", "legal")
    assert desk.tick("2027-01-15 09:00") == []
    assert desk.clock("target").verdict == "open"


@pytest.mark.parametrize(("closed", "verdict"), [("2026-09-30 11:59", "kept"), ("2026-09-30 12:00", "broken")])
def test_the_verdict_follows_the_moment_there_however_late_the_export_comes(closed: str, verdict: str) -> None:
    desk = mirror("target")
    desk.act("2026-10-20 10:00", "closed_there", COMMAND, happened=closed, channel="import")
    assert desk.clock("target").verdict == verdict
    assert desk.state.phase == "closed"


def test_a_limit_that_nobody_knows_is_neither_kept_nor_broken() -> None:
    desk = mirror()
    desk.act("2026-10-20 10:00", "closed_there", COMMAND, happened="2026-09-30 11:00", channel="import")
    assert desk.clock("look").verdict == "void"


def test_a_date_moved_there_is_a_new_clock_and_the_old_one_stays_as_it_was() -> None:
    desk = mirror("target", "legal")
    later = {"target": TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=at("2026-10-15 18:00"))}
    desk.act("2026-09-29 10:00", "date_moved_there", COMMAND, terms=later, channel="import")
    assert [(c.code, c.verdict) for c in desk.state.clocks.values()] == [
        ("target", "void"), ("legal", "open"), ("target", "open"),
    ]  # fmt: skip
    assert desk.due("target") == "2026-10-15 18:00"


def test_a_date_withdrawn_there_leaves_the_own_limit_or_a_reminder() -> None:
    with_own, without = mirror("target", "legal"), mirror("target")
    for desk in (with_own, without):
        desk.act("2026-09-29 10:00", "date_moved_there", COMMAND, channel="import")
    assert running(with_own) == {"legal"}
    assert running(without) == {"look"}


def test_no_page_can_make_what_only_an_import_may_say() -> None:
    with pytest.raises(RefusedError, match=r"domain\.move\.channel"):
        mirror("target").act("2026-09-29 10:00", "closed_there", COMMAND)


def test_an_undone_import_leaves_no_running_clock_even_where_the_matter_was_closed() -> None:
    for closed in (False, True):
        desk = mirror("target")
        if closed:
            desk.act("2026-09-29 10:00", "closed_there", COMMAND, happened="2026-09-28 11:00", channel="import")
        desk.act("2026-09-29 11:00", "undo_import", COMMAND, given={"reason": "列选错了"}, channel="import")
        assert (desk.state.stage, desk.state.phase, running(desk)) == ("undone", "closed", set())


def test_a_start_that_nothing_stands_in_for_is_unsound() -> None:
    found = deepcopy(source("mirror"))
    found["case"]["moves"][0]["starts"] = [{"clock": "target", "given": "target"}, {"clock": "legal", "given": "legal"}]
    with pytest.raises(ProcedureFaultsError) as refused:
        read_procedure(found)
    assert {fault.code for fault in refused.value.faults} == {"domain.procedure.no_clock"}


def test_a_term_that_the_procedure_does_not_list_is_named() -> None:
    found = deepcopy(source("mirror"))
    found["case"]["moves"][0]["starts"][0]["given"] = "someday"
    with pytest.raises(ProcedureFaultsError) as refused:
        read_procedure(found)
    assert "domain.procedure.unknown_term" in {fault.code for fault in refused.value.faults}


def test_what_is_gone_there_is_neither_kept_nor_broken_however_late_it_was() -> None:
    desk = mirror("target", "legal")
    desk.act("2026-11-20 10:00", "gone_there", COMMAND, channel="reconcile")
    assert (desk.state.stage, desk.state.phase) == ("withdrawn", "closed")
    assert {clock.verdict for clock in desk.state.clocks.values()} == {"void"}


def test_a_start_accepted_moves_what_counts_from_it_and_no_fixed_date() -> None:
    desk = mirror("target", "legal")
    given = {"clock": "legal", "started_at": "2026-09-28T09:00:00+08:00", "reason": "样本"}
    before = desk.due("target")
    desk.act("2026-09-29 10:00", "accept_start", COMMAND, given=given, channel="reconcile")
    assert desk.due("target") == before
    assert desk.due("legal") == "2026-10-11 00:00"


def test_what_waits_for_a_difference_is_offered_on_no_page_of_the_case() -> None:
    rules = procedure("mirror")
    offered = {code for code, move in rules.case.moves.items() if move.on_page and not move.initial}
    assert offered == {"comment"}


def test_what_is_noted_on_an_ended_case_does_not_move_the_moment_it_ended() -> None:
    desk = mirror("target")
    desk.act("2026-10-09 10:00", "closed_there", COMMAND, happened="2026-09-30 11:00", channel="import")
    desk.act("2026-10-12 10:00", "accept_difference", COMMAND, channel="reconcile")
    assert desk.state.closed_at == at("2026-09-30 11:00")
