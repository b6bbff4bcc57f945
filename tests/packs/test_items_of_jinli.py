"""The government matters of the town: fifteen complete to the last paper, the rest honest shells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from jinli.domain.grammar import read_procedure
from jinli.domain.situations import all_answered, asked, kept_answers, wanted
from jinli.packs.catalogue import BodiesRow, PromiseRow, ShellRow
from jinli.packs.cells import Row, cell_names
from jinli.packs.items import (
    AnswerRow,
    ChoiceRow,
    ConditionRow,
    FeeRow,
    FieldRow,
    ItemLimitRow,
    ItemRow,
    LawRow,
    MaterialRow,
    ResultRow,
    SituationRow,
)
from jinli.packs.pack import Pack, read_pack
from jinli.packs.sections import AttributeRow

ROOT = Path(__file__).parents[2]
STANDARD = ROOT / "packs/_standard"
ARTICLE = (
    "project_filing",
    "sublease_registration",
    "individual_business",
    "branch_registration",
    "startup_subsidy",
    "rent_subsidy",
)
COMPLETE = (
    *ARTICLE,
    "rural_homestead",
    "temporary_aid",
    "newcomer_enrolment",
    "road_occupation",
    "outdoor_advertising",
    "food_workshop",
    "old_age_allowance",
    "disability_renewal",
    "assembly_fire_check",
)
#: Decided in a system of another level: we accompany, and issue nothing.
ELSEWHERE = {
    "project_filing": "external:tzxm",
    "individual_business": "external:market-registration",
    "branch_registration": "external:market-registration",
    "disability_renewal": "external:cdpf",
}
#: Fire, food, roads and what hangs over them: no promise stands instead of a paper here (DOMAIN J19).
RISKY = ("road_occupation", "outdoor_advertising", "food_workshop", "assembly_fire_check", "rural_homestead")
UNSURE = re.compile("凭记忆|没有看到|待核对|没有查到")


@cache
def pack() -> Pack:
    return read_pack(ROOT / "packs/jinli", standard=STANDARD)


@cache
def demonstration() -> Pack:
    return read_pack(ROOT / "packs/jinli", overlays=[ROOT / "packs/jinli/demo"], standard=STANDARD)


def every() -> dict[str, ItemRow]:
    return {one.code: one for one in pack().items}


def item(code: str) -> ItemRow:
    return every()[code]


def shells() -> list[ItemRow]:
    return [one for one in pack().items if one.offered == "elsewhere"]


def rows_in(row: Row) -> Iterator[Row]:
    """Yield a row and every row within it."""
    yield row
    for one in fields(row):
        value = getattr(row, one.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Row):
                yield from rows_in(inner)


def answered(one: ItemRow) -> Iterator[dict[str, tuple[str, ...]]]:
    """Yield every way to answer the questions of an item from the first to the last."""
    codes = [question.code for question in one.situations]
    choices = [[answer.code for answer in question.answers] for question in one.situations]
    seen: set[tuple[tuple[str, tuple[str, ...]], ...]] = set()
    for picked in product(*choices):
        said = {code: (answer,) for code, answer in zip(codes, picked, strict=True)}
        kept = kept_answers(one.situations, said)
        if tuple(kept.items()) not in seen:
            seen.add(tuple(kept.items()))
            yield kept


def test_the_six_matters_that_the_article_names_are_here_and_can_be_done_here() -> None:
    assert [item(code).offered for code in ARTICLE] == ["online"] * 6


def test_fifteen_matters_are_complete_and_the_rest_are_shells() -> None:
    assert sorted(one.code for one in pack().items if one.offered != "elsewhere") == sorted(COMPLETE)
    assert len(shells()) >= 100


@pytest.mark.parametrize("code", COMPLETE)
def test_a_complete_matter_has_procedure_situations_materials_form_result_and_law(code: str) -> None:
    one = item(code)
    assert one.procedure in pack().procedures
    assert all((one.situations, one.materials, one.form, one.laws, one.result))
    assert 8 <= len(one.everyday) <= 20
    assert all((one.theme, one.note, one.source, one.applicants))


@pytest.mark.parametrize("code", COMPLETE)
def test_every_situation_has_its_list_of_materials(code: str) -> None:
    one = item(code)
    for answers in answered(one):
        assert all_answered(one.situations, answers)
        found = wanted(one.situations, one.materials, answers)
        assert {each.need.value for each in found} <= {"needed", "not_needed"}, answers
        assert any(each.to_bring for each in found), answers


@pytest.mark.parametrize("code", COMPLETE)
def test_no_question_is_asked_that_decides_nothing(code: str) -> None:
    """Licensing Law art. 29: nothing is asked that has nothing to do with the matter."""
    one = item(code)
    conditions = [*(each.when for each in one.situations), *(each.when for each in one.materials)]
    decides = {name for when in [*conditions, *(each.when for each in one.form)] for name in when}
    assert {question.code for question in one.situations} <= decides
    assert all(question.why for question in one.situations)


@pytest.mark.parametrize("code", COMPLETE)
def test_every_material_is_needed_in_some_situation_and_not_asked_for_twice(code: str) -> None:
    one = item(code)
    needed = [
        {each.material.code for each in wanted(one.situations, one.materials, answers) if each.to_bring}
        for answers in answered(one)
    ]
    assert set().union(*needed) == {each.code for each in one.materials}
    for answers in answered(one):
        names = Counter(
            each.material.name for each in wanted(one.situations, one.materials, answers) if each.need.value == "needed"
        )
        assert max(names.values()) == 1


@pytest.mark.parametrize("code", COMPLETE)
def test_no_field_is_asked_twice(code: str) -> None:
    one = item(code)
    assert max(Counter(field.label for field in one.form).values()) == 1
    facts = Counter(field.attribute for field in one.form if field.attribute)
    assert max(facts.values()) == 1


def test_a_fact_of_a_party_is_asked_in_the_same_way_everywhere() -> None:
    kinds: dict[str, set[str]] = {}
    for code in COMPLETE:
        for field in item(code).form:
            if field.attribute:
                kinds.setdefault(field.attribute, set()).add(field.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_name_telephone_and_address_are_asked_once_for_all_and_not_by_an_item() -> None:
    """Who applies is known before the form of an item begins."""
    asked_again = {"name", "telephone", "address"}
    assert [
        (code, field.code) for code in COMPLETE for field in item(code).form if field.attribute in asked_again
    ] == []


def test_sensitive_fields_fill_facts_that_are_kept_as_sensitive() -> None:
    kept = {one.code: one.sensitivity for one in pack().section("attributes", AttributeRow)}
    for code in COMPLETE:
        for field in item(code).form:
            if field.kind in ("id_number", "bank_account") and field.attribute:
                assert kept[field.attribute] == "sensitive", (code, field.code)


@pytest.mark.parametrize("code", [*COMPLETE, "shells"])
def test_every_text_stands_in_both_languages(code: str) -> None:
    for one in shells() if code == "shells" else [item(code)]:
        both_languages(one)


def both_languages(one: ItemRow) -> None:
    for row in rows_in(one):
        for name in (each.name for each in fields(row)):
            if not name.endswith("_en"):
                continue
            chinese, english = getattr(row, name.removesuffix("_en")), getattr(row, name)
            assert bool(chinese) == bool(english), (type(row).__name__, name, chinese)
            assert not re.search("[一-鿿]", english), (name, english)


@pytest.mark.parametrize("code", COMPLETE)
def test_no_limit_and_no_material_stands_without_where_it_comes_from(code: str) -> None:
    one = item(code)
    assert one.statutory.source
    assert (one.statutory.amount is None) == (one.statutory.status == "unknown")
    if one.statutory.amount is not None:
        assert one.statutory.article
    assert all(material.article for material in one.materials)
    assert all(law.article and law.source for law in one.laws)
    assert all(condition.source for condition in one.conditions)
    assert all(fee.basis for fee in one.fees)


@pytest.mark.parametrize("code", COMPLETE)
def test_what_was_not_read_is_never_called_confirmed(code: str) -> None:
    one = item(code)
    for row in rows_in(one):
        status, source = getattr(row, "status", None), getattr(row, "source", "")
        if isinstance(row, ItemRow) or status is None:
            continue
        assert not (status == "confirmed" and UNSURE.search(source)), source


def test_only_licences_carry_the_days_of_the_licensing_law() -> None:
    """DOMAIN J5: filing, confirmation, payment and public service follow their own rules, or the limit is unknown."""
    for code in COMPLETE:
        one = item(code)
        assert one.kind == "licence" or "行政许可法" not in one.statutory.article, code
        assert one.kind != "licence" or one.statutory.amount is not None, code


@pytest.mark.parametrize("code", COMPLETE)
def test_days_for_supplying_later_are_samples_and_said_to_be(code: str) -> None:
    for material in item(code).materials:
        assert material.secondary == (material.later_days is not None)
        if material.secondary:
            assert "样本" in material.note + material.article


def test_nothing_that_touches_safety_is_let_through_on_a_promise() -> None:
    """DOMAIN J19: excluded risk classes. The promise of the fire check is the law's own way, with a check after it."""
    assert [(code, one.code) for code in RISKY for one in item(code).materials if one.by_promise] == []
    assert item("assembly_fire_check").procedure == "promised_licence"
    assert "check" in pack().procedures["promised_licence"]["clocks"]


