"""A dropped file becomes mirrors; dropped again it changes nothing; what changed there becomes entries here."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from jinli.cases.models import Case, Clock, Entry, EntryPayload
from jinli.cases.pages.case_entries import timeline
from jinli.cases.selectors.case_view import case_view
from jinli.cases.services.opening import OpenCase
from jinli.cases.services.told import told_as
from jinli.cases.services.verifying import Finding, verify_town
from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.exchange.models import Difference, ImportRow, Mirror, NameLink, Source
from jinli.exchange.services.dropping import ask_undo, choose_columns, drop_file, file_of, link_names, stop, take_rows
from jinli.exchange.services.working import run_now, work_once
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at, build
from tests.exchange.imports.town import COLUMNS, MONDAY, dropped, hotline, taken, ticket, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return build()


@pytest.fixture
def source(small: Small) -> Source:
    return hotline(small)


def clean(small: Small) -> bool:
    return not [found for found in verify_town(small.town) if isinstance(found, Finding)]


def test_a_row_becomes_a_mirror_with_the_date_of_the_other_system(small: Small, source: Source) -> None:
    run = taken(small, source, [ticket("GZ-1")])
    assert run.counts["new"] == 1
    case = Case.objects.get(foreign_number="GZ-1")
    assert (case.system_of_record, case.foreign_stage, case.handler_body.code) == (
        "external:hotline",
        "办理中",
        "water",
    )  # type: ignore[union-attr]
    assert (case.place.name, case.opened_at) == ("东围村", at("2026-09-24 09:00"))  # type: ignore[union-attr]
    clock = Clock.objects.get(case=case)
    assert (clock.code, clock.due_at, clock.owed_by.code) == ("target", at("2026-09-30 18:00:01"), "water")  # type: ignore[union-attr]
    assert clean(small)


def test_what_may_name_people_stands_in_the_erasable_payload_and_nowhere_else(small: Small, source: Source) -> None:
    taken(small, source, [ticket("GZ-1")])
    case = Case.objects.get(foreign_number="GZ-1")
    assert case.title == "路灯"  # the class; the title is the resident's
    payload = json.loads(EntryPayload.objects.get(entry__case=case).text)
    assert (payload["name"], payload["telephone"]) == ("测试甲", "00000000001")  # pages mask these and log each look
    assert payload["text"].splitlines() == ["路灯不亮", "测试甲反映门口路灯不亮"]
    assert "测试甲" not in Entry.objects.get(case=case).body
    assert "测试甲" not in str(Mirror.objects.values_list("values", flat=True).get())
    assert "测试甲" not in str(list(ImportRow.objects.values_list("reasons", "changes")))


def test_the_file_is_removed_once_its_rows_are_taken(small: Small, source: Source) -> None:
    run = taken(small, source, [ticket("GZ-1")])
    assert not file_of(run).exists()


def test_the_dry_run_counts_and_writes_no_case(small: Small, source: Source) -> None:
    rows = [ticket("GZ-1"), ticket("GZ-2", 承办单位="某某委"), ticket("", 派单时间="昨天"), ticket("GZ-3")]
    with frozen_at(MONDAY):
        run = dropped(small, source, rows)
    counted = {name: count for name, count in run.counts.items() if not name.endswith("names")}
    assert counted == {"new": 2, "changed": 0, "unchanged": 0, "doubtful": 1, "refused": 1, "vanished": 0}
    assert not Case.objects.exists()
    refused = ImportRow.objects.get(run=run, outcome="refused")
    assert refused.line == 4
    assert [(code, facts["field"]) for code, facts in refused.reasons] == [
        ("exchange.cell_empty", "工单编号"), ("exchange.not_a_moment", "派单时间"),
    ]  # fmt: skip


def test_only_the_clean_rows_are_taken_when_that_is_chosen(small: Small, source: Source) -> None:
    rows = [ticket("GZ-1"), ticket("GZ-2", 承办单位="某某委"), ticket("GZ-3", 派单时间="昨天")]
    run = taken(small, source, rows, take="clean")
    assert set(Case.objects.values_list("foreign_number", flat=True)) == {"GZ-1"}
    assert (run.counts["new"], run.counts["doubtful"], run.counts["refused"]) == (1, 1, 1)


def test_a_doubtful_row_taken_all_the_same_is_owed_by_the_body_that_watches(small: Small, source: Source) -> None:
    taken(small, source, [ticket("GZ-2", 承办单位="某某委")])
    case = Case.objects.get()
    assert case.handler_body.code == "command"  # type: ignore[union-attr]
    assert '"body_there":"某某委"' in Entry.objects.get(case=case).body


def test_a_name_explained_once_is_known_in_every_later_file(small: Small, source: Source) -> None:
    with frozen_at(MONDAY):
        run = dropped(small, source, [ticket("GZ-2", 承办单位="某某委")])
        run = link_names(
            acting=small.command, run_id=run.pk, version=run.version, links={("body", "某某委"): "ecology"}
        )
        run_now(run.pk)
        run.refresh_from_db()
        assert (run.counts["new"], run.counts["doubtful"]) == (1, 0)
    taken(small, source, [ticket("GZ-9", 承办单位="某某委")])
    assert Case.objects.get().handler_body.code == "ecology"  # type: ignore[union-attr]
    assert NameLink.objects.get().made_by == small.people["command"]


def test_a_name_that_is_none_of_ours_by_decision_is_no_doubt_any_more(small: Small, source: Source) -> None:
    with frozen_at(MONDAY):
        run = dropped(small, source, [ticket("GZ-2", 承办单位="某某委")])
        assert next((one["kind"], one["text"], one["rows"]) for one in run.counts["names"]) == ("body", "某某委", 1)
        run = link_names(acting=small.command, run_id=run.pk, version=run.version, links={("body", "某某委"): ""})
        run_now(run.pk)
        run.refresh_from_db()
    assert (run.counts["new"], run.counts["doubtful"]) == (1, 0)
    assert "某某委" not in [one["text"] for one in run.counts.get("names", [])]


def test_a_number_that_stands_twice_is_refused_in_both_rows(small: Small, source: Source) -> None:
    with frozen_at(MONDAY):
        run = dropped(small, source, [ticket("GZ-1"), ticket("GZ-1", 承办单位="ecology"), ticket("GZ-2")])
    assert (run.counts["new"], run.counts["refused"]) == (1, 2)


def test_the_same_file_again_changes_nothing(small: Small, source: Source) -> None:
    rows = [ticket("GZ-1"), ticket("GZ-2", 办结时间="2026-09-27 11:00")]
    taken(small, source, rows)
    before = list(Entry.objects.order_by("id").values_list("hash", flat=True))
    run = taken(small, source, rows, when="2026-09-29 09:00")
    assert (run.counts["unchanged"], run.counts["new"], run.counts["changed"]) == (2, 0, 0)
    assert list(Entry.objects.order_by("id").values_list("hash", flat=True)) == before


def test_a_change_there_is_one_entry_that_says_from_and_to(small: Small, source: Source) -> None:
    taken(small, source, [ticket("GZ-1")])
    run = taken(small, source, [ticket("GZ-1", 办理状态="待回访", 承办单位="ecology")], when="2026-09-29 09:00")
    assert run.counts["changed"] == 1
    case = Case.objects.get()
    entry = Entry.objects.filter(case=case).latest("seq")
    assert entry.move == "changed_there"
    assert '"stage":["办理中","待回访"]' in entry.body
    assert (case.foreign_stage, case.handler_body.code) == ("待回访", "ecology")  # type: ignore[union-attr]
    assert Clock.objects.get(case=case).owed_by.code == "ecology"  # type: ignore[union-attr]
    assert clean(small)


def test_the_journal_page_says_from_what_to_what_it_changed_there(small: Small, source: Source) -> None:
    taken(small, source, [ticket("GZ-1")])
    taken(small, source, [ticket("GZ-1", 办理状态="待回访", 承办单位="ecology")], when="2026-09-29 09:00")
    taken(small, source, [ticket("GZ-1", 办理状态="待回访", 办理时限="2026-10-12 18:00")], when="2026-09-29 10:00")
    view = case_view(small.command, Case.objects.get().pk, small.town, at("2026-09-29 11:00"))
    texts = "\n".join(text for row in timeline(view) for text in row.texts)
    for said in ("对方的办理状态：办理中 → 待回访", "承办单位：water → ecology", "到期时间：", " → 10月12日"):
        assert said in texts
    assert "2026-10-12T" not in texts


def test_a_date_moved_there_is_a_new_clock(small: Small, source: Source) -> None:
    taken(small, source, [ticket("GZ-1")])
    taken(small, source, [ticket("GZ-1", 办理时限="2026-10-12 18:00")], when="2026-09-29 09:00")
    clocks = Clock.objects.order_by("key").values_list("code", "verdict", "due_at")
    assert list(clocks) == [
        ("target", "void", at("2026-09-30 18:00:01")),
        ("target", "open", at("2026-10-12 18:00:01")),
    ]
    assert clean(small)


@pytest.mark.parametrize(("closed", "verdict"), [("2026-09-30 18:00", "kept"), ("2026-09-30 18:01", "broken")])
def test_closing_there_gives_the_verdict_by_their_moment(
    small: Small, source: Source, closed: str, verdict: str
) -> None:
    taken(small, source, [ticket("GZ-1")])
    taken(small, source, [ticket("GZ-1", 办结时间=closed, 办理状态="已办结")], when="2026-10-10 09:00")
    case = Case.objects.get()
    assert (case.phase, Clock.objects.get().verdict) == ("closed", verdict)
    assert list(Entry.objects.order_by("seq").values_list("move", flat=True)) == [
        "import",
        "changed_there",
        "closed_there",
    ]
    assert clean(small)


def test_a_vanished_row_is_listed_and_nothing_is_deleted(small: Small, source: Source) -> None:
    rows = [ticket("GZ-1"), ticket("GZ-2", 派单时间="2026-09-25 09:00"), ticket("GZ-3")]
    taken(small, source, rows)
    run = taken(small, source, [rows[0], ticket("GZ-4", 派单时间="2026-09-26 09:00")], when="2026-09-29 09:00")
    assert (run.counts["vanished"], run.counts["new"], run.counts["unchanged"]) == (2, 1, 1)
    assert Case.objects.count() == 4
    assert set(Difference.objects.filter(state="open").values_list("kind", "here")) == {
        ("vanished", "GZ-2"), ("vanished", "GZ-3"),
    }  # fmt: skip
    taken(small, source, [*rows, ticket("GZ-4", 派单时间="2026-09-26 09:00")], when="2026-09-30 09:00")
    assert not Difference.objects.filter(state="open").exists()
    moves = Entry.objects.filter(case__foreign_number="GZ-2").order_by("seq").values_list("move", flat=True)
    assert list(moves) == ["import", "missing_there", "seen_again_there"]


def test_what_the_days_of_a_file_do_not_cover_has_not_vanished(small: Small, source: Source) -> None:
    taken(small, source, [ticket("GZ-1", 派单时间="2026-08-03 09:00")])
    run = taken(small, source, [ticket("GZ-2")], when="2026-09-29 09:00")
    assert run.counts["vanished"] == 0


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"派单时间": "2026-09-23 09:00"}, "start_changed"),
        ({"办结时间": ""}, "reopened"),
        ({"办结时间": "2026-09-26 11:00"}, "closed_moved"),
    ],
)
def test_what_would_turn_a_given_verdict_waits_for_a_person(
    small: Small, source: Source, cells: dict[str, str], kind: str
) -> None:
    closed = {"办结时间": "2026-09-27 11:00"} if kind != "start_changed" else {}
    taken(small, source, [ticket("GZ-1", **closed)])
    again = ticket("GZ-1", **{**closed, **cells})
    counts = [taken(small, source, [again], when=when).counts for when in ("2026-09-28 12:00", "2026-09-29 09:00")]
    assert [(one["changed"], one["unchanged"]) for one in counts] == [(1, 0), (0, 1)]  # what waits is not told twice
    assert [one.kind for one in Difference.objects.filter(state="open")] == [kind]
    assert Entry.objects.count() == (2 if closed else 1)


def test_an_import_is_taken_back_as_a_whole_and_the_right_one_goes_in(small: Small, source: Source) -> None:
    rows = [ticket("GZ-1"), ticket("GZ-2", 办结时间="2026-09-27 11:00")]
    first = taken(small, source, rows)
    with frozen_at(at("2026-09-28 10:30")):
        with pytest.raises(InvalidInputError, match=r"exchange\.undo\.reason"):
            ask_undo(acting=small.command, run_id=first.pk, version=first.version, reason=" ")
        ask_undo(acting=small.command, run_id=first.pk, version=first.version, reason="列选错了")
        run_now(first.pk)
    first.refresh_from_db()
    assert first.state == "undone"
    assert set(Case.objects.values_list("stage", "phase")) == {("undone", "closed")}
    assert set(Entry.objects.filter(move="undo_import").values_list("case__foreign_number", flat=True)) == {
        "GZ-1",
        "GZ-2",
    }
    assert not Clock.objects.exclude(state="stopped").exists()
    run = taken(small, source, rows, when="2026-09-28 10:40")
    assert run.counts["new"] == 2
    assert Case.objects.count() == 4
    assert clean(small)


def test_changes_are_taken_back_to_what_stood_before(small: Small, source: Source) -> None:
    rows = [ticket("GZ-1"), ticket("GZ-2"), ticket("GZ-3"), ticket("GZ-4")]
    taken(small, source, rows)
    values = dict(Mirror.objects.values_list("foreign_number", "values"))
    changed = [
        ticket("GZ-1", 办理状态="待回访", 承办单位="ecology"),
        ticket("GZ-2", 办理时限="2026-10-12 18:00"),
        ticket("GZ-3", 办结时间="2026-09-28 11:00"),
    ]
    second = taken(small, source, changed, when="2026-09-29 09:00")
    assert (second.counts["changed"], second.counts["vanished"]) == (3, 1)
    with frozen_at(at("2026-09-29 09:30")):
        ask_undo(acting=small.command, run_id=second.pk, version=second.version, reason="导错了文件")
        run_now(second.pk)
    now = {one.foreign_number: one for one in Mirror.objects.filter(current=True).select_related("case")}
    assert {number: one.values for number, one in now.items()} == values
    assert now["GZ-1"].case.handler_body.code == "water"  # type: ignore[union-attr]
    assert now["GZ-1"].case.foreign_stage == "办理中"
    assert now["GZ-2"].case.due_at == at("2026-09-30 18:00:01")
    assert (now["GZ-3"].round, now["GZ-3"].case.phase) == (2, "open")
    assert now["GZ-4"].vanished_run is None
    assert not Difference.objects.filter(state="open").exists()
    assert clean(small)


def test_the_later_import_is_taken_back_first(small: Small, source: Source) -> None:
    first = taken(small, source, [ticket("GZ-1")])
    taken(small, source, [ticket("GZ-1"), ticket("GZ-2")], when="2026-09-29 09:00")
    with pytest.raises(RefusedError, match=r"exchange\.undo\.later_first"):
        ask_undo(acting=small.command, run_id=first.pk, version=first.version, reason="错了")


def test_two_people_who_take_the_same_file_get_one_set_of_cases(small: Small, source: Source) -> None:
    rows = [ticket("GZ-1"), ticket("GZ-2")]
    with frozen_at(MONDAY):
        first = dropped(small, source, rows)
        second = dropped(small, source, rows, acting=small.command_2)
        take_rows(acting=small.command, run_id=first.pk, version=first.version, take="all")
        take_rows(acting=small.command_2, run_id=second.pk, version=second.version, take="all")
        while work_once():
            pass
    first.refresh_from_db()
    second.refresh_from_db()
    assert Case.objects.count() == 2
    assert (first.counts["new"], second.counts["new"], second.counts["unchanged"]) == (2, 0, 2)


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(small: Small, source: Source) -> None:
    with frozen_at(MONDAY):
        run = dropped(small, source, [ticket("GZ-1")])
        take_rows(acting=small.command, run_id=run.pk, version=run.version, take="all")
        with pytest.raises(ConflictError, match=r"exchange\.run\.changed_meanwhile"):
            take_rows(acting=small.command_2, run_id=run.pk, version=run.version, take="clean")


def test_a_run_stopped_half_way_goes_on_and_brings_nothing_twice(
    small: Small, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jinli.exchange.services.taking.CHUNK", 2)
    rows = [ticket(f"GZ-{number}") for number in range(7)]
    with frozen_at(MONDAY):
        run = dropped(small, source, rows)
        take_rows(acting=small.command, run_id=run.pk, version=run.version, take="all")

        def press_stop(held: object) -> None:
            if Case.objects.count() == 4:
                stop(acting=small.command, run_id=run.pk)

        work_once(press_stop)
        run.refresh_from_db()
        assert (run.state, Case.objects.count()) == ("stopped", 6)
        take_rows(acting=small.command, run_id=run.pk, version=run.version, take="all")
        run_now(run.pk)
    run.refresh_from_db()
    assert (run.state, run.counts["new"], run.counts["unchanged"]) == ("done", 7, 0)
    assert Case.objects.count() == 7


def test_a_killed_worker_is_followed_by_one_that_goes_on(
    small: Small, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jinli.exchange.services.taking.CHUNK", 2)
    with frozen_at(MONDAY):
        run = dropped(small, source, [ticket(f"GZ-{number}") for number in range(5)])
        take_rows(acting=small.command, run_id=run.pk, version=run.version, take="all")

        def die(held: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            work_once(die)
        assert not work_once()  # it may still be alive
    with frozen_at(at("2026-09-28 10:07")):
        assert work_once()
    run.refresh_from_db()
    assert (run.state, run.counts["new"], Case.objects.count()) == ("done", 5, 5)


def test_a_shape_mapped_once_is_recognised_with_its_source(small: Small, source: Source) -> None:
    taken(small, source, [ticket("GZ-1")])
    run = drop_file(acting=small.command, name="again.csv", chunks=[written([ticket("GZ-2")])])
    assert (run.source, run.state, run.columns["foreign_number"]) == (source, "reading", "工单编号")


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"opened_at": "派单时间"}, "exchange.columns.needed"),
        ({**COLUMNS, "link": "诉求标题"}, "exchange.columns.twice"),
        ({**COLUMNS, "link": "网址"}, "exchange.columns.unknown"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_by_field(
    small: Small, source: Source, columns: dict[str, str], code: str
) -> None:
    run = drop_file(acting=small.command, name="x.csv", chunks=[written([ticket("GZ-1")])], source=source)
    with pytest.raises(InvalidInputError) as refused:
        choose_columns(acting=small.command, run_id=run.pk, version=run.version, source=source, columns=columns)
    assert refused.value.code == code
    assert refused.value.facts["field"]


def test_another_body_does_not_decide_on_the_import(small: Small, source: Source) -> None:
    run = taken(small, source, [ticket("GZ-1")])
    with pytest.raises(RefusedError, match=r"exchange\.run\.other_body"):
        ask_undo(acting=small.head, run_id=run.pk, version=run.version, reason="我来")


def test_what_was_erased_by_law_does_not_come_back_by_an_import(small: Small, source: Source) -> None:
    from jinli.cases.services.erasing import erase_payload

    taken(small, source, [ticket("GZ-1")])
    with frozen_at(at("2026-09-28 12:00")):
        erase_payload(acting=small.command, case=Case.objects.get(), basis="个人信息保护法第四十七条")
    taken(small, source, [ticket("GZ-1", 诉求内容="测试甲又来电", 办理状态="待回访")], when="2026-09-29 09:00")
    assert not EntryPayload.objects.exists()
    assert Case.objects.get().foreign_stage == "待回访"
    run = taken(small, source, [ticket("GZ-1", 诉求内容="测试甲又来电", 办理状态="待回访")], when="2026-09-29 10:00")
    assert run.counts["unchanged"] == 1
    assert not EntryPayload.objects.exists()
    assert clean(small)


def test_a_bare_opening_date_counts_as_its_day_and_not_as_the_day_before(small: Small, source: Source) -> None:
    source.rules = [
        {
            "clock": "promise",
            "field": "any",
            "text": "",
            "limit": {"amount": 2, "unit": "working_day", "source": "样本"},
        }
    ]
    source.save()
    taken(small, source, [ticket("GZ-1", 派单时间="2026-09-24"), ticket("GZ-2", 派单时间="2026-09-24 09:00")])
    assert set(Clock.objects.filter(code="promise").values_list("last_day", flat=True)) == {date(2026, 9, 29)}


def test_numbers_that_come_back_are_found_without_reading_every_mirror(source: Source) -> None:
    if connection.vendor != "sqlite":
        return  # the planner of PostgreSQL decides by how many rows there are
    asked = Mirror.objects.filter(source=source, foreign_number__in=["GZ-1"], current=False, case__stage="withdrawn")
    assert "mirror_earlier" in asked.explain()


def test_a_file_that_changed_is_looked_through_again(small: Small, source: Source) -> None:
    assert taken(small, source, [ticket("GZ-1"), ticket("GZ-1")]).counts["refused"] == 2
    run = taken(small, source, [ticket("GZ-1"), ticket("GZ-2")])
    assert (run.counts["refused"], run.counts["new"], run.total) == (0, 2, 2)


def test_an_opening_made_by_its_pattern_is_the_one_that_its_constructor_makes() -> None:
    pattern = OpenCase(type_code="mirror", title="", channel="import")
    assert told_as(pattern, title="路灯", lon=113.1) == replace(pattern, title="路灯", lon=113.1)
    assert (pattern.title, pattern.lon) == ("", None)
