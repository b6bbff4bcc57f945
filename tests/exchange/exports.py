"""Exports as four real systems would write them, with an answer key in plain Python for counting independently.

Nothing here uses the code under test. Places and bodies come in as names; everything else is made up and looks it:
people are 测试甲 and the like, telephones begin with 000. About 2 % of the rows carry one fault of a known kind. The
same arguments give the same files.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from tests.exchange.export_records import (
    FAULTS,
    Record,
    World,
    events_of,
    later,
    made_records,
    projects_of,
    services_of,
    tickets_of,
)

__all__ = ["FAULTS", "Export", "Variant", "make_exports", "variant"]

PEOPLE = ("测试甲", "测试乙", "测试丙", "测试丁", "测试戊")
STRANGE_BODY = "从没听说过的办公室（测试）"
TICKET_HEADINGS = (
    "序号 工单编号 诉求标题 诉求内容 诉求类别 承办单位编码 承办单位 所属村居 "
    "诉求来源 工单状态 派单时间 办理时限 办结时间 诉求人 联系电话"
)
SERVICE_HEADINGS = (
    "申办流水号 事项名称 实施编码 承办部门编码 承办部门 申请人 联系电话 所属区域 "
    "收件时间 承诺办结时间 办结时间 办理状态"
)  # fmt: skip
PROJECT_HEADINGS = (
    "序号 项目代码 项目名称 项目类型 主管部门编码 主管部门 建设地点 所属村居 "
    "备案日期 计划竣工时间 竣工时间 总投资（万元）"
)
EVENT_PARENTS = "序号 事件编号 事件标题 事件小类 责任单位 所属网格 办理情况 - - 坐标 - 上报人"
EVENT_CHILDREN = "- - - - - - 上报时间 到期时间 办结时间 经度 纬度 -"


@dataclass(frozen=True)
class Export:
    """A file and what is in it: `truth` in the order of the file, without the rows named in `faults`."""

    path: Path
    truth: list[dict[str, Any]]
    faults: list[tuple[int, str]]
    lines: list[int] = field(default_factory=list)
    """Line number of every row, faulty ones too."""


@dataclass(frozen=True)
class Variant:
    """A second export of the tickets some days later, and the numbers of what is different."""

    export: Export
    changed: frozenset[str]
    added: frozenset[str]
    vanished: frozenset[str]


def make_exports(
    folder: Path,
    *,
    today: date,
    places: Sequence[str],
    bodies: Sequence[str],
    seed: int = 20260924,
    tickets: int = 10_000,
    events: int = 5_000,
    services: int = 2_000,
    projects: int = 60,
    **more: Any,
) -> dict[str, Export]:
    """Write the four files and return `tickets`, `events`, `services`, `projects`; `more` are fields of World."""
    world = World(today=today, places=places, bodies=bodies, **more)
    return {
        "tickets": write_tickets(folder / "tickets.csv", world, tickets_of(world, seed, tickets)),
        "events": write_events(folder / "events.xlsx", world, events_of(world, seed, events)),
        "services": write_services(folder / "services.csv", world, services_of(world, seed, services)),
        "projects": write_projects(folder / "projects.xlsx", world, projects_of(world, seed, projects)),
    }


def variant(
    folder: Path,
    *,
    today: date,
    places: Sequence[str],
    bodies: Sequence[str],
    seed: int = 20260924,
    tickets: int = 10_000,
    changed: int = 500,
    added: int = 20,
    vanished: int = 3,
    **more: Any,
) -> Variant:
    """Write the tickets of `make_exports` as they stand some days later, with exactly so many differences.

    Only sound rows whose number stands once in the file change or vanish; the faults stay as they are.
    """
    world = World(today=today, places=places, bodies=bodies, **more)
    records = tickets_of(world, seed, tickets)
    chance = random.Random(seed + 99)
    twice = {one.foreign_number for one in records if one.fault == "duplicate_number"}
    sound = [place for place, one in enumerate(records) if not one.fault and one.foreign_number not in twice]
    picked = chance.sample(sound, changed + vanished)
    for turn, place in enumerate(picked[:changed]):
        records[place] = later(records[place], turn, world)
    gone = set(picked[changed:])
    kept = [one for place, one in enumerate(records) if place not in gone]
    new = made_records(world, random.Random(seed + 100), added, "XZ", 0.0)
    return Variant(
        export=write_tickets(folder / "tickets_later.csv", world, [*kept, *new]),
        changed=frozenset(records[place].foreign_number for place in picked[:changed]),
        added=frozenset(one.foreign_number for one in new),
        vanished=frozenset(records[place].foreign_number for place in gone),
    )


def _serial(at: datetime) -> str:
    return f"{(at.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1):.6f}"


def _half_day(at: datetime) -> str:
    half = "上午" if at.hour < 12 else "下午"
    return f"{at.year}年{at.month}月{at.day}日{half}{(at.hour - 1) % 12 + 1 if at.hour else 0}:{at:%M}"


SPELLINGS: tuple[Callable[[datetime], str], ...] = (
    lambda at: f"{at:%Y-%m-%d %H:%M:%S}",
    lambda at: f"{at.year}/{at.month}/{at.day} {at.hour}:{at:%M}",
    lambda at: f"{at.year}年{at.month}月{at.day}日 {at.hour}时{at.minute}分",
    lambda at: f"{at:%Y%m%d%H%M%S}",
    lambda at: f"{at:%Y-%m-%dT%H:%M:%S%z}",
    lambda at: f"{at.year}.{at.month}.{at.day} {at:%H:%M}",
    _half_day,
    _serial,
)
UNREADABLE = ("尽快", "9/24/2026", "2026-02-30 10:00", "——", "13-5-6", "9月24日")


def _spelt(record: Record) -> tuple[str, str, str]:
    """Return the three moments as their system writes them: every fourth row in an unusual spelling."""
    chosen = SPELLINGS[record.spelling % len(SPELLINGS) if record.spelling % 4 == 3 else record.spelling % 2]
    moments = (record.opened_at, record.due_at, record.closed_at)
    opened, due, closed = (chosen(at) if isinstance(at, datetime) else "" for at in moments)
    if record.fault == "unreadable_date":
        opened = UNREADABLE[record.spelling % len(UNREADABLE)]
    return opened, due, closed


def _body(record: Record) -> str:
    return STRANGE_BODY if record.fault == "unknown_body" else record.body


def _code(record: Record, world: World) -> str:
    if record.fault == "unknown_body":
        return ""
    shift = 1 if record.fault == "code_conflict" else 0
    return world.code(world.bodies[(world.bodies.index(record.body) + shift) % len(world.bodies)])


def _number(record: Record) -> str:
    return "" if record.fault == "missing_number" else record.foreign_number


def _export(path: Path, records: Sequence[Record], lines: Sequence[int]) -> Export:
    faults = [(line, one.fault) for line, one in zip(lines, records, strict=True) if one.fault]
    return Export(path, [one.truth() for one in records if not one.fault], faults, list(lines))


def _write_csv(path: Path, head: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], encoding: str) -> list[int]:
    """Write a CSV and return the first physical line of each row."""
    text, lines = io.StringIO(newline=""), []
    writer = csv.writer(text)
    writer.writerows(head)
    line = 1 + text.getvalue().count("\n")
    for row in rows:
        lines.append(line)
        writer.writerow(row)
        line += 1 + sum(cell.count("\n") for cell in row)
    path.write_bytes(text.getvalue().encode(encoding))
    return lines


def write_tickets(path: Path, world: World, records: Sequence[Record]) -> Export:
    """Write a hotline's export: GB18030, two lines above the heading, moments in several spellings."""
    head = [
        ["12345热线工单导出表"],
        [f"制表时间：{world.today}", "", "制表人：测试甲"],
        TICKET_HEADINGS.split(),
    ]
    rows = []
    for place, one in enumerate(records, start=1):
        text = f"来电反映{one.title}，请核实处理。" + ("\n来电人称多次反映。" if one.spelling % 50 == 0 else "")
        opened, due, closed = _spelt(one)
        rows.append(
            [
                str(place), _number(one), one.title, text, one.kind, _code(one, world), _body(one), one.place,
                ("电话", "网站", "微信")[one.spelling % 3], "已办结" if closed else "办理中", opened, due, closed,
                PEOPLE[one.spelling % len(PEOPLE)], f"000{one.spelling:08d}",
            ]
        )  # fmt: skip
    return _export(path, records, _write_csv(path, head, rows, "gb18030"))


