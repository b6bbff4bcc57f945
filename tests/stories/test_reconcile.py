"""S2. A second export some days later reconciles exactly: what changed, what is new, what vanished; then it is decided.

The small town lives through 260 matters; `make proof` through ten thousand with 500 changed, 20 new and 3 vanished.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.test import Client

from jinli.cases.models import Case, Clock, Entry
from jinli.cases.services.verifying import Finding, verify_town
from jinli.exchange.models import Difference, ImportRun, Mirror, Source
from jinli.town.moment import frozen_at
from tests.cases.staff import Staff, at, staffed
from tests.exchange.imports.town import hotline, taken, ticket
from tests.exchange.reconciling.town import LEGAL

pytestmark = pytest.mark.django_db
FIRST, SECOND, NOW = "2026-09-28 10:05", "2026-09-30 09:00", "2026-09-30 10:05"


@dataclass(frozen=True)
class Size:
    """How large the first export is, and what the second one changes."""

    rows: int
    changed: int
    new: int
    vanished: int


def _number(place: int) -> str:
    return f"GZ2026{place:06d}"


def _exports(size: Size) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return two exports: the first and last row show which days they cover."""
    first = [
        ticket(_number(place), 派单时间=f"2026-09-2{place % 4 + 2} 0{place % 8 + 1}:00") for place in range(size.rows)
    ]
    first[0]["派单时间"], first[-1]["派单时间"] = "2026-09-21 08:00", "2026-09-26 20:00"
    later = [dict(row) for row in first]
    for place in range(1, size.changed + 1):
        cells = ({"办理状态": "待回访"}, {"承办单位": "ecology"}, {"办理时限": "2026-10-12 18:00"},
                 {"办结时间": "2026-09-29 11:00", "办理状态": "已办结"})[place % 4]  # fmt: skip
        later[place].update(cells)
    gone = range(size.changed + 1, size.changed + 1 + size.vanished)
    later = [row for place, row in enumerate(later) if place not in gone]
    later += [ticket(_number(size.rows + place), 派单时间="2026-09-25 10:00") for place in range(size.new)]
    return first, later


def _reconciled(staff: Staff, source: Source, size: Size) -> ImportRun:
    first, later = _exports(size)
    run = taken(staff.small, source, first, when=FIRST)
    assert (run.counts["new"], run.counts["changed"], run.counts["refused"]) == (size.rows, 0, 0)
    run = taken(staff.small, source, later, when=SECOND)
    assert {name: run.counts[name] for name in ("changed", "new", "vanished", "unchanged", "refused")} == {
        "changed": size.changed, "new": size.new, "vanished": size.vanished,
        "unchanged": size.rows - size.changed - size.vanished, "refused": 0,
    }  # fmt: skip
    assert Case.objects.count() == Mirror.objects.filter(current=True).count() == size.rows + size.new
    assert Difference.objects.filter(kind="vanished", state="open").count() == size.vanished
    again = taken(staff.small, source, later, when="2026-09-30 09:30")
    assert (again.counts["changed"], again.counts["new"], again.counts["vanished"]) == (0, 0, 0)
    return run


def _press(browser: Client, number: str, do: str, **more: str) -> str:
    """Press a button of a row on the page of differences."""
    page = browser.get("/differences/").content.decode()
    one = Difference.objects.get(mirror__foreign_number=number, state="open")
    form = page.split(f"/differences/{one.pk}/{do}/")[1].split("</form>")[0]
    sent = dict(re.findall(r'name="(version|key|next)" value="([^"]*)"', form))
    answer = browser.post(f"/differences/{one.pk}/{do}/", {**sent, **more}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def _moves(number: str) -> list[str]:
    rows = Entry.objects.filter(case__foreign_number=number).order_by("case__opened_at", "seq")
    return list(rows.values_list("move", flat=True))


def _clean(staff: Staff) -> bool:
    return not [found for found in verify_town(staff.small.town) if isinstance(found, Finding)]


def _source(staff: Staff) -> Source:
    source = hotline(staff.small)
    source.rules = [LEGAL]
    source.save()
    return source


def test_s2_a_second_export_reconciles_exactly_and_its_differences_are_decided_on_the_page() -> None:
    staff, size = staffed(), Size(rows=260, changed=40, new=20, vanished=3)
    _reconciled(staff, _source(staff), size)
    gone = [_number(size.changed + place) for place in (1, 2, 3)]
    browser = staff.client("command")
    with frozen_at(at(NOW)):
        assert "新导出里没有了 3 项" in browser.get("/differences/").content.decode()
        assert "已按对方改" in _press(browser, gone[0], "accept")
        assert "已记下异议" in _press(browser, gone[1], "dispute", reason="9 月 29 日还收到补充材料")
        objections = browser.get("/differences/export/?which=disputed").content.decode("utf-8-sig")
        case = browser.get(f"/cases/{Case.objects.get(foreign_number=gone[1]).pk}/").content.decode()
    assert gone[1] in objections
    assert "9 月 29 日还收到补充材料" in objections
    assert gone[0] not in objections
    assert "有异议" in case
    assert _moves(gone[0]) == ["import", "missing_there", "gone_there"]
    assert _moves(gone[1]) == ["import", "missing_there", "dispute_difference"]
    assert set(Clock.objects.filter(case__foreign_number=gone[0]).values_list("verdict", flat=True)) == {"void"}
    assert set(Clock.objects.filter(case__foreign_number=gone[1]).values_list("verdict", flat=True)) == {"open"}
    _, later = _exports(size)
    later.append(ticket(gone[1], 派单时间="2026-09-24 09:00"))
    later[-1]["派单时间"] = next(row for row in _exports(size)[0] if row["工单编号"] == gone[1])["派单时间"]
    taken(staff.small, Source.objects.get(), later, when="2026-10-09 09:00")
    states = dict(Difference.objects.values_list("mirror__foreign_number", "state"))
    assert states == {gone[0]: "accepted", gone[1]: "gone", gone[2]: "open"}
    assert _moves(gone[1])[-1] == "seen_again_there"
    assert _clean(staff)


@pytest.mark.proof
def test_s2_ten_thousand_rows_reconcile_exactly() -> None:
    staff = staffed()
    _reconciled(staff, _source(staff), Size(rows=10_000, changed=500, new=20, vanished=3))
    assert _clean(staff)
