"""What several items ask, asked once: the fields and the materials of their forms laid together.

Two fields are the same when they report to the same attribute of a party, else when they have the same code. A field
that is asked under other answers in one item than in another stays a field of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from jinli.packs.items import FieldRow, ItemRow, MaterialRow, SituationRow

When = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two fields of one key that cannot be one field."""

    key: str
    first: str
    first_kind: str
    item: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One item as it comes into a common form.

    Attributes
    ----------
    when : question of the bundle -> answers under which it is needed.
    answers : question of the item -> the answer that is fixed.
    """

    row: ItemRow
    when: When = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A common form.

    Attributes
    ----------
    situations, fields, materials : what is asked, each once.
    field_of, material_of : item -> code there -> code in the common form.
    separately : how many fields would be asked if every item were filled in by itself.
    """

    situations: tuple[SituationRow, ...] = ()
    fields: tuple[FieldRow, ...] = ()
    materials: tuple[MaterialRow, ...] = ()
    field_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    material_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    separately: int = 0

    def typed_for(self, item: str, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was typed in the common form at the paths of one item's own form."""
        found = {}
        for code, common in self.field_of.get(item, {}).items():
            for path, value in typed.items():
                head, bracket, rest = path.partition("[")
                if head == common:
                    found[f"{code}{bracket}{rest}"] = value
        return found

    def common_path(self, item: str, path: str) -> str:
        """Return the path in the common form of a path in an item's form."""
        head, bracket, rest = path.partition("[")
        return f"{self.field_of.get(item, {}).get(head, head)}{bracket}{rest}"


def key_of(one: FieldRow) -> str:
    """Return by what two fields are known to ask the same."""
    return one.attribute or one.code


def conflicts(rows: Sequence[ItemRow]) -> Iterator[Conflict]:
    """Yield fields of one key that are of different kinds, or that offer different choices."""
    seen: dict[str, tuple[str, FieldRow]] = {}
    for item in rows:
        for one in item.form:
            first, earlier = seen.setdefault(key_of(one), (item.code, one))
            if first != item.code and _kind(earlier) != _kind(one):
                yield Conflict(key=key_of(one), first=first, first_kind=_kind(earlier), item=item.code, kind=_kind(one))


def _kind(one: FieldRow) -> str:
    inner = one.fields or one.choices
    return f"{one.kind}({','.join(each.code for each in inner)})" if inner else one.kind


def question_code(item: str, question: str) -> str:
    """Return what a question of an item is called among the questions of all."""
    return f"{item}.{question}"


def questions_together(own: Sequence[SituationRow], parts: Sequence[Part]) -> tuple[SituationRow, ...]:
    """Return the questions of a bundle and, under its answers, those of its items that are not fixed."""
    found = list(own)
    for part in parts:
        fixed = dict(part.answers)
        for one in part.row.situations:
            rest = rest_of(one.when, fixed)
            if one.code in fixed or rest is None:
                continue
            when = {question_code(part.row.code, code): answers for code, answers in rest.items()}
            found.append(replace(one, code=question_code(part.row.code, one.code), when={**part.when, **when}))
    return tuple(found)


def rest_of(when: When, known: Mapping[str, str]) -> dict[str, tuple[str, ...]] | None:
    """Return what is left of conditions when some answers are known; None when one of them does not hold."""
    left: dict[str, tuple[str, ...]] = {}
    for code, answers in when.items():
        if code not in known:
            left[code] = answers
        elif known[code] not in answers:
            return None
    return left


def asked_together(
    parts: Sequence[Part], situations: Mapping[str, Mapping[str, str]], same: Mapping[str, tuple[str, ...]]
) -> Shared:
    """Return the common form of items in given situations (item -> question -> answer)."""
    fields: dict[str, FieldRow] = {}
    codes: dict[str, str] = {}
    field_of: dict[str, dict[str, str]] = {}
    separately = 0
    for part in parts:
        mine = field_of[part.row.code] = {}
        said = situations.get(part.row.code, {})
        questions = {each.code: said.get(each.code, "") for each in part.row.situations}
        for one in part.row.form:
            questions = {
                each.code: situations.get(part.row.code, {}).get(each.code, "") for each in part.row.situations
            }
            rest = rest_of(one.when, questions)
            if rest is None:
                continue
            separately += 1
            when = {mine.get(code, code): answers for code, answers in rest.items()}
            common = codes.get(key_of(one))
            if common is not None and not (when and fields[common].when and when != fields[common].when):
                fields[common] = _laid_together(fields[common], one, when)
            else:
                common = one.code if one.code not in fields else f"{part.row.code}_{one.code}".replace("-", "_")
                codes.setdefault(key_of(one), common)
                fields[common] = replace(one, code=common, when=when)
            mine[one.code] = common
    materials, material_of = _materials(parts, situations, same)
    return Shared(
        fields=tuple(fields.values()),
        materials=materials,
        field_of=field_of,
        material_of=material_of,
        separately=separately,
    )


def _laid_together(first: FieldRow, second: FieldRow, when: When) -> FieldRow:
    """Return a field that asks for both: needed if one needs it, within the narrower bounds of the two."""
    return replace(
        first,
        needed=first.needed or second.needed,
        when=when if first.when and when else {},
        attribute=first.attribute or second.attribute,
        most=min((one for one in (first.most, second.most) if one is not None), default=None),
        lowest=_tighter(first.lowest, second.lowest, highest=False),
        highest=_tighter(first.highest, second.highest, highest=True),
    )


def _tighter(first: str, second: str, *, highest: bool) -> str:
    if not first or not second:
        return first or second
    return min(first, second, key=Decimal) if highest else max(first, second, key=Decimal)


def _materials(
    parts: Sequence[Part], situations: Mapping[str, Mapping[str, str]], same: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[MaterialRow, ...], dict[str, dict[str, str]]]:
    """Return each material once. It may come later, or be replaced by a promise, only where every item lets it."""
    called = {other: code for code, others in same.items() for other in others}
    found: dict[str, MaterialRow] = {}
    material_of: dict[str, dict[str, str]] = {}
    for part in parts:
        mine = material_of[part.row.code] = {}
        for one in part.row.materials:
            if one.kind == "form" or rest_of(one.when, situations.get(part.row.code, {})) != {}:
                continue
            code = called.get(one.code, one.code)
            earlier = found.get(code)
            if earlier is None:
                found[code] = replace(one, code=code, when={})
            else:
                found[code] = replace(
                    earlier,
                    secondary=earlier.secondary and one.secondary,
                    by_promise=earlier.by_promise and one.by_promise,
                    held_as=earlier.held_as or one.held_as,
                )
            mine[one.code] = code
    return tuple(found.values()), material_of
