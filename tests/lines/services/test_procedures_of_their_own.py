"""Matters with steps of their own follow the law of their kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from jinli.cases.lines import only_there
from jinli.domain.licensing import LICENCE_LIMIT
from jinli.lines.services.selectors.pinned_item import limits_of
from jinli.lines.services.selectors.procedures import PROCEDURES, kind_of
from jinli.packs.items import ItemRow
from jinli.packs.pack import read_pack

ROOT = Path(__file__).parents[3]


def test_every_matter_of_the_town_runs_under_a_procedure_that_the_line_knows() -> None:
    pack = read_pack(ROOT / "packs/jinli", standard=ROOT / "packs/_standard")
    assert {one.procedure for one in pack.items if one.procedure} <= set(PROCEDURES)


@pytest.mark.parametrize("procedure", ["homestead", "promised_licence"])
def test_a_licence_with_more_steps_is_still_bound_by_the_licensing_law(procedure: str) -> None:
    """Licensing Law art. 42: the twenty days stand in for every licence, and for nothing else."""
    item = ItemRow(code="x", name="x", kind="licence", applicants=("person",), procedure=procedure, source="测试")
    assert kind_of(procedure) == "licence"
    assert limits_of(item) == {"decide": LICENCE_LIMIT}


def test_aid_is_a_payment_so_its_money_goes_through_the_ledger_and_its_limit_may_be_unknown() -> None:
    item = ItemRow(code="x", name="x", kind="payment", applicants=("person",), procedure="aid", source="测试")
    assert kind_of("aid") == "payment"
    assert limits_of(item) == {}
    assert only_there("aid", "grant")