def write_services(path: Path, world: World, records: Sequence[Record]) -> Export:
    """Write a service counter's export: UTF-8 with a mark, long numbers dressed as texts."""
    head = [SERVICE_HEADINGS.split()]
    rows = []
    for one in records:
        number = _number(one)
        dressed = (f'="{number}"', f"{number}\t", f"'{number}", number)[one.spelling % 4] if number else ""
        opened, due, closed = (
            f"{at:%Y-%m-%d %H:%M:%S}" if at else "" for at in (one.opened_at, one.due_at, one.closed_at)
        )
        if one.fault == "unreadable_date":
            opened = UNREADABLE[one.spelling % len(UNREADABLE)]
        code = f"4499{world.classes.index(one.kind):08d}"
        rows.append(
            [
                dressed, one.kind, code, _code(one, world), _body(one), PEOPLE[one.spelling % len(PEOPLE)],
                f"000{one.spelling:08d}", one.place, opened, due, closed, "办结" if closed else "在办",
            ]
        )  # fmt: skip
    records = [replace(one, title=one.kind) for one in records]
    return _export(path, records, _write_csv(path, head, rows, "utf-8-sig"))


def write_events(path: Path, world: World, records: Sequence[Record]) -> Export:
    """Write a grid platform's export: a merged title, a heading in two lines, coordinates as people leave them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "事件台账"
    sheet.append(["网格事件导出表"])
    for names in (EVENT_PARENTS, EVENT_CHILDREN):
        sheet.append([None if name == "-" else name for name in names.split()])
    for span in ("A1:L1", "G2:I2", "J2:K2", *(f"{column}2:{column}3" for column in "ABCDEFL")):
        sheet.merge_cells(span)
    for place, one in enumerate(records, start=1):
        moments: list[Any] = [
            at.replace(tzinfo=None) if isinstance(at, datetime) else None
            for at in (one.opened_at, one.due_at, one.closed_at)
        ]
        if one.fault == "unreadable_date":
            moments[0] = UNREADABLE[one.spelling % len(UNREADABLE)]
        lon: float | int | None = one.lon
        lat: float | int | None = one.lat
        if one.point_note == "swapped":
            lon, lat = lat, lon
        if one.point_note == "whole_degrees":
            lon, lat = round(world.centre[0]), round(world.centre[1])
        who = PEOPLE[one.spelling % len(PEOPLE)]
        sheet.append([place, _number(one) or None, one.title, one.kind, _body(one), one.place, *moments, lon, lat, who])
    book.save(path)
    return _export(path, records, range(4, 4 + len(records)))


def write_projects(path: Path, world: World, records: Sequence[Record]) -> Export:
    """Write a list of projects: bare dates, sums with thousands separators, a total and a footnote below."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "项目清单"
    sheet.append(["投资项目清单（测试）"])
    sheet.append(PROJECT_HEADINGS.split())
    for place, one in enumerate(records, start=1):
        opened: Any = one.opened_at
        if one.fault == "unreadable_date":
            opened = UNREADABLE[one.spelling % len(UNREADABLE)]
        sheet.append(
            [
                place, _number(one) or None, one.title, one.kind, _code(one, world), _body(one), f"{one.place}工业区",
                one.place, opened, one.due_at, one.closed_at, f"{1000 + one.spelling:,}",
            ]
        )  # fmt: skip
    sheet.append(["合计", *[None] * 10, f"{sum(1000 + one.spelling for one in records):,}"])
    sheet.append(["注：总投资以备案数为准。"])
    sheet.append(["填表人：测试甲", None, "审核人：测试乙"])
    book.save(path)
    return _export(path, records, range(3, 3 + len(records)))
