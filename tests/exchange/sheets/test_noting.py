"""A number noted for another system: plausible, once in the town, corrected in the open, and no clock moves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jinli.cases.models import Case, Clock, Link
from jinli.cases.services.verifying import Finding, verify_town
from jinli.domain.errors import ConflictError, InvalidInputError
from jinli.exchange.models import ForeignRecord
from jinli.exchange.selectors.foreign import case_by_foreign_number, linked_here
from jinli.exchange.selectors.prescribed import sheet_of
from jinli.exchange.services.dropping import make_source
from jinli.exchange.services.noting import note_number
from jinli.packs.prescribed import SheetRow
from jinli.town.acting import Acting
from jinli.town.moment import frozen_at
from tests.cases.staff import Staff, at, staffed
from tests.exchange.imports.town import taken, ticket
from tests.exchange.sheets.forms import EVENT, SYSTEM, prescribe

NOW = "2026-09-25 10:00"
NUMBER = "YPA-20260925-0017"


@pytest.fixture
def staff(db: None) -> Staff:
    found = staffed()
    prescribe(found.small.town)
    return found


def form_of(staff: Staff) -> SheetRow:
    found = sheet_of(staff.small.town, EVENT, "grid_report")
    assert found is not None
    return found


def note(staff: Staff, case: Case, text: str = NUMBER, *, version: int | None = 0, **more: Any) -> str:
    acting: Acting = more.pop("acting", staff.small.command)
    with frozen_at(at(more.pop("when", NOW))):
        return note_number(
            acting=acting, case=case.pk, sheet=form_of(staff), version=version, text=text, key=more.pop("key", None)
        )


def test_a_number_is_an_entry_of_the_journal_and_a_row_by_which_imports_know_the_case(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    assert note(staff, case, f"  {NUMBER} ") == case.number
    entry = case.entries.latest("seq")
    body = json.loads(entry.body)
    assert entry.move == "noted_there"
    assert body["noted"] == {"name": "粤平安", "number": NUMBER, "system": SYSTEM}
    assert (body["actor"]["body"], body["track"], entry.commitment) == ("command", "case", "")
    row = ForeignRecord.objects.get()
    assert (row.case, row.system, row.foreign_number, row.by) == (
        case, SYSTEM, NUMBER, staff.small.people["command"],
    )  # fmt: skip
    assert case_by_foreign_number(staff.small.town, SYSTEM) == {NUMBER: case.pk}
    assert linked_here(staff.small.town, SYSTEM, [NUMBER, "x"]) == {NUMBER: case.pk}
    assert case_by_foreign_number(staff.small.town, "other") == {}
    assert [one for one in verify_town(staff.small.town) if isinstance(one, Finding)] == []


def test_noting_moves_no_clock_no_stage_and_no_version(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    case.refresh_from_db()
    before = (case.stage, case.version, case.due_at, list(Clock.objects.filter(case=case).order_by("key").values()))
    note(staff, case)
    case.refresh_from_db()
    after = (case.stage, case.version, case.due_at, list(Clock.objects.filter(case=case).order_by("key").values()))
    assert before == after


def test_a_number_on_an_ended_case_does_not_move_the_moment_it_ended(staff: Staff) -> None:
    case = staff.open("2026-09-24 09:00")
    given = {"exit": "not_ours", "reason": "不归", "reply": "请找城管"}
    staff.move("2026-09-24 09:10", case, "exit", staff.small.command, given=given)
    note(staff, case)
    case.refresh_from_db()
    assert case.closed_at == at("2026-09-24 09:10")
    assert [one for one in verify_town(staff.small.town) if isinstance(one, Finding)] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param("   ", "empty", id="blanks"),
        pytest.param("已经录了", "implausible", id="no digit"),
        pytest.param("YPA 0017 张三", "implausible", id="blanks inside"),
        pytest.param("<b>17</b>", "implausible", id="no sign of a number"),
        pytest.param("1" * 81, "too_long", id="too long"),
    ],
)
def test_what_cannot_be_a_number_is_refused_and_writes_nothing(staff: Staff, text: str, code: str) -> None:
    case = staff.filed("2026-09-24 17:50")
    entries = case.entries.count()
    with pytest.raises(InvalidInputError, match=code) as refused:
        note(staff, case, text)
    assert refused.value.facts["field"] == "foreign_number"
    assert (case.entries.count(), ForeignRecord.objects.count()) == (entries, 0)


@pytest.mark.parametrize("text", ["粤平安〔2026〕0017号", "2026/09/25-17", "GD_440000.17", "（2026）粤1204字第17号"])
def test_numbers_are_taken_as_other_systems_write_them(staff: Staff, text: str) -> None:
    note(staff, staff.filed("2026-09-24 17:50"), text)
    assert ForeignRecord.objects.get().foreign_number == text


def test_our_own_number_is_not_theirs(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    with pytest.raises(InvalidInputError, match="ours"):
        note(staff, case, case.number)


def test_a_number_stands_for_one_case_of_the_town_and_the_refusal_names_it(staff: Staff) -> None:
    first, second = staff.filed("2026-09-24 17:50", title="井盖"), staff.filed("2026-09-24 18:00")
    note(staff, first)
    entries = second.entries.count()
    with pytest.raises(InvalidInputError, match="taken") as refused:
        note(staff, second)
    assert refused.value.facts["number"] == first.number
    assert second.entries.count() == entries


def test_a_case_that_one_may_not_see_is_not_named(staff: Staff) -> None:
    hidden = staff.filed("2026-09-24 17:50", "command", place=None)
    seen = staff.filed("2026-09-24 18:00")
    note(staff, hidden)
    with pytest.raises(InvalidInputError, match="taken_unseen") as refused:
        note(staff, seen, acting=staff.small.grid)
    assert "number" not in refused.value.facts


def test_two_towns_may_have_the_same_number(staff: Staff) -> None:
    other = staffed("990202001")
    prescribe(other.small.town)
    note(staff, staff.filed("2026-09-24 17:50"))
    note(other, other.filed("2026-09-24 17:50"))
    assert ForeignRecord.objects.count() == 2


def test_a_case_of_another_town_is_not_there(staff: Staff) -> None:
    other = staffed("990202001").filed("2026-09-24 17:50")
    with pytest.raises(Case.DoesNotExist):
        note(staff, other)


def test_of_two_who_note_at_once_the_second_is_told_what_stands_now(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    note(staff, case)
    entries = case.entries.count()
    with pytest.raises(ConflictError) as refused:
        note(staff, case, "YPA-18", acting=staff.small.command_2)
    assert refused.value.facts["foreign_number"] == NUMBER
    assert case.entries.count() == entries
    with pytest.raises(InvalidInputError, match="version_missing"):
        note(staff, case, "YPA-18", version=None)


def test_the_same_form_sent_twice_acts_once(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    assert note(staff, case, key="k1") == note(staff, case, key="k1") == case.number
    assert case.entries.filter(move="noted_there").count() == 1
    with pytest.raises(InvalidInputError, match="key_reused"):
        note(staff, case, "YPA-18", key="k1")


def test_a_correction_is_a_new_entry_and_frees_the_wrong_number(staff: Staff) -> None:
    case, other = staff.filed("2026-09-24 17:50"), staff.filed("2026-09-24 18:00")
    note(staff, case)
    note(staff, case, "YPA-18", version=1, when="2026-09-25 11:00")
    told = [json.loads(one.body)["noted"] for one in case.entries.filter(move="noted_there").order_by("seq")]
    assert [(one["number"], one.get("was", "")) for one in told] == [(NUMBER, ""), ("YPA-18", NUMBER)]
    assert case_by_foreign_number(staff.small.town, SYSTEM) == {"YPA-18": case.pk}
    note(staff, other)
    assert case_by_foreign_number(staff.small.town, SYSTEM) == {"YPA-18": case.pk, NUMBER: other.pk}
    with pytest.raises(InvalidInputError, match="noted_already"):
        note(staff, case, "YPA-18", version=2)


def test_a_mirror_that_came_before_the_number_was_noted_is_linked_with_our_case(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    mirror = staff.open(
        "2026-09-25 08:00", type_code="mirror", channel="import", foreign_number=NUMBER,
        system_of_record=f"external:{SYSTEM}",
    )  # fmt: skip
    note(staff, case)
    assert list(Link.objects.values_list("case", "other", "kind")) == [(case.pk, mirror.pk, "mirror")]
    note(staff, case, "YPA-18", version=1)
    assert not Link.objects.exists()
    note(staff, case, version=2)
    assert Link.objects.count() == 1


def test_a_mirror_of_that_very_system_has_its_number_already(staff: Staff) -> None:
    mirror = staff.open(
        "2026-09-25 08:00", type_code="mirror", channel="import", foreign_number="17",
        system_of_record=f"external:{SYSTEM}",
    )  # fmt: skip
    with pytest.raises(InvalidInputError, match="own_record"):
        note(staff, mirror)


def test_what_was_due_before_stays_written_when_the_number_is_refused(staff: Staff) -> None:
    taken, late = staff.filed("2026-09-24 17:50"), staff.open("2026-09-24 17:50")
    note(staff, taken)
    with pytest.raises(InvalidInputError, match="taken"):
        note(staff, late)
    assert late.entries.filter(move="supervise").exists()


@pytest.mark.parametrize("how", ["code", "name"])
def test_an_import_knows_the_case_by_the_number_that_was_noted(staff: Staff, how: str) -> None:
    case = staff.filed("2026-09-24 17:50")
    note(staff, case)
    named = {"code": SYSTEM, "name": "市里的平台"} if how == "code" else {"code": "", "name": "粤平安"}
    source = make_source(acting=staff.small.command, kind="grid", **named)
    taken(staff.small, source, [ticket(NUMBER), ticket("YPA-20260925-0018")])
    mirror = Case.objects.get(foreign_number=NUMBER)
    assert list(Link.objects.values_list("case", "other", "kind")) == [(case.pk, mirror.pk, "mirror")]
    assert case_by_foreign_number(staff.small.town, source.code) == {NUMBER: case.pk}
    with pytest.raises(InvalidInputError, match="own_record"):
        note(staff, mirror, "YPA-19")
    note(staff, case, "YPA-20260925-0018", version=1, when="2026-09-28 11:00")
    other = Case.objects.get(foreign_number="YPA-20260925-0018")
    assert list(Link.objects.values_list("case", "other")) == [(case.pk, other.pk)], "the wrong one no longer"
    assert [one for one in verify_town(staff.small.town) if isinstance(one, Finding)] == []
