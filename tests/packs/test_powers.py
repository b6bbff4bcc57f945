"""The register of powers in a pack: what cannot be is refused, what nobody knows stays a visible row."""

from __future__ import annotations

from pathlib import Path

import pytest

from jinli.packs.pack import inspect_pack, read_pack
from jinli.packs.sections import DelegationRow, WaveRow
from tests.packs.test_reading import STANDARD, add, faults_in, pack, swap

__all__ = ["pack"]
ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "packs/jinli"
TABLE = "services/delegations.csv"


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        pytest.param("direct,herds,", "direct,roads,", "packs.authority_in_town", "authority", id="not from the town"),
        pytest.param("direct,herds,", "direct,,", "packs.missing", "authority", id="from somebody"),
        pytest.param("direct,herds,", "direct,nobody,", "packs.unknown_reference", "authority", id="from a known body"),
        pytest.param("direct,herds,hub", "direct,herds,", "packs.missing", "to_body", id="to somebody"),
        pytest.param(
            "direct,herds,hub", "direct,herds,referee", "packs.holder_above_town", "to_body", id="to the town"
        ),
        pytest.param("direct,herds,", "own,herds,", "packs.own_from_another", "authority", id="its own is from nobody"),
        pytest.param("县赋权文件,1号", ",1号", "packs.missing", "instrument", id="by a paper"),
        pytest.param("mu,2023-01-01", "mu,", "packs.missing", "valid_from", id="from a day on"),
        pytest.param(",area,500,", ",area,,", "packs.half_a_bound", "bound_fact + bound_most", id="a whole bound"),
        pytest.param("first,direct", "second,direct", "packs.unknown_reference", "wave", id="in a known wave"),
        pytest.param("direct,herds", "given,herds", "packs.not_a_choice", "mode", id="in one of four ways"),
        pytest.param("finish,confirmed", "finish,unknown", "packs.value_against_status", "mode", id="known or unknown"),
        pytest.param("2025-06-01", "2023-01-01", "packs.ends_before_begin", "recalled_on", id="recalled after it came"),
        pytest.param("收回测试", "", "packs.missing", "recall_reason", id="recalled for a reason"),
        pytest.param("县收回文件", "", "packs.missing", "recall_instrument", id="recalled by a paper"),
    ],
)
def test_a_power_that_cannot_be_is_refused(pack: Path, old: str, new: str, code: str, field: str) -> None:
    assert faults_in(pack) == ()
    swap(pack / TABLE, old, new)
    assert (code, field) in [(one.code, one.field) for one in faults_in(pack)]


def test_two_powers_over_one_matter_at_a_time_are_refused_and_one_after_the_other_is_not(pack: Path) -> None:
    row = "{code},slaughter_permit,屠宰许可,,,direct,herds,hub,文件,3号,,,,,,{since},,,,hand_over,confirmed,测试"
    add(pack / TABLE, row.format(code="later", since="2025-06-01"))
    assert faults_in(pack) == ()
    add(pack / TABLE, row.format(code="twice", since="2024-06-01"))
    assert [one.code for one in faults_in(pack)] == ["packs.two_powers", "packs.two_powers"]


def test_a_misspelt_table_of_the_line_does_not_pass_in_silence(pack: Path) -> None:
    (pack / TABLE).rename(pack / "services/delegation.csv")
    assert [one.code for one in faults_in(pack)] == ["packs.unknown_file"]


def test_the_shipped_facts_name_six_matters_and_show_87_that_no_source_names() -> None:
    found = read_pack(SHIPPED, standard=STANDARD)
    rows = found.section("delegations", DelegationRow)
    assert {one.status for one in rows} == {"unknown"}
    assert not any(one.mode or one.authority or one.instrument or one.valid_from for one in rows)
    assert len(rows) == 6
    waves = {one.code: one for one in found.section("waves", WaveRow)}
    assert [one.matters for one in waves.values()] == [16, 85, 87]
    assert waves["adjusted-85"].total_after == 188 == sum(one.matters or 0 for one in waves.values())
    assert waves["unnamed"].status == "unknown"
    assert waves["unnamed"].at_least
    assert not any(one.as_of for one in waves.values())


def test_the_demonstration_gives_all_fifteen_matters_marked_simulated_one_recalled() -> None:
    found, faults = inspect_pack(SHIPPED, overlays=[SHIPPED / "demo"], standard=STANDARD)
    assert faults == ()
    assert found is not None
    rows = found.section("delegations", DelegationRow)
    assert len(rows) == 15
    assert {one.status for one in rows} == {"simulated"}
    assert all("（演示）" in one.instrument for one in rows)
    assert {one.mode for one in rows} == {"direct", "entrusted", "front_desk"}
    assert [one.item for one in rows if one.recalled_on] == ["assembly_fire_check"]
