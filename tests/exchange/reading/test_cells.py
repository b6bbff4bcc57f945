"""Cells say what people wrote in them, and what cannot be told for sure is refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.domain.errors import InvalidInputError
from jinli.exchange.reading.cells import (
    Bounds,
    Point,
    Quantity,
    Written,
    read_credit_code,
    read_moment_cell,
    read_number_cell,
    read_point,
    read_telephone,
    read_text,
)
from jinli.exchange.reading.tables import Cell, Spoilt
from jinli.ui.words import has_words, say_error

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 9, 24, 17, 50, tzinfo=ZONE)
NOON = datetime(2026, 9, 24, 12, tzinfo=ZONE)
FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789:-/. "} | {ord(" "): 0x3000}


@pytest.mark.parametrize(
    "written",
    [
        "2026-09-24", "2026/9/24", "2026.9.24", "2026年9月24日", "2026年9月24号", "20260924", "26-9-24", "26/09/24",
        "26.9.24", "26年9月24日", "二〇二六年九月二十四日", "二零二六年九月二十四日",
        "二○二六年九月二十四日",
                "46289", "２０２６－０９－２４",
        "2026 年 9 月 24 日", "2026年9月24日（星期四）", "2026-09-24 周四", 46289, 46289.0,
        20260924, 20260924.0, date(2026, 9, 24), datetime(2026, 9, 24), "\u3000 2026-09-24\u00a0",
    ],
)  # fmt: skip
def test_a_day_in_every_usual_spelling(written: Cell) -> None:
    assert read_moment_cell(written, ZONE) == Written(NOON, has_clock=False)


@pytest.mark.parametrize(
    "written",
    [
        "2026/9/24 17:50", "2026-09-24 17:50:00", "2026-09-24T17:50:00", "2026-09-24T17:50:00+08:00",
        "2026-09-24T09:50:00Z", "2026-09-24T09:50:00.000Z", "2026-09-24 17:50:00.0", "2026年9月24日 17时50分",
        "2026年9月24日17时50分00秒", "2026年9月24日下午5:50", "2026年9月24日 下午 17:50", "2026-9-24 5:50 PM",
        "2026/9/24 PM 5:50", "20260924175000", "202609241750", "20260924 17:50", "20260924T175000", 20260924175000,
        202609241750, "二〇二六年九月二十四日十七时五十分", "二〇二六年九月二十四日下午五点五十分", "46289.743055556",
        46289.743055556, datetime(2026, 9, 24, 17, 50), "2026-9-24 星期四 17:50", "２０２６／９／２４　１７：５０",
        "26-9-24 17:50", "2026.09.24 17：50",
    ],
)  # fmt: skip
def test_a_moment_in_every_usual_spelling(written: Cell) -> None:
    assert read_moment_cell(written, ZONE) == Written(AT, has_clock=True)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("9/24/2026", "year_last"),
        ("24-09-2026 17:50", "year_last"),
        ("9月24日", "no_year"),
        ("9/24", "no_year"),
        ("19-9-24", "short_year"),
        ("2026-02-30", "no_such_day"),
        ("2026-13-01", "no_such_day"),
        ("20261301", "no_such_day"),
        ("二〇二六年二月三十日", "no_such_day"),
        ("2026-09-24 25:00", "no_such_time"),
        ("2026-09-24 24:01", "no_such_time"),
        ("2026-09-24 17:60", "no_such_time"),
        ("2026-09-24 上午 17:50", "no_such_time"),
        ("9999-12-31", "far_year"),
        ("1900-01-01", "far_year"),
        ("5个工作日", "unknown_spelling"),
        ("尽快", "unknown_spelling"),
        ("2026/9-24", "unknown_spelling"),
        ("2026年9-24", "unknown_spelling"),
        ("2026-9-117:50", "unknown_spelling"),
        ("2026-09", "unknown_spelling"),
        ("二十十年九月一日", "unknown_spelling"),
        ("12345", "number"),
        (5, "number"),
        (0.5, "number"),
        (73051, "number"),
        (datetime(1900, 1, 1), "far_year"),
    ],
)
def test_what_is_no_moment_or_could_be_two_is_refused_with_the_reason(written: Cell, why: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_moment_cell(written, ZONE)
    assert refused.value.code == "exchange.not_a_moment"
    assert (refused.value.facts["field"], refused.value.facts["why"]) == ("", f"exchange.moment.{why}")
    assert str(refused.value.facts["value"])
    assert say_error(refused.value)


@pytest.mark.parametrize("empty", [None, "", " ", "\u3000"])
def test_an_empty_cell_has_no_moment(empty: Cell) -> None:
    assert read_moment_cell(empty, ZONE) is None


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-09-24 24:00", datetime(2026, 9, 25, tzinfo=ZONE)),
        ("2026年9月24日中午12:30", datetime(2026, 9, 24, 12, 30, tzinfo=ZONE)),
        ("2026年9月24日凌晨12:30", datetime(2026, 9, 24, 0, 30, tzinfo=ZONE)),
        ("2026-09-24 12:30 AM", datetime(2026, 9, 24, 0, 30, tzinfo=ZONE)),
        ("2026-09-24 12:30 PM", datetime(2026, 9, 24, 12, 30, tzinfo=ZONE)),
        ("2026年9月24日下午3点半", datetime(2026, 9, 24, 15, 30, tzinfo=ZONE)),
        ("2026年9月24日上午9时", datetime(2026, 9, 24, 9, tzinfo=ZONE)),
        ("2026-09-24 00:00:00", datetime(2026, 9, 24, tzinfo=ZONE)),
    ],
)
def test_hours_as_people_say_them(written: str, at: datetime) -> None:
    assert read_moment_cell(written, ZONE) == Written(at, has_clock=True)


SPELLINGS: tuple[Callable[[datetime], Cell], ...] = (
    lambda at: f"{at:%Y-%m-%d %H:%M:%S}",
    lambda at: at.isoformat(),
    lambda at: at.astimezone(ZoneInfo("UTC")).isoformat(),
    lambda at: f"{at.year}/{at.month}/{at.day} {at.hour}:{at:%M:%S}",
    lambda at: f"{at.year}.{at.month}.{at.day} {at:%H:%M:%S}",
    lambda at: f"{at.year}年{at.month}月{at.day}日 {at.hour}时{at.minute}分{at.second}秒",
    lambda at: f"{at:%Y%m%d%H%M%S}",
    lambda at: int(f"{at:%Y%m%d%H%M%S}"),
    lambda at: f"{at:%y-%m-%d %H:%M:%S}",
    lambda at: f"{at:%Y-%m-%d %H:%M:%S}".translate(FULL_WIDTH),
    lambda at: f"{at:%Y/%m/%d %I:%M:%S} {'AM' if at.hour < 12 else 'PM'}",
)


@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2099, 12, 31, 23, 59, 59)),
    spelling=st.sampled_from(SPELLINGS),
    zone=st.sampled_from([ZONE, ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu")]),
)
def test_any_spelling_of_any_moment_reads_back(
    at: datetime, spelling: Callable[[datetime], Cell], zone: ZoneInfo
) -> None:
    at = at.replace(microsecond=0, tzinfo=zone)
    assert read_moment_cell(spelling(at), zone) == Written(at, has_clock=True)


@given(at=st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31, 23, 59, 59)))
def test_any_serial_number_of_excel_reads_back_to_the_second(at: datetime) -> None:
    at = at.replace(microsecond=0)
    number = (at - datetime(1899, 12, 30)) / timedelta(days=1)
    whole = number == int(number)
    expected = Written((at.replace(hour=12) if whole else at).replace(tzinfo=ZONE), has_clock=not whole)
    assert read_moment_cell(number, ZONE) == expected
    assert read_moment_cell(f"{number:.8f}" if not whole else str(int(number)), ZONE) == expected


@given(
    st.one_of(st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**20), 10**20))
)
def test_no_cell_makes_the_reader_of_moments_fall(cell: Cell) -> None:
    with suppress(InvalidInputError):
        found = read_moment_cell(cell, ZONE)
        assert found is None or found.at.tzinfo is not None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("\u3000 东\u00a0村 \u200b", "东 村"),
        ("上\n下", "上\n下"),
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
        (datetime(2026, 9, 24), "2026-09-24"),
        (datetime(2026, 9, 24, 17, 50), "2026-09-24 17:50:00"),
        (date(2026, 9, 24), "2026-09-24"),
    ],
)
def test_a_text(cell: Cell, text: str) -> None:
    assert read_text(cell) == text


@pytest.mark.parametrize("cell", [4.41204e17, 10**15, Spoilt("4.41E+17", "exchange.digits_lost")])
@pytest.mark.parametrize("read", [read_text, read_number_cell, read_telephone, read_credit_code])
def test_a_number_that_lost_its_digits_is_never_taken(cell: Cell, read: Callable[[Cell], object]) -> None:
    with pytest.raises(InvalidInputError, match=r"exchange[.]digits_lost"):
        read(cell)


@pytest.mark.parametrize(
    ("cell", "number", "unit"),
    [
        ("1，234.5 亩", "1234.5", "亩"),
        ("１２件", "12", "件"),
        ("￥3,000", "3000", "元"),
        ("￥3万元", "3", "万元"),
        ("120㎡", "120", "㎡"),
        ("-3.5%", "-3.5", "%"),
        ("−2", "-2", ""),
        (4, "4", ""),
        (4.5, "4.5", ""),
    ],
)
def test_a_number_and_its_unit(cell: Cell, number: str, unit: str) -> None:
    assert read_number_cell(cell) == Quantity(Decimal(number), unit)


@pytest.mark.parametrize("cell", ["约5", "12,34", "1-2", "无", "5 个 工", "1.2.3"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(InvalidInputError, match=r"exchange[.]not_a_number"):
        read_number_cell(cell)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (112.78, 23.08), ("112.78", "23.08"), ("112.78,23.08", None), (None, "112.78，23.08"), ("112.78 23.08", ""),
        ("112.78,23.08", "112.78,23.08"), ("POINT(112.78 23.08)", None), ("[112.78, 23.08]", None),
        ("112°46′48″", "23°4′48″"), ("112°46'48\"E", "23°4'48\"N"), ("东经112度46分48秒", "北纬23度4分48秒"),
        ("E112°46′48″ N23°4′48″", None), ("１１２．７８", "２３．０８"),
    ],
)  # fmt: skip
def test_a_point_in_every_usual_spelling(lon: Cell, lat: Cell) -> None:
    assert read_point(lon, lat) == Point(112.78, 23.08)


@pytest.mark.parametrize(
    ("lon", "lat", "note"),
    [
        (112, 23, "whole_degrees"),
        ("112.000", "23.0", "whole_degrees"),
        (0, 0, "zero"),
        ("0.0", "0", "zero"),
        (112.78, None, "half"),
        (None, "23.08", "half"),
        (0, 23.08, "half"),
        (-71.05, 42.29, "outside"),
        ("12554000.12", "2640000.5", "outside"),
        ("东村口", "23.08", "unreadable"),
        ("112°66′", "23.08", "unreadable"),
        (Spoilt("1.1E+15", "exchange.digits_lost"), 23.08, "unreadable"),
    ],
)
def test_a_point_that_cannot_be_trusted_is_none_and_says_why(lon: Cell, lat: Cell, note: str) -> None:
    assert read_point(lon, lat) == Point(None, None, (f"exchange.point_{note}",))
    assert has_words(f"exchange.point_{note}")


def test_two_empty_cells_have_no_point_and_nothing_to_say() -> None:
    assert read_point(None, " ") is None


@given(lon=st.floats(73.001, 135.999), lat=st.floats(3.001, 53.999))
def test_a_swapped_pair_is_turned_back_and_says_so(lon: float, lat: float) -> None:
    lon, lat = round(lon, 6), round(lat, 6)
    if not (lon.is_integer() and lat.is_integer()):
        assert read_point(lon, lat) == Point(lon, lat)
        assert read_point(lat, lon) == Point(lon, lat, ("exchange.point_swapped",))
        assert read_point(f"{lat},{lon}", None) == Point(lon, lat, ("exchange.point_swapped",))


def test_a_town_elsewhere_has_its_own_bounds() -> None:
    harbour = Bounds(-72, 41, -70, 43)
    assert read_point(-71.05, 42.29, bounds=harbour) == Point(-71.05, 42.29)
    assert read_point(42.29, -71.05, bounds=harbour) == Point(-71.05, 42.29, ("exchange.point_swapped",))
    assert read_point(112.78, 23.08, bounds=harbour) == Point(None, None, ("exchange.point_outside",))


@pytest.mark.parametrize(
    ("cell", "value", "valid"),
    [
        ("13800138000", "13800138000", True),
        (13800138000.0, "13800138000", True),
        ("+86 138-0013-8000", "13800138000", True),
        ("0758-8512345", "0758-8512345", True),
        ("(0758)8512345", "07588512345", True),
        ("12345", "12345", True),
        ("13800138000/0758-8512345", "13800138000、0758-8512345", True),
        ("138****8000", "138****8000", False),
        ("00012345678", "00012345678", False),
        ("无", "无", False),
    ],
)
def test_a_telephone(cell: Cell, value: str, valid: bool) -> None:
    found = read_telephone(cell)
    assert found is not None
    assert (found.value, found.valid) == (value, valid)


@pytest.mark.parametrize(
    ("cell", "valid"),
    [
        ("91110000600037341L", True),
        (" 91110000600037341l ", True),
        ("９１１１００００６０００３７３４１L", True),
        ("91110000600037341K", False),
        ("115113010083722O43", False),
        ("441204000012345", False),
    ],
)
def test_a_credit_code(cell: str, valid: bool) -> None:
    found = read_credit_code(cell)
    assert found is not None
    assert found.valid is valid


def test_an_empty_cell_is_no_telephone_no_code_and_no_number() -> None:
    assert (read_telephone(None), read_credit_code(""), read_number_cell(" ")) == (None, None, None)
