"""Filing under a standard, the six lawful exits, solving with its draw, calling back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jinli.cases.models import Case
from jinli.cases.services import make_move
from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import DomainError
from jinli.lines.grid.models import ClassStandard
from jinli.lines.grid.services import intake, reports
from jinli.lines.grid.services.reports import Promise
from jinli.town.acting import Acting
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.lines.grid.town import build_grid, hidden, signed_in
from tests.shared import shared

REPORTED = "2026-09-24 17:50"


@shared
def small() -> Small:
    return build_grid()


def reported(small: Small, when: str = REPORTED, **told: str) -> Case:
    known = {"text": "三队祠堂前的污水井盖不见了", "place": "east", "telephone": "13800000426", **told}
    with frozen_at(at(when)):
        opened = intake.report_public(town=small.town, told=intake.Told(**known), key=f"key-{Case.objects.count()}")
    return Case.objects.get(pk=opened.id)


def filed(small: Small, case: Case, standard: str = "P0102-1", when: str = "2026-09-24 18:05", **more: Any) -> Case:
    with frozen_at(at(when)):
        reports.file_report(acting=small.command, case=case.pk, version=1, standard=standard, **more)
    case.refresh_from_db()
    return case


def facts_of(case: Case, move: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(case.entries.filter(move=move).latest("seq").body)
    return found


def test_filing_copies_limit_source_and_standard_and_sends_it_to_the_routed_body(small: Small) -> None:
    case = filed(small, reported(small))
    assert (case.title, case.class_code) == ("污水井盖：井盖丢失、移位或开裂，行人车辆有危险", "P0102")
    clock = case.clocks.get(code="handle")
    assert clock.due_at == at("2026-09-24 19:50"), "two hours from the report, not from filing"
    assert clock.limit["source"] == "外地标准（样本）"
    body = facts_of(case, "file")
    assert body["bodies"] == {"handler": "command"}, "after hours the rule of the night wins"
    assert body["facts"]["route"] == "night"
    assert body["facts"]["standard"] == "P0102-1"
    assert body["facts"]["standard_edition"] == 1


def test_by_day_another_body_handles_the_same_class(small: Small) -> None:
    case = filed(small, reported(small, "2026-09-24 10:00"), when="2026-09-24 10:05")
    assert facts_of(case, "file")["bodies"] == {"handler": "government"}


def test_a_standard_without_limit_needs_a_promise_by_a_named_person(small: Small) -> None:
    case = reported(small)
    with pytest.raises(DomainError, match="promise_missing"):
        filed(small, case, "P0102-2")
    nameless = Acting(town=small.town.pk, body="command", roles=frozenset({"command_centre"}))
    with frozen_at(at("2026-09-24 18:05")), pytest.raises(DomainError, match="promise_missing"):
        reports.file_report(
            acting=nameless, case=case.pk, version=1, standard="P0102-2", promise=Promise(amount=1, unit="working_day")
        )
    filed(small, case, "P0102-2", promise=Promise(amount=1, unit="working_day"))
    # 25 to 27 September are the holiday: the one working day is the 28th.
    assert case.clocks.get(code="handle").due_at == at("2026-09-29 00:00")
    assert facts_of(case, "file")["given"]["promise"] == "1 working_day"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        pytest.param({"handler": "government"}, "handler_reason_missing", id="another body without reason"),
        pytest.param({"handler": "water", "handler_reason": "x"}, "not_a_handler", id="a department of the district"),
        pytest.param({"standard": "P9999-1"}, "no_such_standard", id="a standard that is not there"),
    ],
)
def test_filing_is_refused_at_the_field(small: Small, more: dict[str, str], why: str) -> None:
    case = reported(small)
    with pytest.raises(DomainError, match=why):
        filed(small, case, **more)
    assert case.entries.count() == 1


def test_another_body_with_a_reason_is_the_centres_to_choose(small: Small) -> None:
    case = filed(small, reported(small), handler="government", handler_reason="值班组在别处")
    body = facts_of(case, "file")
    assert (body["bodies"]["handler"], body["facts"]["route"]) == ("government", "")
    assert "值班组在别处" not in json.dumps(body, ensure_ascii=False)


def test_a_superseded_standard_is_no_longer_filed_by(small: Small) -> None:
    ClassStandard.objects.filter(code="P0102-1").update(superseded_at=at("2026-09-01 00:00"))
    with pytest.raises(DomainError, match="no_such_standard"):
        filed(small, reported(small))


def test_the_filing_page_compares_standards_and_says_why_this_handler(small: Small) -> None:
    first = filed(small, reported(small))
    case = reported(small)
    client = signed_in(small, "command")
    with frozen_at(at("2026-09-24 18:00")):
        page = client.get(f"/reports/{case.pk}/file/").content.decode()
        assert "污水井盖" in page, "the words of the report suggest the class"
        page = client.get(f"/reports/{case.pk}/file/?q=井盖&class=P0102").content.decode()
        assert "今天 19:50" in page
        assert "要具名承诺" in page
        assert "用这一条：最具体" in page
        assert "也符合，但另一条写明了时段" in page
        assert first.number in page, "the same place and class is pointed out"
        assert "138****0426" in page
        assert "13800000426" not in page


def test_the_filing_page_files_and_a_refusal_keeps_what_was_typed(small: Small) -> None:
    case = reported(small)
    client = signed_in(small, "command")
    url = f"/reports/{case.pk}/file/?class=P0102"
    with frozen_at(at("2026-09-24 18:05")):
        page = client.get(url)
        given = {"key": hidden(page, "key"), "version": hidden(page, "version"), "handler": "command"}
        refused = client.post(url, {**given, "standard": "P0102-2", "handler_reason": "就近"})
        assert refused.status_code == 422
        assert "由你具名承诺" in refused.content.decode()
        assert 'value="就近"' in refused.content.decode()
        assert 'value="P0102-2" checked' in refused.content.decode()
        answers = [client.post(url, {**given, "standard": "P0102-1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302], "sent twice is filed once"
    assert case.entries.filter(move="file").count() == 1


def test_a_page_older_than_the_case_is_refused_with_409(small: Small) -> None:
    case = reported(small)
    client = signed_in(small, "command2")
    url = f"/reports/{case.pk}/file/?class=P0102"
    with frozen_at(at("2026-09-24 18:05")):
        page = client.get(url)
        given = {"key": hidden(page, "key"), "version": hidden(page, "version"), "handler": "command"}
        filed(small, case)
        assert client.post(url, {**given, "standard": "P0102-1"}).status_code == 409


EXITS = [
    ("emergency", "120"), ("other_channel", "petition"), ("private", ""), ("outside_duties", ""), ("unlawful", ""),
]  # fmt: skip


@pytest.mark.parametrize(("exit", "detail"), EXITS)
def test_each_lawful_exit_ends_the_report_with_reason_and_reply(small: Small, exit: str, detail: str) -> None:
    case = reported(small)
    with frozen_at(at("2026-09-24 18:00")):
        reports.exit_report(
            acting=small.command, case=case.pk, version=1, exit=exit, reason="理由", reply="答复", detail=detail
        )
    case.refresh_from_db()
    assert (case.stage, case.phase) == ("exited", "closed")
    assert case.clocks.get(code="intake").verdict == "kept"
    assert json.loads(case.entries.get(move="exit").payload.text) == {"reason": "理由", "reply": "答复"}


def test_a_repetition_names_the_earlier_report(small: Small) -> None:
    first, second = reported(small), reported(small)
    args: dict[str, Any] = {"acting": small.command, "case": second.pk, "version": 1, "exit": "repeated"}
    with frozen_at(at("2026-09-24 18:00")):
        for detail in ("", "网2026-09999", second.number):
            with pytest.raises(DomainError, match="repeated"):
                reports.exit_report(**args, reason="同一件", reply="看那一件", detail=detail)
        reports.exit_report(**args, reason="同一件", reply="看那一件", detail=first.number)
    assert facts_of(second, "exit")["given"]["detail"] == first.number


@pytest.mark.parametrize("missing", [{"exit": "other"}, {"detail": "911"}, {"reason": " "}, {"reply": ""}], ids=str)
def test_an_exit_that_lacks_something_is_refused(small: Small, missing: dict[str, str]) -> None:
    case = reported(small)
    known = {"exit": "emergency", "detail": "120", "reason": "理由", "reply": "答复", **missing}
    with frozen_at(at("2026-09-24 18:00")), pytest.raises(DomainError):
        reports.exit_report(acting=small.command, case=case.pk, version=1, **known)  # type: ignore[arg-type]
    assert case.entries.count() == 1


def test_the_page_of_exits_says_at_the_field_what_is_missing(small: Small) -> None:
    case = reported(small)
    client = signed_in(small, "command")
    with frozen_at(at("2026-09-24 18:00")):
        page = client.get(f"/reports/{case.pk}/exit/")
        given = {"key": hidden(page, "key"), "version": hidden(page, "version"), "exit": "emergency"}
        given |= {"reason": "有人受伤", "reply": "已转 120"}
        refused = client.post(page.request["PATH_INFO"], given)
        assert refused.status_code == 422
        assert "选转哪条紧急电话" in refused.content.decode()
        assert "有人受伤" in refused.content.decode()
        assert client.post(page.request["PATH_INFO"], {**given, "line": "120"}).status_code == 302


def solved(small: Small, case: Case, when: str = "2026-09-24 18:30", **more: Any) -> Case:
    with frozen_at(at(when)):
        reports.solve(acting=small.command, case=case.pk, version=case.version, result="清走了", **more)
    case.refresh_from_db()
    return case


def rubbish(small: Small, share: int) -> Case:
    small.town.settings = {"sample_share": share}
    small.town.save()
    return filed(small, reported(small), "E0110-1", handler="command", handler_reason="就近")


def test_what_the_town_solves_itself_is_called_back_at_once(small: Small) -> None:
    case = solved(small, rubbish(small, 0))
    assert case.stage == "callback"
    assert facts_of(case, "solve_at_once")["facts"] == {"sampled": False}


def test_a_drawn_one_is_verified_by_somebody_else(small: Small) -> None:
    case = solved(small, rubbish(small, 100))
    assert case.stage == "verifying"
    assert facts_of(case, "solve")["facts"] == {"sampled": True}


def test_everything_else_is_always_verified(small: Small) -> None:
    assert solved(small, filed(small, reported(small))).stage == "verifying"


def test_nobody_steers_the_draw_it_follows_from_the_entry_that_filed_the_report(small: Small) -> None:
    case = rubbish(small, 50)
    before = reports.drawn_for_check(case)
    for number in range(6):
        with frozen_at(at(f"2026-09-24 18:1{number}")):
            act = MakeMove(case=case.pk, move="comment", version=case.version, given={"note": str(number)})
            make_move(acting=small.command, act=act)
        assert reports.drawn_for_check(case) == before


def test_the_share_of_the_draw_is_near_what_the_town_set() -> None:
    drawn = sum(reports.drawn(f"{number:064x}", 0, 5) for number in range(20_000))
    assert 800 < drawn < 1200


def test_what_is_recorded_afterwards_needs_a_reason(small: Small) -> None:
    case = filed(small, reported(small))
    with pytest.raises(DomainError, match="needs"):
        solved(small, case, happened_at=at("2026-09-24 18:20"))
    solved(small, case, happened_at=at("2026-09-24 18:20"), late_reason="现场没有信号")
    assert facts_of(case, "solve")["back_recorded"] is True
    assert case.clocks.get(code="handle").ended_at == at("2026-09-24 18:20")


def test_a_handler_solves_on_its_page_and_others_do_not_find_it(small: Small) -> None:
    case = filed(small, reported(small))
    url = f"/reports/{case.pk}/solve/"
    assert signed_in(small, "grid").get(url).status_code == 404
    client = signed_in(small, "command")
    with frozen_at(at("2026-09-24 19:20")):
        page = client.get(url)
        assert "由别的人到现场核查" in page.content.decode()
        given = {"key": hidden(page, "key"), "version": hidden(page, "version"), "result": "换了新井盖"}
        assert client.post(url, given).status_code == 302
    assert facts_of(case, "solve")["happened_at"].startswith("2026-09-24T11:20")


def test_a_closed_move_says_why(small: Small) -> None:
    case = filed(small, reported(small))
    page = signed_in(small, "command").get(f"/reports/{case.pk}/file/").content.decode()
    assert "到“待立案”才能办" in page


def test_rerouting_moves_no_clock(small: Small) -> None:
    case = filed(small, reported(small))
    with frozen_at(at("2026-09-24 18:10")):
        with pytest.raises(DomainError, match="not_a_handler"):
            reports.reroute_report(acting=small.command, case=case.pk, version=2, handler="command", reason="x")
        reports.reroute_report(acting=small.command, case=case.pk, version=2, handler="village", reason="就近")
    clock = case.clocks.get(code="handle")
    assert (clock.owed_by.code if clock.owed_by else "", clock.due_at) == ("village", at("2026-09-24 19:50"))


def test_calling_back_keeps_what_the_reporter_said(small: Small) -> None:
    case = solved(small, rubbish(small, 0))
    args: dict[str, Any] = {"acting": small.command, "case": case.pk, "version": case.version}
    with frozen_at(at("2026-09-24 19:00")):
        for answer, satisfaction in (("", ""), ("solved", ""), ("solved", "very")):
            with pytest.raises(DomainError, match="missing"):
                reports.call_back(**args, answer=answer, satisfaction=satisfaction)
        reports.call_back(**args, answer="solved", satisfaction="basic", note="下次快点")
    body = facts_of(case, "call_back")
    assert body["given"] == {"answer": "solved", "satisfaction": "basic"}
    assert case.clocks.get(code="contest").verdict == "open"


def test_the_registers_show_standards_with_unknown_limits_as_unknown(small: Small) -> None:
    client = signed_in(small, "grid")
    page = client.get("/registers/standards/").content.decode()
    assert "2 小时（连续）" in page
    assert "未知（无来源）" in page
    assert "暴露垃圾" not in client.get("/registers/standards/?q=井盖").content.decode()
    page = client.get("/registers/routing/").content.decode()
    assert "办公时间以外" in page
    assert client.get("/registers/whistle-kinds/").status_code == 200
