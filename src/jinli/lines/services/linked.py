"""The catalogue as linked open descriptions, CPSV-AP 3.2 of the European Union, in JSON-LD and Turtle.

An item is a `cpsv:PublicService`, what it needs a `cv:Evidence`, where it is done a `cv:Channel`, a fee a `cv:Cost`,
what comes out a `cv:Output`, its legal basis a `cpsv:Rule` that follows an `eli:LegalResource`, and whoever handles it
a `cv:PublicOrganisation`. What nobody knows is left out, never filled in: a service without a known body names the town
government in general, which is competent for telling where the matter is done.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinli.lines.services.selectors.items import Item
from jinli.packs.items import ItemLimitRow, ItemRow
from jinli.town.models import Division, Organisation
from jinli.ui.words import say_in

PREFIXES: Final[Mapping[str, str]] = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_YUAN: Final = "http://publications.europa.eu/resource/authority/currency/CNY"
#: Limits that a duration of XML Schema can say without changing them; working days it cannot.
_DURATIONS: Final[Mapping[str, str]] = {"calendar_day": "P{}D", "month": "P{}M", "year": "P{}Y", "minute": "PT{}M"}

Value = Any


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One described thing: its address, its class, and property -> values."""

    at: str
    kind: str
    said: Mapping[str, Sequence[Value]]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text in one language."""

    text: str
    lang: str


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A value of a type of XML Schema."""

    text: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """The address of another thing."""

    at: str


def texts(row: Any, name: str = "name") -> tuple[Text, ...]:
    """Return a text in the languages in which it exists; the Chinese one is always there."""
    found = [Text(text=str(getattr(row, name)), lang="zh")]
    english = str(getattr(row, f"{name}_en", ""))
    return (*found, Text(text=english, lang="en")) if english else tuple(found)


def things_of(town: Division, items: Iterable[Item], bodies: Mapping[str, Organisation], root: str) -> list[Thing]:
    """Return everything that the catalogue of a town describes. `root` is the public address of the catalogue."""
    government = Thing(
        at=f"{root}#town",
        kind="cv:PublicOrganisation",
        said={
            "dct:identifier": [town.code],
            "skos:prefLabel": [
                Text(text=say_in("zh", "services.linked.town", town=town.name), lang="zh"),
                Text(text=say_in("en", "services.linked.town", town=town.name_en or town.name), lang="en"),
            ],
            "dct:spatial": [Link(at=f"{root}#place")],
        },
    )
    place = Thing(at=f"{root}#place", kind="dct:Location", said={"dct:identifier": [town.code]})
    found: dict[str, Thing] = {place.at: place, government.at: government}
    for item in items:
        for one in _item(item, bodies, root):
            found.setdefault(one.at, one)
    return list(found.values())


def _item(item: Item, bodies: Mapping[str, Organisation], root: str) -> Iterable[Thing]:
    row, at = item.row, f"{root}{item.code}/"
    parts = [*_evidences(row, at), *_costs(row, at), *_outputs(row, at), *_rules(row, at), *_channels(row, at)]
    office = bodies.get(row.office)
    if office is not None:
        parts.append(_organisation(office, root))
    links = {
        "cpsv:hasInput": "cv:Evidence",
        "cv:hasCost": "cv:Cost",
        "cpsv:produces": "cv:Output",
        "cpsv:follows": "cpsv:Rule",
        "cv:hasChannel": "cv:Channel",
    }
    said: dict[str, Sequence[Value]] = {
        "dct:identifier": [f"{item.code}/{item.edition}"],
        "dct:title": texts(row),
        "dct:description": _description(row),
        "dcat:keyword": [Text(text=word, lang="zh") for word in row.everyday],
        "cv:hasCompetentAuthority": [Link(at=f"{root}#{row.office}" if office is not None else f"{root}#town")],
        "cv:processingTime": _duration(row.statutory),
    }
    for name, kind in links.items():
        said[name] = [Link(at=one.at) for one in parts if one.kind == kind]
    yield Thing(at=at, kind="cpsv:PublicService", said=said)
    yield from parts


def _description(row: ItemRow) -> list[Text]:
    """Return what the service is in one sentence in each language: kind, for whom, and where it is done."""
    found = []
    for lang in ("zh", "en"):
        kind = say_in(lang, f"services.kind.{row.kind}")
        whom = say_in(lang, "ui.comma").join(say_in(lang, f"services.applicant.{one}") for one in row.applicants)
        note = (row.note_en if lang == "en" else row.note).strip()
        said = say_in(lang, f"services.linked.{row.offered}", kind=kind, whom=whom)
        found.append(Text(text=f"{said} {note}".strip(), lang=lang))
    return found


def _duration(limit: ItemLimitRow) -> list[Typed]:
    """Return a limit as a duration, where one can say it; twenty working days are no twenty days."""
    form = _DURATIONS.get(limit.unit)
    return [Typed(text=form.format(limit.amount), kind="xsd:duration")] if form and limit.amount else []


