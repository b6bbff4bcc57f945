"""The engine on the database: one entry a change, columns equal to the journal, and two people at once."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction

from jinli.cases.models import Assignment, Case, Clock, Entry, EntryPayload, Notice
from jinli.cases.search import matching
from jinli.cases.services import OpenCase, make_move, open_case, tick
from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import ConflictError, DomainError
from jinli.domain.limits import TimeLimit, Unit
from jinli.town.acting import resident
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at, build
from tests.counting import statements_of
from tests.domain.procedures import WHISTLE_TERMS
from tests.shared import shared

BODIES = {"owner": "command", "handler": "command", "leader": "government", "arbiter": "whistle_office"}
COVER = {"handle": TimeLimit(amount=2, unit=Unit.URGENT_HOUR, source="样本")}


@shared
def small() -> Small:
    return build()


def spec(**more: object) -> OpenCase:
    known: dict[str, object] = {
        "type_code": "grid_report",
        "title": "居民报告",
        "channel": "public",
        "bodies": BODIES,
        "private": {"text": "污水井盖不见了", "telephone": "13800000426"},
    }
    return OpenCase(**{**known, **more})  # type: ignore[arg-type]


def opened(small: Small, when: str = "2026-09-24 17:50", **more: object) -> Case:
    with frozen_at(at(when)):
        answer = open_case(acting=resident(small.town.pk), town=small.town, spec=spec(**more))
    return Case.objects.get(number=answer.number, town=small.town)


def moved(small: Small, when: str, case: Case, move: str, acting: object, **more: object) -> str:
    case.refresh_from_db()
    track = str(more.get("track", "case"))
    version = case.version if track == "case" else Assignment.objects.get(case=case, key=track).version
    with frozen_at(at(when)):
        return make_move(acting=acting, act=MakeMove(case=case.pk, move=move, **{"version": version, **more}))  # type: ignore[arg-type]


def test_a_report_gets_a_number_a_clock_and_a_journal(small: Small) -> None:
    case = opened(small, place=small.places["east"])
    assert case.number == "网2026-00001"
    assert [clock.code for clock in case.clocks.all()] == ["intake"]
    assert case.due_at == at("2026-09-24 18:20")
    entry = case.entries.get()
    assert "13800000426" not in entry.body
    assert "13800000426" in entry.payload.text


def test_the_same_form_sent_twice_is_one_case_and_one_code(small: Small) -> None:
    with frozen_at(at("2026-09-24 17:50")):
        first = open_case(acting=resident(small.town.pk), town=small.town, spec=spec(key="form-1"))
        second = open_case(acting=resident(small.town.pk), town=small.town, spec=spec(key="form-1"))
        with pytest.raises(DomainError, match="key_reused"):
            open_case(acting=resident(small.town.pk), town=small.town, spec=spec(key="form-1", title="别的"))
    assert first == second
    assert Case.objects.count() == 1


def test_a_move_is_one_entry_and_moves_the_columns(small: Small) -> None:
    case = opened(small)
    given = {"standard": "0102-1", "handler": "village"}
    moved(small, "2026-09-24 18:05", case, "file", small.command, given=given, terms=COVER, facts={"title": "井盖缺失"})
    case.refresh_from_db()
    assert (case.stage, case.title, case.seq) == ("handling", "井盖缺失", 2)
    clock = case.clocks.get(code="handle")
    assert (clock.due_at, clock.owed_by.code) == (at("2026-09-24 19:50"), "village")
    assert case.clocks.get(code="intake").verdict == "kept"
    assert list(Notice.objects.values_list("to_body__code", flat=True)) == ["village"]


def test_a_page_that_is_older_than_the_case_is_told_so(small: Small) -> None:
    case = opened(small)
    given = {"standard": "0102-1", "handler": "village"}
    moved(small, "2026-09-24 18:05", case, "file", small.command, given=given, terms=COVER)
    with pytest.raises(ConflictError) as refused:
        moved(small, "2026-09-24 18:06", case, "comment", small.command_2, version=1, given={"note": "x"})
    assert refused.value.facts["move"] == "file"
    assert refused.value.facts["body"] == "command"


def test_a_refused_act_writes_nothing_but_what_was_due_before_stays(small: Small) -> None:
    case = opened(small, "2026-09-24 09:00")
    with pytest.raises(DomainError, match="not_your_duty"):
        moved(small, "2026-09-24 10:00", case, "exit", small.water, given={"exit": "x", "reason": "x", "reply": "x"})
    assert [entry.move for entry in case.entries.order_by("seq")] == ["report", "supervise"]


def test_the_database_refuses_to_change_an_entry(small: Small) -> None:
    case = opened(small)
    for attempt in (lambda: Entry.objects.update(move="x"), lambda: Entry.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert case.entries.get().move == "report"


def test_the_tick_does_what_an_act_would_have_done(small: Small) -> None:
    case = opened(small, "2026-09-24 09:00")
    assert tick(at("2026-09-24 09:29")) == 0
    assert tick(at("2026-09-24 16:00")) == 1
    assert [entry.move for entry in case.entries.order_by("seq")] == ["report", "supervise", "escalate"]
    assert Clock.objects.filter(wakes_at__lte=at("2026-09-24 16:00")).count() == 0
    with pytest.raises(DomainError, match="tick_went_back"):
        tick(at("2026-09-24 15:00"))


def blown(small: Small) -> tuple[Case, Case]:
    case = opened(small, "2026-09-18 09:00")
    given = {"standard": "s", "handler": "command"}
    terms = {"handle": TimeLimit(amount=10, unit=Unit.WORKING_DAY)}
    moved(small, "2026-09-18 09:05", case, "file", small.command, given=given, terms=terms)
    given = {"kind": "ordinary", "duty_line": "47", "lead": "ecology", "reason": "无权取样"}
    linked = OpenCase(
        type_code="whistle", title="吹哨", channel="page", given=given, terms=WHISTLE_TERMS, bodies=BODIES
    )
    number = moved(small, "2026-09-18 11:05", case, "blow", small.command, given=given, linked=linked)
    whistle = Case.objects.get(number=number)
    moved(small, "2026-09-18 11:10", whistle, "approve", small.head)
    moved(
        small, "2026-09-18 11:40", whistle, "dispatch", small.command, given={"lead": "ecology", "assisting": ["water"]}
    )
    return case, whistle


def test_a_whistle_is_a_case_of_its_own_and_its_end_moves_the_report(small: Small) -> None:
    case, whistle = blown(small)
    assert whistle.origin == case
    for track, acting in (("a1", small.ecology), ("a2", small.water)):
        moved(small, "2026-09-18 14:50", whistle, "sign_in", acting, track=track, channel="page")
    for track, acting in (("a1", small.ecology), ("a2", small.water)):
        moved(small, "2026-09-21 14:50", whistle, "report", acting, track=track, given={"result": "已清"})
    moved(small, "2026-09-22 10:00", whistle, "verify_passed", small.grid, given={"result": "干净"})
    case.refresh_from_db()
    whistle.refresh_from_db()
    assert (whistle.phase, case.stage) == ("closed", "callback")
    last = json.loads(case.entries.order_by("-seq")[0].body)
    assert (last["move"], last["facts"]["linked_number"]) == ("whistle_done", whistle.number)


def test_departments_signing_in_at_once_do_not_disturb_each_other(small: Small) -> None:
    _, whistle = blown(small)
    versions = {item.key: item.version for item in whistle.assignments.all()}
    for track, acting in (("a1", small.ecology), ("a2", small.water)):
        moved(small, "2026-09-18 14:50", whistle, "sign_in", acting, track=track, version=versions[track])
    assert set(whistle.assignments.values_list("stage", flat=True)) == {"signed"}


def test_a_form_and_the_numbers_of_a_person_are_not_searched(small: Small) -> None:
    private = {
        "name": "梁小明（演示）", "telephone": "13800000426", "address": "三队祠堂前",
        "id_number": "990101199001011234", "form": {"income": "1234567"}, "agent": {"name": "陈代办"},
        "files": {"1": "病历.pdf"}, "text": {"a": "嵌套"},
    }  # fmt: skip
    opened(small, private=private)
    rows = Case.objects.filter(town=small.town)
    assert all(matching(rows, one).exists() for one in ("梁小明", "13800000426", "祠堂前"))
    said = ("990101199001011234", "1234567", "income", "陈代办", "病历", "嵌套")
    assert not [one for one in said if matching(rows, one).exists()]


@pytest.mark.parametrize(
    ("query", "found"), [("井盖", 1), ("污水井盖", 1), ("路灯", 0), ("网2026", 1), ("1380000", 1), ("东", 1)]
)
def test_two_characters_find_a_case(small: Small, query: str, found: int) -> None:
    opened(small, place=small.places["east"])
    assert matching(Case.objects.filter(town=small.town), query).count() == found


def statements(run: object) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        run()  # type: ignore[operator]
    return len(statements_of(caught))


def test_creating_and_moving_cost_a_fixed_number_of_statements(small: Small) -> None:
    opened(small)
    assert statements(lambda: opened(small, key="k", place=small.places["east"])) <= 12
    case = opened(small)
    given = {"standard": "0102-1", "handler": "village"}
    case.refresh_from_db()
    act = MakeMove(case=case.pk, move="file", version=case.version, given=given, terms=COVER)
    with frozen_at(at("2026-09-24 18:05")):
        assert statements(lambda: make_move(acting=small.command, act=act)) <= 10
    assert EntryPayload.objects.count() == 3


GUARDED = {
    "sqlite": {
        "cases_entry_no_update", "cases_entry_no_delete", "cases_seal_no_update", "cases_seal_no_delete",
        "cases_payload_no_update", "cases_case_no_delete", "cases_clock_no_delete",
        "cases_search_insert", "cases_search_delete", "cases_search_update",
    },
    "postgresql": {
        "cases_entry_guard", "cases_seal_guard", "cases_payload_guard", "cases_case_guard", "cases_clock_guard",
    },
}  # fmt: skip


def test_every_guard_of_the_database_stands_after_all_migrations(small: Small) -> None:
    """SQLite drops the triggers of a table it rebuilds: a migration that does so must lay them again."""
    ask = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(ask)
        assert {row[0] for row in cursor.fetchall()} >= GUARDED[connection.vendor]
