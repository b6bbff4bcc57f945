"""Templates of papers in a pack: what is refused, and that a town's own stands in the place of the national one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from jinli.packs.faults import Faults
from jinli.packs.pack import inspect_pack
from jinli.packs.papers import PaperRow, papers

STANDARD = Path(__file__).parents[2] / "packs/_standard"
GOOD = """\
code: receipt
title: 回执
title_en: Receipt
sort: receipt
series: 回
requires: [applicant]
source: 某条
blocks:
  - {block: paragraph, text: "收到{applicant}的材料。", text_en: "Received from {applicant}."}
  - {block: table, title: 材料, title_en: Documents, of: [materials]}
  - {block: signature}
"""


def read(tmp_path: Path, text: str, name: str = "receipt.yaml") -> tuple[dict[str, PaperRow], set[tuple[str, str]]]:
    home = tmp_path / "papers"
    home.mkdir(exist_ok=True)
    (home / name).write_text(text, encoding="utf-8")
    faults = Faults()
    return papers(tmp_path, faults, prefix="", own=True), {(one.code, one.field) for one in faults.found}


def test_a_good_template_is_read(tmp_path: Path) -> None:
    found, faults = read(tmp_path, GOOD)
    assert faults == set()
    assert (found["receipt"].series, found["receipt"].own, len(found["receipt"].blocks)) == ("回", True, 3)


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        pytest.param("收到{applicant}", "收到{aplicant}", ("packs.not_a_choice", "blocks.text"), id="an unknown fact"),
        pytest.param("收到{applicant}", "收到{missing}", ("packs.not_a_choice", "blocks.text"), id="a table in a text"),
        pytest.param("收到{applicant}", "收到{applicant", ("packs.not_this_shape", "blocks.text"), id="a lone brace"),
        pytest.param("from {applicant}", "it", ("packs.not_this_shape", "blocks.text_en"), id="English says less"),
        pytest.param(
            ', text_en: "Received from {applicant}."', "", ("packs.missing", "blocks.text_en"), id="no English"
        ),
        pytest.param("of: [materials]", "of: [reasons]", ("packs.not_a_choice", "blocks.of"), id="a list as a table"),
        pytest.param(", of: [materials]", "", ("packs.missing", "blocks.of"), id="a table of nothing"),
        pytest.param("block: table", "block: chart", ("packs.not_a_choice", "blocks.block"), id="an unknown block"),
        pytest.param("  - {block: signature}\n", "", ("packs.one_signature", "blocks"), id="no signature"),
        pytest.param("sort: receipt", "sort: letter", ("packs.not_a_choice", "sort"), id="an unknown sort"),
        pytest.param(
            "requires: [applicant]", "requires: [aplicant]", ("packs.not_a_choice", "requires"), id="requires"
        ),
        pytest.param("series: 回", "series: 回〔1〕", ("packs.not_this_shape", "series"), id="brackets in a series"),
        pytest.param("source: 某条", "sauce: 某条", ("packs.unknown_field", "sauce"), id="a misspelt key"),
        pytest.param("code: receipt", "code: receit", ("packs.not_this_shape", "code"), id="file and code differ"),
    ],
)
def test_a_template_with_a_fault_is_refused_by_name(
    was: str, becomes: str, fault: tuple[str, str], tmp_path: Path
) -> None:
    assert was in GOOD
    assert fault in read(tmp_path, GOOD.replace(was, becomes))[1]


def test_another_file_in_the_folder_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD, "receipt.txt")[1] == {("packs.unknown_file", "")}


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    from shutil import copytree

    return copytree(STANDARD / "skeleton", tmp_path / "town")


def test_a_template_of_the_town_stands_in_the_place_of_the_national_one(skeleton: Path) -> None:
    read(skeleton, GOOD)
    pack, faults = inspect_pack(skeleton, standard=STANDARD)
    assert faults == ()
    assert pack is not None
    assert [one.series for one in pack.papers if one.code == "receipt"] == ["回"]
    assert len(pack.papers) == len(list((STANDARD / "papers").glob("*.yaml")))


def test_a_procedure_that_issues_an_unknown_paper_is_a_fault_of_the_pack(skeleton: Path) -> None:
    said = yaml.safe_load((STANDARD / "procedures/licence.yaml").read_text(encoding="utf-8"))
    said["case"]["moves"][0]["papers"] = ["receit"]
    (skeleton / "procedures").mkdir()
    (skeleton / "procedures/licence.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    _, faults = inspect_pack(skeleton, standard=STANDARD)
    assert [(one.code, one.file, one.found) for one in faults] == [
        ("packs.unknown_reference", "procedures/licence.yaml", "receit")
    ]


def test_a_number_that_would_begin_too_long_is_a_fault(skeleton: Path) -> None:
    sheet = skeleton / "town.yaml"
    text = sheet.read_text(encoding="utf-8").replace('paper_prefix: ""', "paper_prefix: 某某某某某某府")
    sheet.write_text(text, encoding="utf-8")
    read(skeleton, GOOD.replace("series: 回", "series: 一二三四五六七"))
    assert inspect_pack(skeleton, standard=STANDARD)[1] == ()
    sheet.write_text(text.replace("某某某某某某府", "某某某某某某某府"), encoding="utf-8")
    assert "settings.paper_prefix" in {one.field for one in inspect_pack(skeleton, standard=STANDARD)[1]}
