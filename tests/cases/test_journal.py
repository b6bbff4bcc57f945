"""Seal, verify, erase, record in bulk, and what a new calendar does: the journal's promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from jinli.cases.models import Assignment, Case, Clock, Entry, EntryPayload, Notice, Seal, SearchRow
from jinli.cases.services import OpenCase, make_move, open_case, tick
from jinli.cases.services.bulk import LINKED, Script, ScriptedAct, record_many
from jinli.cases.services.erasing import apply_erasure_register, erase_payload
from jinli.cases.services.moving import MakeMove
from jinli.cases.services.outbox import hold_outbox, release_outbox, send_waiting
from jinli.cases.services.recalendaring import recompute_due
from jinli.cases.services.sealing import seal_town
from jinli.cases.services.verifying import Finding, verify_town
from jinli.domain.limits import TimeLimit, Unit
from jinli.town.acting import resident
from jinli.town.models import CalendarYear
from jinli.town.moment import frozen_at
from jinli.town.stamps import renew_time_stamps
from tests.cases.small import Small, at, build
from tests.cases.test_engine import BODIES, COVER, blown, moved, opened, spec
from tests.domain.procedures import WHISTLE_TERMS
from tests.shared import shared


@shared
def small() -> Small:
    return build()


def findings(small: Small) -> list[Finding]:
    return [found for found in verify_town(small.town) if isinstance(found, Finding)]


def played(small: Small) -> tuple[Case, Case]:
    case, whistle = blown(small)
    moved(small, "2026-09-18 14:50", whistle, "sign_in", small.ecology, track="a1")
    tick(at("2026-09-18 16:00"))
    assert seal_town(small.town, at("2026-09-18 23:00")) is not None
    moved(small, "2026-09-19 09:00", whistle, "comment", small.command, given={"note": "催"})
    assert seal_town(small.town, at("2026-09-19 23:00")) is not None
    return case, whistle


@shared
def sealed() -> Small:
    """Return the town with two cases and two seals."""
    small = build()
    played(small)
    return small


def test_an_untouched_town_verifies_clean(sealed: Small) -> None:
    assert findings(sealed) == []
    assert [seal.number for seal in Seal.objects.order_by("number")] == [1, 2]
    assert seal_town(sealed.town, at("2026-09-20 23:00")) is None


#: Every column of every table of the journal's world, and a change of one byte in it.
TAMPERINGS = [
    ("cases_entry", "body", "replace(body, '2026-09-18', '2026-09-17')"),
    ("cases_entry", "move", "'repor7'"),
    ("cases_entry", "hash", "replace(hash, substr(hash, 1, 1), 'z')"),
    ("cases_entry", "previous", "replace(previous, substr(previous, 1, 1), 'z')"),
    ("cases_entry", "commitment", "'00'"),
    ("cases_entry", "track", "'a9'"),
    ("cases_entrypayload", "text", "replace(text, '\"', '''')"),
    ("cases_case", "stage", "'closed'"),
    ("cases_case", "title", "title || 'x'"),
    ("cases_case", "channel", "'walk_in'"),
    ("cases_case", "version", "version + 1"),
    ("cases_case", "seq", "seq + 1"),
    ("cases_case", "sealed_seq", "sealed_seq - 1"),
    ("cases_case", "phase", "'paused'"),
    ("cases_case", "procedure", "procedure || '1'"),
    ("cases_clock", "verdict", "'void'"),
    ("cases_clock", "state", "'paused'"),
    ("cases_clock", "code", "code || 'x'"),
    ("cases_clock", "editions", "'2025/1'"),
    ("cases_assignment", "role", "'assistin'"),
    ("cases_assignment", "outcome", "'reporteb'"),
    ("cases_seal", "heads", "heads || ' '"),
    ("cases_seal", "sealed_at", "(SELECT happened_at FROM cases_entry WHERE seq = 1 LIMIT 1)"),
    ("cases_seal", "root", "replace(root, substr(root, 1, 1), 'z')"),
]


@pytest.mark.parametrize(("table", "column", "change"), TAMPERINGS, ids=[f"{t}.{c}" for t, c, _ in TAMPERINGS])
def test_any_changed_byte_is_found_and_named(sealed: Small, table: str, column: str, change: str) -> None:
    without_guards(lambda cursor: cursor.execute(f"UPDATE {table} SET {column} = {change}"))
    found = findings(sealed)
    assert found, f"a change of {table}.{column} went unnoticed"


def without_guards(run: Callable[[object], object]) -> None:
    """Change the database as somebody who holds it can: with the triggers off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            for name in ("entry_no_update", "seal_no_update", "payload_no_update"):
                cursor.execute(f"DROP TRIGGER IF EXISTS cases_{name}")
        run(cursor)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")


