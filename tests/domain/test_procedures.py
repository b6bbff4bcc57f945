"""What a procedure must be before it is loaded."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from jinli.domain.grammar import ProcedureFaultsError, read_procedure
from tests.domain.procedures import procedure, source


def faults(found: dict[str, Any]) -> set[str]:
    with pytest.raises(ProcedureFaultsError) as refused:
        read_procedure(found)
    return {fault.code.removeprefix("domain.procedure.") for fault in refused.value.faults}


@pytest.mark.parametrize(
    "code", ["grid_report", "whistle", "whistle_onsite", "licence", "payment", "confirmation", "filing", "assisted"]
)
def test_the_standard_procedures_are_sound(code: str) -> None:
    assert procedure(code).code == code


def changed(code: str = "whistle") -> dict[str, Any]:
    return deepcopy(source(code))


def test_an_unknown_word_is_refused_by_name() -> None:
    found = changed()
    found["case"]["moves"][0]["deadline"] = 3
    assert faults(found) == {"unknown_word"}


def test_all_faults_come_at_once() -> None:
    found = changed()
    found["clocks"]["verify"]["owed_by"] = "mayor"
    found["clocks"]["report"]["limit"] = {"term": "someday"}
    found["case"]["moves"][1]["keeps"] = ["aprove"]
    assert faults(found) >= {"unknown_body", "unknown_term", "unknown_clock"}


def test_a_stage_nobody_can_leave_is_refused() -> None:
    found = changed("licence")
    found["case"]["moves"] = [move for move in found["case"]["moves"] if move["code"] not in {"deliver", "publish"}]
    assert faults(found) == {"dead_end", "unreachable_stage"}


def test_an_open_stage_without_a_running_clock_is_refused() -> None:
    found = changed("grid_report")
    move = next(move for move in found["case"]["moves"] if move["code"] == "verify_passed")
    move["starts"] = []
    assert "no_clock" in faults(found)


def test_a_pause_without_its_article_is_refused() -> None:
    found = changed("licence")
    move = next(move for move in found["case"]["moves"] if move["code"] == "begin_special")
    del move["pauses"]["article"]
    assert faults(found) == {"pause_without_article"}


def test_a_pause_that_nothing_resumes_is_refused() -> None:
    found = changed("licence")
    for move in found["case"]["moves"]:
        move.pop("resumes", None)
    assert "pause_without_resume" in faults(found)


def test_a_due_clock_may_only_fire_a_system_move() -> None:
    found = changed()
    found["clocks"]["report"]["on_due"] = {"move": "report"}
    assert faults(found) == {"on_due_not_a_system_move"}


def test_a_move_names_the_papers_it_issues() -> None:
    found = changed("licence")
    found["case"]["moves"][0]["papers"] = ["receipt"]
    assert read_procedure(found).initial.papers == ("receipt",)


def test_what_happens_by_itself_issues_no_paper() -> None:
    found = changed("licence")
    move = next(move for move in found["case"]["moves"] if move.get("by") == "system")
    move["papers"] = ["acceptance"]
    assert faults(found) == {"system_issues_paper"}


def test_a_move_issues_a_kind_of_paper_once() -> None:
    found = changed("licence")
    found["case"]["moves"][0]["papers"] = ["receipt", "receipt"]
    assert faults(found) == {"paper_twice"}


def test_a_mirror_never_issues_the_paper_of_the_system_that_decides() -> None:
    found = changed("mirror")
    found["case"]["moves"][0]["papers"] = ["decision_grant"]
    assert faults(found) == {"mirror_issues_paper"}
