"""The catalogue for machines: both forms say the same, and what CPSV-AP asks for is there."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jinli.lines.services.linked import json_ld, things_of, turtle
from jinli.lines.services.selectors.items import Item
from jinli.packs.items import FeeRow, ItemLimitRow
from jinli.packs.pack import read_pack
from jinli.packs.sections import OrganisationRow
from jinli.town.models import Division
from tests.cases.pages import html
from tests.lines.services.items import item, publish, shell
from tests.packs.test_reading import ROOT, STANDARD
from tests.town.small_town import build

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pyshacl
    import rdflib
    from rdflib.compare import isomorphic

SHAPES = Path(__file__).parent / "cpsv_shapes.ttl"
AT = "https://town.example/t/1/services/"
CV = "http://data.europa.eu/m8g/"
pytestmark = pytest.mark.filterwarnings("ignore")


def graph_of(things: Any) -> rdflib.Graph:
    return rdflib.Graph().parse(data=turtle(things), format="turtle")


def violations(graph: rdflib.Graph) -> str:
    conforms, _, text = pyshacl.validate(graph, shacl_graph=str(SHAPES), inference="none")
    return "" if conforms else str(text)


def whole_catalogue() -> Any:
    pack = read_pack(ROOT / "packs/jinli", overlays=(ROOT / "packs/jinli/demo",), standard=STANDARD)
    bodies: Any = {one.code: one for one in pack.section("organisations", OrganisationRow)}
    town = Division(code=pack.head.town, name="测试镇", name_en="Test town")
    return things_of(town, [Item(row=row, edition=1) for row in pack.items], bodies, AT)


def test_the_whole_catalogue_is_clean_under_the_shapes_and_the_same_in_both_forms() -> None:
    things = whole_catalogue()
    graph = graph_of(things)
    assert isomorphic(graph, rdflib.Graph().parse(data=json_ld(things), format="json-ld"))
    assert violations(graph) == ""
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef("http://purl.org/vocab/cpsv#PublicService")))) >= 115


def test_the_shapes_notice_what_is_missing() -> None:
    graph = graph_of(things_of(Division(code="1", name="镇"), [Item(row=item(), edition=1)], {}, AT))
    assert violations(graph) == ""
    graph.remove((None, rdflib.URIRef(CV + "hasCompetentAuthority"), None))
    assert "hasCompetentAuthority" in violations(graph)


def test_what_nobody_knows_is_left_out_and_working_days_are_no_duration() -> None:
    rows = [
        item("a", statutory=ItemLimitRow(amount=20, unit="working_day", source="测试", status="sample")),
        item("b", statutory=ItemLimitRow(amount=30, unit="calendar_day", source="测试", status="sample")),
        item("c", statutory=ItemLimitRow()),
        item("d", fees=tuple(FeeRow(name="费", amount=one, basis="某条") for one in ("标准未查到", "12.5"))),
    ]
    graph = graph_of(things_of(Division(code="1", name="镇"), [Item(row=row, edition=1) for row in rows], {}, AT))
    durations = {(str(a), str(b)) for a, b in graph.subject_objects(rdflib.URIRef(CV + "processingTime"))}
    assert durations == {(f"{AT}b/", "P30D")}
    assert [str(one) for one in graph.objects(None, rdflib.URIRef(CV + "hasValue"))] == ["12.5"]


@pytest.mark.django_db
def test_anybody_may_read_it_as_json_ld_and_as_turtle() -> None:
    publish(build().division, item(name='引"号\n行'), shell())
    when = "2026-09-28 12:00"
    said = json.loads(html(Client(), "/t/990101001/services/catalogue.jsonld", when))
    text = html(Client(), "/t/990101001/services/catalogue.ttl", when)
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert isomorphic(graph, rdflib.Graph().parse(data=json.dumps(said), format="json-ld"))
    assert violations(graph) == ""