def test_erasing_leaves_the_chain_whole_and_nothing_to_find(small: Small) -> None:
    case = opened(small, met={"name": "梁某", "telephone": "13800000426"})
    with frozen_at(at("2026-09-25 10:00")):
        assert erase_payload(acting=small.head, case=case, basis="个人信息保护法第四十七条") == 1
    assert not EntryPayload.objects.filter(entry__case=case).exists()
    assert not SearchRow.objects.filter(case=case).exists()
    assert findings(small) == []
    last = case.entries.order_by("-seq")[0]
    assert last.move == "payload_erased"
    assert apply_erasure_register() == 0


def test_a_restored_payload_is_erased_again_from_the_register(small: Small) -> None:
    case = opened(small)
    held = EntryPayload.objects.get(entry__case=case)
    with frozen_at(at("2026-09-25 10:00")):
        erase_payload(acting=small.head, case=case, basis="依据")
        EntryPayload.objects.create(entry_id=held.entry_id, salt=held.salt, text=held.text)
        assert apply_erasure_register() == 1
    assert not EntryPayload.objects.filter(entry__case=case).exists()


def scripts(small: Small, *, count: int = 3) -> Iterator[Script]:
    for number in range(count):
        start = at("2026-09-18 09:00") + timedelta(minutes=number)
        given = {"kind": "ordinary", "duty_line": "47", "lead": "ecology", "reason": "无权取样"}
        linked = OpenCase(
            type_code="whistle", title="吹哨", channel="page", given=given, terms=WHISTLE_TERMS, bodies=BODIES
        )
        handle = {"handle": TimeLimit(amount=10, unit=Unit.WORKING_DAY)}
        yield Script(
            source="test",
            key=f"t-{number}",
            acting=resident(small.town.pk),
            spec=spec(happened_at=start, place=small.places["east"]),
            until=at("2026-10-20 00:00"),
            acts=[
                ScriptedAct(
                    at=start + timedelta(minutes=5), acting=small.command, move="file",
                    given={"standard": "s", "handler": "command"}, terms=handle,
                ),
                ScriptedAct(at=at("2026-09-18 11:05"), acting=small.command, move="blow", given=given, linked=linked),
                ScriptedAct(at=at("2026-09-18 11:10"), acting=small.head, move="approve", on=LINKED),
                ScriptedAct(
                    at=at("2026-09-18 11:40"), acting=small.command, move="dispatch", on=LINKED,
                    given={"lead": "ecology"},
                ),
                ScriptedAct(at=at("2026-09-18 11:58"), acting=small.ecology, move="sign_in", on=LINKED, track="a1"),
                ScriptedAct(
                    at=at("2026-09-21 10:00"), acting=small.ecology, move="report", on=LINKED, track="a1",
                    given={"result": "已清"},
                ),
                ScriptedAct(
                    at=at("2026-09-22 10:00"), acting=small.grid, move="verify_passed", on=LINKED,
                    given={"result": "好"},
                ),
                ScriptedAct(
                    at=at("2026-09-22 11:00"), acting=small.command, move="call_back", given={"answer": "solved"}
                ),
            ],
        )  # fmt: skip