def test_what_another_system_decides_is_accompanied_and_gets_no_paper_from_us() -> None:
    """DOMAIN J1."""
    found = {code: item(code).system_of_record for code in COMPLETE if item(code).system_of_record != "jinli"}
    assert found == ELSEWHERE
    for code in ELSEWHERE:
        result = item(code).result
        assert item(code).procedure == "assisted"
        assert result is not None
        assert not result.paper


def test_what_we_decide_names_the_paper_it_ends_with() -> None:
    papers = {path.stem for path in (STANDARD / "papers").glob("*.yaml")}
    for code in set(COMPLETE) - set(ELSEWHERE):
        result = item(code).result
        assert result is not None
        assert result.paper in papers, code
        grant = read_procedure(pack().procedures[item(code).procedure]).case.moves["grant"]
        assert result.paper in grant.papers, code


def test_no_amount_is_written_that_no_source_gives() -> None:
    paid = {code: item(code).result for code in COMPLETE}
    amounts = {code: result.amount for code, result in paid.items() if result is not None and result.amount}
    assert amounts == {"startup_subsidy": "10000"}
    for result in paid.values():
        assert result is not None
        assert result.kind != "payment" or result.amount_source


def test_conditions_compare_what_the_form_asks_or_the_office_finds_out() -> None:
    """A line without threshold is unknown, and the case goes to a person."""
    for code in COMPLETE:
        for one in item(code).conditions:
            numbers = one.compare in ("at_least", "at_most")
            assert not numbers or one.threshold or one.status == "unknown", (code, one.code)


