"""Names that other systems write are matched to ours, and never to two at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.exchange.reading.names import Candidate, Disagreement, Match, NameBook

PLACES = NameBook(
    [
        Candidate("V1", ("东围村民委员会",)),
        Candidate("V2", ("西围村", "西围")),
        Candidate("V3", ("北围村",)),
        Candidate("C1", ("金一社区居民委员会", "金一社区")),
        Candidate("C3", ("北围社区",)),
    ]
)
BODIES = NameBook(
    [
        Candidate("W", ("东山区水利局（演示）",)),
        Candidate("M", ("东山区市场监督管理局",)),
        Candidate("E1", ("东山区教育局",)),
        Candidate("E2", ("西山区教育局",)),
    ]
)


@pytest.mark.parametrize(
    ("name", "code", "certainty"),
    [
        ("东围村民委员会", "V1", "exact"),
        (" 东围村民 委员会\u3000", "V1", "exact"),
        ("西围", "V2", "exact"),
        ("东围", "V1", "likely"),
        ("东围村", "V1", "likely"),
        ("东围村委会", "V1", "likely"),
        ("某镇东围村", "V1", "likely"),
        ("金一居委会", "C1", "likely"),
        ("金一社区居委会", "C1", "likely"),
        ("北围村委会", "V3", "likely"),
        ("北围居委会", "C3", "likely"),
    ],
)
def test_a_place_in_its_usual_variants(name: str, code: str, certainty: str) -> None:
    assert PLACES.match(name) == Match(code, certainty, (), name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "code", "certainty"),
    [
        ("东山区水利局(演示)", "W", "exact"),
        ("东山区水利局", "W", "exact"),
        ("区水利局", "W", "likely"),
        ("水利局", "W", "likely"),
        ("某市东山区水利局", "W", "likely"),
        ("市场监督管理局", "M", "likely"),
        ("区市场监督管理局", "M", "likely"),
    ],
)
def test_a_body_in_its_usual_variants(name: str, code: str, certainty: str) -> None:
    assert BODIES.match(name) == Match(code, certainty, (), name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("book", "name", "others"),
    [
        (PLACES, "北围", ("V3", "C3")),
        (PLACES, "金一村", ("C1",)),  # a village is no residents' community of the same name
        (BODIES, "教育局", ("E1", "E2")),
        (BODIES, "区教育局", ("E1", "E2")),
    ],
)
def test_what_fits_several_or_not_quite_is_for_a_person_to_choose(
    book: NameBook, name: str, others: tuple[str, ...]
) -> None:
    assert book.match(name) == Match(None, "ambiguous", others, name)


@pytest.mark.parametrize(
    ("book", "name"), [(BODIES, "西山区水利局"), (BODIES, "局"), (PLACES, "村委会"), (PLACES, "南村"), (PLACES, "")]
)
def test_what_fits_nothing_is_none(book: NameBook, name: str) -> None:
    assert book.match(name) == Match(None, "none", (), name)


def test_code_and_name_that_agree_and_that_do_not() -> None:
    assert PLACES.match("东围村民委员会", "V1").certainty == "exact"
    assert PLACES.match("东围", "V1") == Match("V1", "code", (), "东围")
    assert PLACES.match("北围", "V3") == Match("V3", "code", (), "北围")
    assert PLACES.match("", "V3") == Match("V3", "code", (), "")
    assert PLACES.match("东围", "V2") == Match(None, "conflict", ("V2", "V1"), "东围")
    assert PLACES.match("南村", "V2") == Match(None, "conflict", ("V2",), "南村")


def test_a_code_of_theirs_that_is_not_ours_leaves_the_name_to_speak() -> None:
    assert PLACES.match("西围村", "441299") == Match("V2", "exact", (), "西围村")


def test_two_of_ours_with_one_name_are_never_chosen_between() -> None:
    book = NameBook([Candidate("1", ("新村",)), Candidate("2", ("新村",))])
    assert book.match("新村") == Match(None, "ambiguous", ("1", "2"), "新村")
    assert book.match("新村", "2").code == "2"


def test_a_file_that_disagrees_with_itself_is_reported() -> None:
    pairs = [("水利局", "1"), ("水务局", "1"), ("水利局", "2"), ("水 利局", "1"), ("城管局", "3"), ("", "3"), ("x", "")]
    assert BODIES.report(pairs) == (
        Disagreement("code_two_names", "1", ("水利局", "水务局")),
        Disagreement("name_two_codes", "水利局", ("1", "2")),
    )


_NAMES = st.text(st.sampled_from("东西南北围村社区居委会水利局省市县镇"), min_size=1, max_size=9)


@given(names=st.lists(_NAMES, min_size=1, max_size=6), asked=_NAMES)
def test_a_match_names_one_candidate_or_none(names: list[str], asked: str) -> None:
    book = NameBook(Candidate(str(place), (name,)) for place, name in enumerate(names))
    match = book.match(asked)
    assert (match.code is not None) == (match.certainty in {"exact", "likely", "code"})
    assert (match.certainty == "exact") == (names.count(asked) == 1)
    if match.certainty == "ambiguous":
        assert match.others
    for name in names:
        assert book.match(name).code in {None, str(names.index(name))}