def test_recording_in_bulk_gives_what_one_by_one_gives(small: Small) -> None:
    salts = iter(bytes([n]) * 16 for n in range(200))
    recorded = list(record_many(town=small.town, scripts=scripts(small), salt=lambda: next(salts)))
    assert (recorded[0].cases, recorded[0].refused) == (6, ())
    assert findings(small) == []
    case = Case.objects.filter(type_code="grid_report").order_by("number")[0]
    assert (case.stage, case.phase) == ("closed", "closed")

    other = build("990102001")
    for script in scripts(other, count=3):
        with frozen_at(script.spec.happened_at):  # type: ignore[arg-type]
            answer = open_case(acting=script.acting, town=other.town, spec=script.spec)
        last = Case.objects.get(town=other.town, number=answer.number)
        for act in script.acts:
            target = last if act.on != LINKED else Case.objects.get(origin=last)
            moved(
                other, f"{act.at:%Y-%m-%d %H:%M}", target, act.move, act.acting, track=act.track, given=act.given,
                terms=act.terms, linked=act.linked,
            )  # fmt: skip
    with frozen_at(at("2026-10-20 00:00")):
        tick(at("2026-10-20 00:00"))

    def journal(town: int) -> list[tuple[str, int, str, str, datetime]]:
        rows = Entry.objects.filter(case__town=town).order_by("case__number", "seq")
        return list(rows.values_list("case__number", "seq", "move", "track", "happened_at"))

    assert journal(small.town.pk) == journal(other.town.pk)


def test_a_repeated_bulk_run_adds_nothing(small: Small) -> None:
    list(record_many(town=small.town, scripts=scripts(small), chunk=2))
    before = (Case.objects.count(), Entry.objects.count(), Notice.objects.count())
    again = list(record_many(town=small.town, scripts=scripts(small), chunk=2))
    assert sum(chunk.cases for chunk in again) == 0
    assert (Case.objects.count(), Entry.objects.count(), Notice.objects.count()) == before


def publish_2027(small: Small) -> None:
    """A made-up edition for the test: 1 to 3 January off, Saturday 9 January made up."""
    nation = small.town.parent.parent  # type: ignore[union-attr]
    off = [{"date": f"2027-01-0{day}", "name": "元旦", "off": True} for day in (1, 2, 3)]
    made_up = [{"date": "2027-01-09", "name": "元旦", "off": False}]
    CalendarYear.objects.create(
        division=nation, year=2027, edition=2, published=True, paper="测试", days=[*off, *made_up],
        loaded_at=datetime(2026, 12, 28, tzinfo=UTC),
    )  # fmt: skip
    renew_time_stamps(nation)  # type: ignore[arg-type]
    small.town.refresh_from_db()


def test_a_published_year_moves_provisional_due_moments_and_the_journal_says_why(small: Small) -> None:
    case = opened(small, "2026-12-24 09:00")
    terms = {"handle": TimeLimit(amount=10, unit=Unit.WORKING_DAY)}
    moved(
        small,
        "2026-12-24 09:10",
        case,
        "file",
        small.command,
        given={"standard": "s", "handler": "village"},
        terms=terms,
    )
    clock = case.clocks.get(code="handle")
    # 25, 28-31 December, then plain weekdays: 1, 4, 5, 6, 7 January.
    assert (clock.provisional, clock.due_at) == (True, at("2027-01-08 00:00"))
    publish_2027(small)
    assert recompute_due(small.town, at("2026-12-28 10:00")) == 1
    clock.refresh_from_db()
    # New Year's Day is off now: 4, 5, 6, 7, 8 January.
    assert (clock.provisional, clock.due_at) == (False, at("2027-01-09 00:00"))
    entry = case.entries.order_by("-seq")[0]
    assert entry.move == "due_moved"
    assert '"calendar":"2026/1,2027/2"' in entry.body
    assert Notice.objects.filter(move="due_moved", to_body__code="village").exists()
    assert recompute_due(small.town, at("2026-12-28 10:01")) == 0
    assert findings(small) == []