def test_a_term_and_a_reminder_stand_only_where_a_text_gives_them() -> None:
    terms = {
        code: (result.valid_months, result.renew_before_days)
        for code in COMPLETE
        if (result := item(code).result) is not None and (result.valid_months or result.renew_before_days)
    }
    assert terms == {"food_workshop": (36, 30), "disability_renewal": (120, None)}


def test_what_the_town_holds_from_one_matter_is_not_asked_again_in_another() -> None:
    """Story: who registered a lease brings no contract for the licence, the subsidy or the school."""
    users = {
        code
        for code in COMPLETE
        for material in item(code).materials
        if material.held_as == "grant:sublease_registration"
    }
    assert users >= {
        "individual_business",
        "branch_registration",
        "rent_subsidy",
        "newcomer_enrolment",
        "food_workshop",
    }


def test_the_facts_name_no_body_and_the_demonstration_names_one_for_each_matter() -> None:
    assert [one.code for one in pack().items if one.window or one.office or one.reviewers] == []
    shown = {one.code: one for one in demonstration().items}
    assert all(shown[code].window == "hall" and shown[code].office for code in COMPLETE)


def test_promises_are_samples_and_none_is_made_for_what_others_decide() -> None:
    shown = {one.code: one for one in demonstration().items}
    assert [one.code for one in pack().items if one.promised.amount is not None] == []
    for code in COMPLETE:
        promised = shown[code].promised
        assert (promised.amount is None) == (code in ELSEWHERE), code
        assert promised.amount is None or (promised.status == "sample" and "样本" in promised.source)


def test_a_shell_is_found_by_everyday_words_and_pretends_nothing() -> None:
    for one in shells():
        honest(one)


def honest(one: ItemRow) -> None:
    assert 3 <= len(one.everyday) <= 8
    assert not any((one.procedure, one.materials, one.form, one.result))
    assert not one.national_code, "another province's code is no code of ours"
    assert (one.statutory.amount, one.promised.amount) == (None, None)
    assert one.note.startswith("这里不能网上办")
    assert one.note_en.startswith("Not offered online")
    assert one.status == "sample"
    assert all((one.source, one.theme, one.theme_en))


def test_an_everyday_word_leads_to_one_matter_only() -> None:
    said = Counter(word for one in pack().items for word in one.everyday)
    assert [word for word, times in said.items() if times > 1] == []


def test_themes_have_one_english_name_each() -> None:
    names: dict[str, set[str]] = {}
    for one in pack().items:
        names.setdefault(one.theme, set()).add(one.theme_en)
    assert all(len(found) == 1 for found in names.values())
    assert len(names) <= 15


def test_a_group_of_fields_says_how_often_it_may_come() -> None:
    for code in COMPLETE:
        for field in item(code).form:
            assert field.kind != "group" or (field.most and field.fields), (code, field.code)
            assert field.kind not in ("whole", "money", "area") or bounded(field), (code, field.code)


def bounded(field: FieldRow) -> Any:
    return field.lowest


def test_questions_of_a_situation_come_one_by_one() -> None:
    """A road that is only occupied is not asked how old it is."""
    road = item("road_occupation")
    first = {"act": ("occupy",), "stage": ("first",)}
    assert "road_age" not in [one.code for one in asked(road.situations, first)]
    assert "road_age" in [one.code for one in asked(road.situations, {"act": ("dig",), "stage": ("first",)})]


PARTS: tuple[type[Row], ...] = (
    ItemRow,
    ItemLimitRow,
    SituationRow,
    AnswerRow,
    MaterialRow,
    FieldRow,
    ChoiceRow,
    ConditionRow,
    FeeRow,
    ResultRow,
    LawRow,
    ShellRow,
    PromiseRow,
    BodiesRow,
)


@pytest.mark.parametrize("row_type", PARTS, ids=lambda one: one.__name__)
def test_the_guide_on_writing_a_matter_explains_every_word_of_its_file(row_type: type[Row]) -> None:
    guide = (ROOT / "docs/packs/items.md").read_text(encoding="utf-8")
    assert [name for name in cell_names(row_type) if not re.search(f"`{name}[`:]", guide)] == []