def _organisation(body: Organisation, root: str) -> Thing:
    return Thing(
        at=f"{root}#{body.code}",
        kind="cv:PublicOrganisation",
        said={
            "dct:identifier": [body.code],
            "skos:prefLabel": texts(body),
            "dct:spatial": [Link(at=f"{root}#place")],
        },
    )


def _evidences(row: ItemRow, at: str) -> Iterable[Thing]:
    for one in row.materials:
        standard = texts(one, "standard") if one.standard else ()
        said: dict[str, Sequence[Value]] = {
            "dct:identifier": [f"{row.code}/{one.code}"],
            "dct:title": texts(one),
            "dct:description": standard,
        }
        yield Thing(at=f"{at}#material-{one.code}", kind="cv:Evidence", said=said)


def _costs(row: ItemRow, at: str) -> Iterable[Thing]:
    for number, one in enumerate(row.fees, 1):
        amount = [Typed(text=one.amount, kind="xsd:double")] if re.fullmatch(r"\d+(\.\d+)?", one.amount) else []
        said = {
            "dct:identifier": [f"{row.code}/fee-{number}"],
            "dct:description": texts(one),
            "cv:hasValue": amount,
            "cv:currency": [Link(at=_YUAN)],
        }
        yield Thing(at=f"{at}#fee-{number}", kind="cv:Cost", said=said)
        name = [Text(text=say_in(lang, "services.linked.yuan"), lang=lang) for lang in ("zh", "en")]
        yield Thing(at=_YUAN, kind="skos:Concept", said={"skos:prefLabel": name})


def _outputs(row: ItemRow, at: str) -> Iterable[Thing]:
    if row.result is not None:
        said: dict[str, Sequence[Value]] = {"dct:identifier": [f"{row.code}/result"], "dct:title": texts(row.result)}
        yield Thing(at=f"{at}#result", kind="cv:Output", said=said)


def _rules(row: ItemRow, at: str) -> Iterable[Thing]:
    for number, one in enumerate(row.laws, 1):
        title = texts(one, "law")
        said: dict[str, Sequence[Value]] = {
            "dct:identifier": [f"{row.code}/rule-{number}"],
            "dct:title": title,
            "dct:description": [Text(text=f"{each.text} {one.article}".strip(), lang=each.lang) for each in title],
            "cpsv:implements": [Link(at=f"{at}#law-{number}")],
        }
        yield Thing(at=f"{at}#rule-{number}", kind="cpsv:Rule", said=said)
        law: dict[str, Sequence[Value]] = {"dct:identifier": [one.law], "dct:title": title}
        yield Thing(at=f"{at}#law-{number}", kind="eli:LegalResource", said=law)


def _channels(row: ItemRow, at: str) -> Iterable[Thing]:
    ways = {"online": ("online", "counter"), "counter": ("counter",), "elsewhere": ()}[row.offered]
    for way in ways:
        words = [Text(text=say_in(lang, f"services.linked.channel.{way}"), lang=lang) for lang in ("zh", "en")]
        said: dict[str, Sequence[Value]] = {"dct:identifier": [f"{row.code}/{way}"], "dct:description": words}
        yield Thing(at=f"{at}#{way}", kind="cv:Channel", said=said)


def json_ld(things: Iterable[Thing]) -> str:
    """Return the things as JSON-LD."""
    graph = [
        {"@id": one.at, "@type": one.kind}
        | {name: [_json(value) for value in values] for name, values in one.said.items() if values}
        for one in things
    ]
    return json.dumps({"@context": dict(PREFIXES), "@graph": graph}, ensure_ascii=False, indent=1)


def _json(value: Value) -> Any:
    if isinstance(value, Text):
        return {"@value": value.text, "@language": value.lang}
    if isinstance(value, Typed):
        return {"@value": value.text, "@type": value.kind}
    return {"@id": value.at} if isinstance(value, Link) else value


def turtle(things: Iterable[Thing]) -> str:
    """Return the things as Turtle."""
    lines = [f"@prefix {name}: <{at}> ." for name, at in PREFIXES.items()]
    for one in things:
        said = [f"a {one.kind}"]
        said += [f"{name} {', '.join(map(_turtle, values))}" for name, values in one.said.items() if values]
        lines.append(f"\n<{one.at}>\n    " + " ;\n    ".join(said) + " .")
    return "\n".join(lines) + "\n"


def _turtle(value: Value) -> str:
    if isinstance(value, Text):
        return f"{_quoted(value.text)}@{value.lang}"
    if isinstance(value, Typed):
        return f"{_quoted(value.text)}^^{value.kind}"
    return f"<{value.at}>" if isinstance(value, Link) else _quoted(value)


def _quoted(text: str) -> str:
    """Return a text as Turtle quotes it; JSON escapes the same characters in the same way."""
    return json.dumps(text, ensure_ascii=False)