def test_a_calendar_never_makes_a_running_promise_late_after_the_fact(small: Small) -> None:
    case = opened(small, "2026-12-31 09:00")
    terms = {"handle": TimeLimit(amount=6, unit=Unit.WORKING_DAY)}
    moved(
        small,
        "2026-12-31 09:10",
        case,
        "file",
        small.command,
        given={"standard": "s", "handler": "village"},
        terms=terms,
    )
    clock = case.clocks.get(code="handle")
    before = clock.due_at
    nation = small.town.parent.parent  # type: ignore[union-attr]
    made_up = [{"date": day, "name": "元旦", "off": False} for day in ("2027-01-02", "2027-01-03")]
    CalendarYear.objects.create(
        division=nation, year=2027, edition=2, published=True, days=made_up, loaded_at=datetime(2027, 1, 8, tzinfo=UTC)
    )
    renew_time_stamps(nation)  # type: ignore[arg-type]
    now = before - timedelta(hours=1)
    assert recompute_due(small.town, now) == 1
    clock.refresh_from_db()
    assert (clock.verdict, clock.due_at) == ("open", before)
    assert Notice.objects.filter(move="due_moved", to_body__code="government").exists()
    assert findings(small) == []


@pytest.mark.parametrize("every", [timedelta(minutes=37), timedelta(hours=9), timedelta(days=3)])
def test_the_journal_does_not_depend_on_how_often_the_engine_ticks(small: Small, every: timedelta) -> None:
    case = opened(small, "2026-09-24 09:00")
    now, end = at("2026-09-24 09:00"), at("2026-10-20 00:00")
    while now < end:
        now = min(now + every, end)
        tick(now)
        tick(now)
    found = [(entry.seq, entry.move, entry.happened_at) for entry in case.entries.order_by("seq")]
    assert found == [
        (1, "report", at("2026-09-24 09:00")),
        (2, "supervise", at("2026-09-24 09:30")),
        (3, "escalate", at("2026-09-24 16:00")),
    ]


def test_every_open_case_has_a_live_clock_and_somebody_responsible(small: Small) -> None:
    played(small)
    opened(small)
    for case in Case.objects.exclude(phase="closed"):
        live = Clock.objects.filter(case=case).exclude(state="stopped").exists()
        assert live or Assignment.objects.filter(case=case, outcome="").exists()
        assert case.owner_id is not None


def test_a_decision_a_second_before_due_and_the_due_moment_itself(small: Small) -> None:
    case = opened(small, "2026-09-24 09:00")
    given = {"standard": "s", "handler": "village"}
    case.refresh_from_db()
    act = MakeMove(case=case.pk, move="file", version=case.version, given=given, terms=COVER)
    with frozen_at(at("2026-09-24 09:29") + timedelta(seconds=59)):
        make_move(acting=small.command, act=act)
    assert case.clocks.get(code="intake").verdict == "kept"
    late = opened(small, "2026-09-24 09:00")
    moved(small, "2026-09-24 09:30", late, "file", small.command, given=given, terms=COVER)
    assert late.clocks.get(code="intake").verdict == "broken"
    assert findings(small) == []


def test_a_message_leaves_once_in_words_and_waits_while_it_is_on_hold(small: Small) -> None:
    case = opened(small, met={"name": "梁某", "telephone": "13800000426"})
    moved(small, "2026-09-24 18:05", case, "inform_reporter", small.command, given={"reply": "师傅已在路上"})
    assert (hold_outbox(), send_waiting(at("2026-09-24 18:06"))) == (1, 0)
    assert (release_outbox(), send_waiting(at("2026-09-24 18:07"))) == (1, 1)
    assert send_waiting(at("2026-09-24 18:08")) == 0
    line = (settings.HOME / "outbox.log").read_text(encoding="utf-8").splitlines()[-1]
    assert "师傅已在路上" in line
    assert "13800000426" not in line
