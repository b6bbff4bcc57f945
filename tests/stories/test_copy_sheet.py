"""A report goes into the province's system by hand: copied field by field, one wrong number, one right, known again.

Thursday 2026-09-24, 17:50 to Monday 2026-09-28. The three days from the 25th are the mid-autumn holiday.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from jinli.cases.models import Case, Clock
from jinli.cases.services.verifying import verify_town
from jinli.exchange.models import ForeignRecord
from jinli.exchange.selectors.foreign import case_by_foreign_number
from jinli.town.models import AccessEntry
from jinli.town.moment import frozen_at
from tests.cases.staff import REPORTER, Staff, at, staffed
from tests.exchange.sheets.forms import EVENT, SYSTEM, prescribe
from tests.lines.grid.whistling import due, journal, lines

RIGHT, WRONG = "YPA-20260928-0071", "YPA-20260928-0017"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with frozen_at(at("2026-09-24 17:50")):
        yield


@pytest.fixture
def staff(db: None) -> Staff:
    found = staffed()
    prescribe(found.small.town)
    return found


def clocks(case: Case) -> list[dict[str, Any]]:
    return list(Clock.objects.filter(case=case).order_by("key").values())


def test_a_report_is_retyped_and_its_number_there_is_corrected(staff: Staff) -> None:
    earlier = staff.filed("2026-09-24 08:40", title="路灯不亮")
    case = staff.filed("2026-09-24 17:50", title="上水井盖：井盖丢失、移位或开裂，行人车辆有危险，夜间没有警示灯")
    assert due(case, "handle") == "2026-10-16 00:00"
    before = clocks(case)
    clerk, other = staff.client("command"), staff.client("command2")
    sheet = f"/sheets/{case.pk}/{EVENT}/"

    with frozen_at(at("2026-09-28 09:00")):  # the clerk opens the sheet beside the window of the other system
        answer: Any = clerk.get(sheet)
        shown = unescape(answer.content.decode())
        values = {field.label: field for field in answer.context["page"].fields}
        assert values["上报时间"].text == "2026-09-24 17:50:00"
        assert values["办理时限"].text == "2026-10-15"
        # 31 characters, and 30 fit.
        assert (len(values["事件名称"].text), values["事件名称"].tail) == (31, "灯")
        assert values["经度"].shown == "未知（无来源）"
        assert REPORTER["telephone"] not in shown

    with frozen_at(at("2026-09-28 09:02")):  # the telephone needs a reason, and the look is recorded
        whole = clerk.post(f"{sheet}reveal/", {"reason": "录入粤平安"})
        assert REPORTER["telephone"] in whole.content.decode()
    entry = AccessEntry.objects.get()
    assert (entry.at, entry.case_number, entry.reason) == (at("2026-09-28 09:02"), case.number, "录入粤平安")
    assert entry.person == staff.small.people["command"]

    with frozen_at(at("2026-09-28 09:10")):  # the number of the row above, already noted for another report
        sent = {"version": "0", "key": "earlier", "foreign_number": WRONG}
        assert clerk.post(f"/sheets/{earlier.pk}/{EVENT}/note/", sent).status_code == 302
        refused = clerk.post(f"{sheet}note/", {"version": "0", "key": "a", "foreign_number": WRONG})
        assert refused.status_code == 422
        assert f"{WRONG} 已经记在 {earlier.number}（路灯不亮）上" in unescape(refused.content.decode())

    with frozen_at(at("2026-09-28 09:12")):  # digits swapped; noted, seen, corrected
        swapped = RIGHT.replace("0071", "0710")
        assert clerk.post(f"{sheet}note/", {"version": "0", "key": "b", "foreign_number": swapped}).status_code == 302
    with frozen_at(at("2026-09-28 09:13")):  # a colleague with an older page is told, and nothing is written
        late = other.post(f"{sheet}note/", {"version": "0", "key": "c", "foreign_number": "YPA-1"})
        assert late.status_code == 409
        assert swapped in late.content.decode()
    with frozen_at(at("2026-09-28 09:20")):
        form = {"version": "1", "key": "d", "foreign_number": f" {RIGHT} "}
        assert clerk.post(f"{sheet}note/", form).status_code == 302
        assert clerk.post(f"{sheet}note/", form).status_code == 302, "sent twice"

    assert lines(case) == [
        ("09-24 17:50", "case", "report"),
        ("09-24 17:50", "case", "file"),
        ("09-28 09:12", "case", "noted_there"),
        ("09-28 09:20", "case", "noted_there"),
    ]
    noted = [one["noted"] for one in journal(case) if one["move"] == "noted_there"]
    assert noted == [
        {"name": "粤平安", "number": swapped, "system": SYSTEM},
        {"name": "粤平安", "number": RIGHT, "system": SYSTEM, "was": swapped},
    ]
    assert clocks(case) == before
    with frozen_at(at("2026-09-28 09:30")):
        page = unescape(clerk.get(f"/cases/{case.pk}/").content.decode())
    assert f"粤平安，编号更正为 {RIGHT}（原记 {swapped}）" in page
    assert RIGHT in page.split('id="elsewhere"')[1].split("</section>")[0]
    assert case_by_foreign_number(staff.small.town, SYSTEM) == {WRONG: earlier.pk, RIGHT: case.pk}
    assert ForeignRecord.objects.get(case=case).noted_at == at("2026-09-28 09:20")
    assert AccessEntry.objects.count() == 1
    assert [one for one in verify_town(staff.small.town) if not isinstance(one, int)] == []
