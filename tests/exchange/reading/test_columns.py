"""Columns are recognised by what they are called, and by what they hold where that says nothing or something else."""

from __future__ import annotations

import csv
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.exchange.reading.columns import FIELDS, SYNONYMS, Guess, normalised, recognise, signature
from jinli.exchange.reading.tables import Cell
from jinli.ui.words import has_words
from tests.exchange.reading.test_tables import REAL

CODE = "91110000600037341L"
HOTLINE: dict[str, tuple[str, list[Cell]]] = {
    "foreign_number": ("工单编号", ["GD2026092400001", "GD2026092400002", "GD2026092400003"]),
    "title": ("诉求标题", ["井盖缺失", "噪声", "占道"]),
    "body_name": ("承办单位", ["水利局", "城管局", "水利局"]),
    "place_name": ("所属村居", ["东村", "西村", "南社区"]),
    "opened_at": ("派单时间", ["2026-09-24", "2026/9/24 8:00", "2026年9月24日"]),
    "due_at": ("到期时间", ["2026-09-26", None, "2026-09-27"]),
    "closed_at": ("办结时间", [None, None, None]),
    "credit_code": ("统一社会信用代码", [CODE, CODE, None]),
    "lon": ("经度", [112.78, 112.79, 112.8]),
    "lat": ("纬度", [23.08, 23.09, 23.1]),
}


def found(headings: list[str], *rows: list[Cell]) -> dict[str, Guess]:
    return recognise(headings, rows)


def columns(headings: list[str], *rows: list[Cell]) -> dict[str, int]:
    return {field: guess.column for field, guess in recognise(headings, rows).items()}


def test_every_field_has_names_and_words_and_no_name_means_two_fields() -> None:
    assert set(SYNONYMS) == set(FIELDS)
    assert all(SYNONYMS.values())
    assert [field for field in FIELDS if not has_words(f"exchange.field.{field}")] == []
    names = [normalised(name) for several in SYNONYMS.values() for name in several]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("field", FIELDS)
def test_every_name_of_a_field_is_recognised(field: str) -> None:
    assert [name for name in SYNONYMS[field] if columns(["序号", name]) != {field: 1}] == []


@given(order=st.permutations(sorted(HOTLINE)), extra=st.integers(0, 4))
def test_any_order_of_the_columns_recognises_the_same(order: list[str], extra: int) -> None:
    headings = [*["备注"] * extra, *(HOTLINE[field][0] for field in order)]
    rows = [[*[None] * extra, *(HOTLINE[field][1][place] for field in order)] for place in range(3)]
    assert recognise(headings, rows) == {
        field: Guess(extra + order.index(field), "exact", "exchange.column.heading")
        for field in FIELDS
        if field in order
    }


@given(
    headings=st.lists(st.one_of(st.sampled_from([name for names in SYNONYMS.values() for name in names]), st.text())),
    seed=st.integers(0, 100),
)
def test_a_column_serves_one_field_and_every_reason_has_words(headings: list[str], seed: int) -> None:
    chance = random.Random(seed)
    values: list[Cell] = [
        None,
        "甲",
        "2026-09-24",
        CODE,
        112.78,
        23.08,
        "112.78,23.08",
        "13800138000",
        "https://a/b",
        "A1",
        3,
    ]
    guesses = recognise(headings, [[chance.choice(values) for _ in headings] for _ in range(6)])
    used = [guess.column for guess in guesses.values()]
    assert len(used) == len(set(used))
    assert all(column < len(headings) for column in used)
    assert all(guess.column not in guess.others and has_words(guess.why) for guess in guesses.values())


@pytest.mark.parametrize(
    ("heading", "field", "certainty"),
    [
        ("工单 编号*", "foreign_number", "exact"),
        ("工单编号（必填）", "foreign_number", "likely"),
        ("1.工单编号", "foreign_number", "likely"),
        ("办理情况/到期时间", "due_at", "exact"),
        ("所属村（社区）", "place_name", "exact"),
        ("村级上报时间", "opened_at", "likely"),
        ("ＧＰＳ坐标", "point", "exact"),
        ("CASE_ENQUIRY_ID", "foreign_number", "exact"),
        ("承办单位联系电话", None, None),
        ("是否办结时间", None, None),
        ("回访时间", None, None),
        ("备注", None, None),
        ("列3", None, None),
    ],
)
def test_a_heading_near_a_known_one(heading: str, field: str | None, certainty: str | None) -> None:
    guesses = found(["序号", heading])
    assert {name: guess.certainty for name, guess in guesses.items()} == ({field: certainty} if field else {})


