"""S1. Thursday 2026-09-24, 17:50, after office hours: a manhole cover is gone, and the nights count.

A resident without account reports it by village and address. The centre files it under a standard of two urgent
hours, the town solves it itself at 19:20, and the explanation says why the evening counts.
"""

from __future__ import annotations

import json
import re

from django.test import Client

from jinli.cases.models import Case
from jinli.cases.work import take
from jinli.domain.explanation import explain
from jinli.domain.state import replay
from jinli.lines.grid.models import ClassStandard
from jinli.town.moment import frozen_at
from jinli.ui.wording_time import explanation_lines
from tests.cases.small import Small, at
from tests.lines.grid.town import build_grid, hidden, last_case, report_url, signed_in
from tests.shared import shared


@shared
def small() -> Small:
    small = build_grid()
    ClassStandard.objects.filter(code="P0102-1").update(self_solved=True)
    small.town.settings = {"sample_share": 0}
    small.town.save()
    return small


def journal(case: Case) -> list[tuple[str, str, str]]:
    """Return move, moment in town time, and stage after it, as the journal tells them."""
    told = []
    stage = ""
    for text in case.entries.order_by("seq").values_list("body", flat=True):
        body = json.loads(text)
        stage = body.get("stage", stage)
        happened = re.sub(r"\+.*", "", body["happened_at"])[11:16]
        told.append((body["move"], happened, stage))
    return told


def test_s1_a_missing_manhole_cover_after_office_hours(small: Small) -> None:
    resident = Client()
    with frozen_at(at("2026-09-24 17:50")):
        page = resident.get(report_url(small))
        assert "最迟今天 18:20" in page.content.decode()
        sent = resident.post(
            report_url(small),
            {
                "key": hidden(page, "key"), "way": "address", "village": "east", "address": "三队祠堂前，机耕路口",
                "text": "东围村三队祠堂前的污水井盖不见了，洞口露着，没有护栏。", "telephone": "138 0000 0426",
            },
        )  # fmt: skip
        receipt = resident.get(sent.url).content.decode()
    case = last_case()
    assert case.number in receipt
    assert "今天 18:20 前" in receipt
    assert case.place == small.places["east"]

    centre = signed_in(small, "command")
    with frozen_at(at("2026-09-24 18:05")):
        url = f"/reports/{case.pk}/file/"
        assert "污水井盖" in centre.get(url).content.decode()
        page = centre.get(f"{url}?class=P0102")
        given = {"key": hidden(page, "key"), "version": hidden(page, "version"), "handler": "command"}
        assert centre.post(f"{url}?class=P0102", {**given, "standard": "P0102-1"}).status_code == 302
    clock = case.clocks.get(code="handle")
    assert (clock.limit["amount"], clock.limit["unit"]) == (2, "urgent_hour")
    assert clock.started_at == at("2026-09-24 17:50"), "from the report, not from filing"
    assert clock.due_at == at("2026-09-24 19:50")

    with frozen_at(at("2026-09-24 18:30")):
        page = resident.get(f"/t/{small.town.code}/track/progress/").content.decode()
        assert "今天 19:50" in page
        assert "正在处置" in page

    with frozen_at(at("2026-09-24 19:20")):
        page = centre.get(f"/reports/{case.pk}/solve/")
        given = {"key": hidden(page, "key"), "version": hidden(page, "version"), "result": "已盖上新井盖，拆了围挡"}
        assert centre.post(page.request["PATH_INFO"], given).status_code == 302
    clock.refresh_from_db()
    assert (clock.verdict, clock.ended_at) == ("kept", at("2026-09-24 19:20"))

    case.refresh_from_db()
    assert journal(case) == [
        ("report", "09:50", "intake"),
        ("file", "10:05", "handling"),
        ("solve_at_once", "11:20", "callback"),
    ]
    texts = case.entries.order_by("seq").values_list("body", flat=True)
    assert replay(case.number, case.type_code, map(json.loads, texts)).stage == case.stage == "callback"
    assert not any("138" in text or "祠堂" in text for text in texts), "what is personal is not in what is hashed"


def test_s1_the_explanation_says_why_the_evening_counts(small: Small) -> None:
    test_s1_a_missing_manhole_cover_after_office_hours(small)
    work, _ = take(last_case().pk, lock=False)
    clock = next(one for one in work.state.clocks.values() if one.code == "handle")
    told = explanation_lines(explain(clock.started_at, clock.limit, work.book.calendar), lang="zh")
    text = "\n".join(told)
    assert "夜间" in text
    assert "19:50" in told[-2]
    assert "外地标准（样本）" in told[-1]
