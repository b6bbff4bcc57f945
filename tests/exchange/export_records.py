"""What the made systems of `exports` hold: records with their faults, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
CLASSES = ("市容环境", "噪声扰民", "道路破损", "违法建设", "占道经营", "井盖缺失", "工资拖欠", "消费纠纷")
FAULTS = (
    "missing_number", "unreadable_date", "closed_before_opened", "duplicate_number", "unknown_body", "code_conflict",
)  # fmt: skip
"""missing_number: the cell is empty. unreadable_date: the moment of opening cannot be read. duplicate_number: the
number of an earlier row with other content; the earlier one is sound. code_conflict: code and name of two bodies."""


@dataclass(frozen=True)
class Record:
    """One row as it should be understood; `due_at` and `closed_at` may be missing, and are bare dates where the file
    gives no time of day."""

    foreign_number: str
    title: str
    opened_at: datetime | date
    due_at: datetime | date | None
    closed_at: datetime | date | None
    body: str
    place: str
    kind: str
    lon: float | None = None
    lat: float | None = None
    point_note: str = ""
    fault: str = ""
    spelling: int = 0

    def truth(self) -> dict[str, Any]:
        """Return the row as the answer key gives it."""
        return {
            "foreign_number": self.foreign_number,
            "title": self.title,
            "opened_at": self.opened_at,
            "due_at": self.due_at,
            "closed_at": self.closed_at,
            "body": self.body,
            "place": self.place,
            "class": self.kind,
            "lon": self.lon,
            "lat": self.lat,
            "point_note": self.point_note,
        }


@dataclass(frozen=True, kw_only=True)
class World:
    """What the made systems know."""

    today: date
    places: Sequence[str]
    bodies: Sequence[str]
    classes: Sequence[str] = CLASSES
    body_codes: Mapping[str, str] = field(default_factory=dict)
    centre: tuple[float, float] = (112.78, 23.08)
    zone: ZoneInfo = ZONE

    def code(self, body: str) -> str:
        """Return the code that the other system has for a body."""
        return self.body_codes.get(body) or f"D{self.bodies.index(body) + 1:03d}"


def made_records(world: World, chance: random.Random, count: int, prefix: str, share: float) -> list[Record]:
    """Return records with clocks to the minute; `share` of them faulty, each kind as often as the others."""
    found: list[Record] = []
    faults = [FAULTS[turn % len(FAULTS)] for turn in range(round(count * share))]
    faulty = dict(zip(chance.sample(range(min(10, count // 2), count), len(faults)), faults, strict=True))
    end = datetime.combine(world.today, time(8), tzinfo=world.zone)
    for place in range(count):
        opened = end - timedelta(minutes=chance.randrange(60, 400 * 1440))
        due = opened + timedelta(days=chance.choice((1, 3, 5, 7, 10, 15)), minutes=chance.randrange(600))
        closed = opened + timedelta(minutes=chance.randrange(30, 12 * 1440))
        kind, where = chance.choice(world.classes), chance.choice(world.places)
        record = Record(
            foreign_number=f"{prefix}{opened:%Y%m%d}{place + 1:06d}",
            title=f"{where}{kind}问题",
            opened_at=_with_clock(opened),
            due_at=_with_clock(due) if chance.random() < 0.97 else None,
            closed_at=_with_clock(closed) if closed < end and chance.random() < 0.9 else None,
            body=chance.choice(world.bodies),
            place=where,
            kind=kind,
            spelling=chance.randrange(1000),
        )
        found.append(_spoil(record, faulty.get(place, ""), found))
    return found


def _with_clock(at: datetime) -> datetime:
    """Return a moment that is not midnight, which a spreadsheet cannot tell from a bare date."""
    return at if at.time() != time() else at + timedelta(minutes=1)


def _spoil(record: Record, fault: str, earlier: Sequence[Record]) -> Record:
    if fault == "closed_before_opened":
        record = replace(record, closed_at=record.opened_at - timedelta(days=2))
    if fault == "duplicate_number":
        other = next(one for one in reversed(earlier) if not one.fault)
        record = replace(record, foreign_number=other.foreign_number, title=f"{record.title}（另一件）")
    return replace(record, fault=fault)


def tickets_of(world: World, seed: int, count: int) -> list[Record]:
    return made_records(world, random.Random(seed), count, "GD", 0.02)


def events_of(world: World, seed: int, count: int) -> list[Record]:
    chance = random.Random(seed + 1)
    records = []
    for record in made_records(world, chance, count, "WG", 0.02):
        lon = round(world.centre[0] + chance.uniform(-0.05, 0.05), 6)
        lat = round(world.centre[1] + chance.uniform(-0.05, 0.05), 6)
        note = chance.choices(("", "swapped", "whole_degrees", "missing"), (80, 8, 4, 8))[0]
        gone = note in {"whole_degrees", "missing"}
        fault = "unknown_body" if record.fault == "code_conflict" else record.fault  # this system gives no codes
        body_lon, body_lat = (None, None) if gone else (lon, lat)
        records.append(replace(record, lon=body_lon, lat=body_lat, point_note=note, fault=fault))
    return records


def services_of(world: World, seed: int, count: int) -> list[Record]:
    numbered = enumerate(made_records(world, random.Random(seed + 2), count, "", 0.02))
    records: list[Record] = []
    for place, one in numbered:
        number = f"4499{one.opened_at:%Y%m%d}{place:08d}"  # 20 digits, which no spreadsheet keeps as a number
        if one.fault == "duplicate_number":
            number = next(other for other in reversed(records) if not other.fault).foreign_number
        records.append(replace(one, foreign_number=number))
    return records


def projects_of(world: World, seed: int, count: int) -> list[Record]:
    records: list[Record] = []
    for one in made_records(world, random.Random(seed + 3), count, "", 0.02):
        number = f"{one.opened_at:%y%m}-449900-04-01-{one.spelling:03d}{len(records):03d}"
        if one.fault == "duplicate_number":
            number = next(other for other in reversed(records) if not other.fault).foreign_number
        opened, due, closed = (None if at is None else _day(at) for at in (one.opened_at, one.due_at, one.closed_at))
        assert opened is not None
        title = f"{one.place}标准厂房项目{len(records) + 1}（测试）"
        changed = replace(one, foreign_number=number, title=title, opened_at=opened, due_at=due, closed_at=closed)
        records.append(changed)
    return records


def _day(at: datetime | date) -> date:
    return at.date() if isinstance(at, datetime) else at


def later(record: Record, turn: int, world: World) -> Record:
    """Return a record after something happened: closed, extended, or sent to another body."""
    assert isinstance(record.opened_at, datetime)
    if record.closed_at is None and turn % 2:
        return replace(record, closed_at=record.opened_at + timedelta(hours=1 + turn % 50))
    if turn % 3:
        return replace(record, due_at=(record.due_at or record.opened_at) + timedelta(days=5))
    return replace(record, body=world.bodies[(world.bodies.index(record.body) + 1) % len(world.bodies)])