def test_the_more_telling_of_two_columns_is_taken_and_the_other_is_listed() -> None:
    guess = found(["受理时间", "派单时间"], ["2026-09-23", "2026-09-24"])["opened_at"]
    assert (guess.column, guess.others) == (1, (0,))


def test_a_limit_in_words_is_no_due_moment() -> None:
    rows: list[list[Cell]] = [["5个工作日", "2026-09-26"], ["3个工作日", None]]
    assert columns(["办理时限", "截止时间"], *rows) == {"due_at": 1}
    assert columns(["办理时限"], *rows) == {}


def test_contents_that_do_not_look_like_it_make_a_heading_a_guess() -> None:
    guess = found(["派单时间"], ["尽快"], ["马上"], ["2026-09-24"])["opened_at"]
    assert (guess.certainty, guess.why) == ("guess", "exchange.column.contents_differ")
    counting = found(["编号", "标题"], [1, "甲"], [2, "乙"], [3, "丙"])["foreign_number"]
    assert counting.certainty == "guess"


def test_a_column_of_names_that_holds_codes_is_the_column_of_codes() -> None:
    guess = found(["所属区域"], ["449900115001"], ["449900115002"])["place_code"]
    assert (guess.certainty, guess.why) == ("likely", "exchange.column.holds_codes")


def test_contents_speak_where_headings_do_not() -> None:
    rows: list[list[Cell]] = [
        [
            f"GD202609240000{one}",
            "2026-09-24 08:00",
            CODE,
            f"1380013800{one}",
            112.781 + one / 1000,
            23.081,
            "https://a/b",
            "甲",
        ]
        for one in range(6)
    ]
    guesses = found([f"列{place}" for place in range(1, 9)], *rows)
    assert {field: guess.column for field, guess in guesses.items()} == {
        "foreign_number": 0, "opened_at": 1, "credit_code": 2, "reporter_phone": 3, "lon": 4, "lat": 5, "link": 6,
    }  # fmt: skip
    assert {guess.certainty for guess in guesses.values()} == {"guess"}


def test_both_coordinates_in_one_column_are_a_point() -> None:
    assert columns(["列1", "列2"], ["112.78,23.08", "甲"], ["112.79，23.09", "乙"]) == {"point": 0}
    assert columns(["经度"], ["112.78,23.08"]) == {"point": 0}


def test_a_signature_is_the_same_for_the_same_layout_only() -> None:
    assert signature(["工单编号", "标题"]) == signature(["工单 编号*", "标题 "])
    assert signature(["工单编号", "标题"]) != signature(["标题", "工单编号"])
    assert signature(["ab", "c"]) != signature(["a", "bc"])


def test_the_tickets_of_another_city_are_recognised_in_its_own_words() -> None:
    cells = {
        "CASE_ENQUIRY_ID": "101001320322", "OPEN_DT": "2015-03-01T00:54:30", "TARGET_DT": None, "CLOSED_DT": None,
        "CASE_STATUS": "Open", "TYPE": "Snow", "Department": "PWDx", "LATITUDE": "42.2936", "LONGITUDE": "-71.0516",
        "Source": "Call",
    }  # fmt: skip
    headings, rows = list(cells), [list[Cell](cells.values())]
    file = REAL / "tickets_boston_2015.csv"
    if file.exists():
        with file.open(encoding="utf-8", newline="") as stream:
            headings, *real = list(csv.reader(stream))[:80]
        rows = [[cell or None for cell in row] for row in real]
    names = {field: headings[guess.column] for field, guess in recognise(headings, rows).items()}
    assert names.items() >= {
        "foreign_number": "CASE_ENQUIRY_ID", "opened_at": "OPEN_DT", "due_at": "TARGET_DT", "closed_at": "CLOSED_DT",
        "stage": "CASE_STATUS", "class_name": "TYPE", "body_name": "Department", "lat": "LATITUDE", "lon": "LONGITUDE",
        "channel": "Source",
    }.items()  # fmt: skip
