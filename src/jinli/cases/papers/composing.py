"""What a paper says, from its template and its facts, in Chinese and in English at once.

What comes out is plain JSON and complete: a paper printed years later says the same, whatever became of the template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from jinli.domain.errors import InvalidInputError
from jinli.packs.papers import FACTS, LISTS, POINTS, REMEDIES, SIGNATURE, TABLE, TABLES, VALUES
from jinli.ui.dates import day_text, moment_text
from jinli.ui.words import say_in, tongue

Pair = dict[str, str]
Facts = Mapping[str, Any]

#: How documents are written down; raised when their shape changes, so that old ones are still printed rightly.
FORM: Final = 1
_TONGUES: Final = ("zh", "en")
#: Facts that say who somebody is or where they live; hidden wherever personal data are.
PERSONAL: Final = ("applicant", "applicant_code", "receiver", "place")
_COLUMNS: Final = ("name", "state", "note")
_MARK: Final = re.compile(r"\{([^{}]*)\}")


def both(key: str, /, **facts: Any) -> Pair:
    """Return the words of a key in both languages; a fact that is a pair is said in the language of the words."""
    return {
        one: say_in(
            one, key, **{name: value[one] if isinstance(value, dict) else value for name, value in facts.items()}
        )
        for one in _TONGUES
    }


def stated(facts: Facts) -> dict[str, Any]:
    """Return facts as pairs, lists of pairs and rows of pairs; those without a value are left out.

    A text stands for both languages, a day or moment is written out, `{"zh": …, "en": …}` gives each its own.

    Raises
    ------
    InvalidInputError : a fact that no paper knows.
    """
    found: dict[str, Any] = {}
    for name, value in facts.items():
        if name not in FACTS:
            raise InvalidInputError("cases.paper.unknown_fact", field="papers", unknown=name, known=", ".join(FACTS))
        if value in (None, "", [], ()):
            continue
        if name in TABLES:
            found[name] = [_table_row(one) for one in _several(value)]
        elif name in LISTS:
            found[name] = [_pair(one) for one in _several(value)]
        else:
            found[name] = _pair(value)
    return found


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else (value,)


def _pair(value: Any) -> Pair:
    if isinstance(value, Mapping):
        return {"zh": str(value["zh"]), "en": str(value.get("en") or value["zh"])}
    if isinstance(value, datetime):
        return {one: moment_text(value, tongue=one) for one in _TONGUES}
    if isinstance(value, date):
        return {one: day_text(value, tongue=one, weekday=False) for one in _TONGUES}
    return {one: str(value) for one in _TONGUES}


def _table_row(value: Any) -> dict[str, Pair]:
    row = value if isinstance(value, Mapping) and "name" in value else {"name": value}
    return {name: _pair(row.get(name) or "") for name in _COLUMNS}


def require_facts(template: Facts, facts: Facts) -> None:
    """Refuse a paper that lacks what its template requires.

    Raises
    ------
    InvalidInputError : names the paper and the fact.
    """
    for name in template["requires"]:
        if name not in facts:
            title = template["title_en"] if tongue() == "en" else template["title"]
            raise InvalidInputError(
                "cases.paper.lacks", field=f"papers.{name}", paper=title, fact=f"cases.paper.fact.{name}"
            )


def compose(template: Facts, facts: Facts, *, hat: str, basis: str) -> dict[str, Any]:
    """Return the document; facts are those of `stated`. A block that has nothing to say is left out."""
    blocks = (_block(one, facts, hat, basis) for one in template["blocks"])
    holder = facts.get("applicant", facts.get("receiver"))
    return {
        "form": FORM,
        "kind": template["code"],
        "sort": template["sort"],
        "title": {"zh": template["title"], "en": template["title_en"]},
        "number": facts["paper_number"]["zh"],
        "case": facts["case_number"]["zh"],
        "item": facts["item"],
        "town": facts["town"],
        "body": facts["seal_body"],
        "day": facts["day"],
        "holder": holder["zh"] if holder else "",
        "personal": {name: facts[name]["zh"] for name in PERSONAL if name in facts},
        "blocks": [one for one in blocks if one is not None],
    }


def _block(block: Facts, facts: Facts, hat: str, basis: str) -> dict[str, Any] | None:
    kind = block["block"]
    head = {"zh": block["title"], "en": block["title_en"] or block["title"]}
    if kind == SIGNATURE:
        note = both(f"cases.paper.hat.{hat}", basis=basis) if hat != "own" else {"zh": "", "en": ""}
        return {"block": kind, "note": note}
    if kind == REMEDIES:
        return _remedies(facts)
    if kind == VALUES:
        rows = [
            {"label": both(f"cases.paper.fact.{name}"), "value": facts[name]} for name in block["of"] if name in facts
        ]
        return {"block": kind, "title": head, "rows": rows} if rows else None
    if kind in (TABLE, POINTS):
        found = facts.get(block["of"][0])
        if not found:
            return None
        if kind == POINTS:
            return {"block": kind, "title": head, "points": found}
        shown = [name for name in _COLUMNS if any(row[name]["zh"] for row in found)]
        columns = [both(f"cases.paper.column.{name}") for name in shown]
        return {
            "block": kind,
            "title": head,
            "columns": columns,
            "rows": [[row[name] for name in shown] for row in found],
        }
    if any(name not in facts for name in _MARK.findall(block["text"])):
        return None
    return {
        "block": kind,
        "text": {"zh": _filled(block["text"], facts, "zh"), "en": _filled(block["text_en"], facts, "en")},
    }


def _remedies(facts: Facts) -> dict[str, Any] | None:
    """Return how to contest: what the line says, else the general rule with reviewer and defendant named.

    Sixty days for review (Administrative Reconsideration Law art. 20), six months for an action (Administrative
    Litigation Law art. 46).
    """
    head = both("cases.paper.remedies.title")
    if "remedies" in facts:
        return {"block": POINTS, "title": head, "points": [facts["remedies"]]}
    if "reviewer" in facts and "defendant" in facts:
        text = both("cases.paper.remedies", reviewer=facts["reviewer"], defendant=facts["defendant"])
        return {"block": POINTS, "title": head, "points": [text]}
    return None


def _filled(text: str, facts: Facts, language: str) -> str:
    """Return the text with its facts in place; what stands in a fact is never read as a placeholder again."""

    def value(found: re.Match[str]) -> str:
        fact = facts[found[1]]
        if isinstance(fact, list):
            return say_in(language, "cases.paper.join").join(one[language] for one in fact)
        return str(fact[language])

    return _MARK.sub(value, text)
