"""What the pages of an application show: fields with their sources, materials with their state, all before sending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from jinli.lines.services.forms.filling import Asked, FillForm, Repeated, named
from jinli.lines.services.models import DraftPaper
from jinli.lines.services.selectors.held import Held, HeldOf
from jinli.lines.services.services.applying import Filled
from jinli.packs.items import FieldRow, ItemRow, MaterialRow
from jinli.town.masking import mask_telephone
from jinli.ui.words import say, tongue


@dataclass(frozen=True, kw_only=True)
class HeldShown:
    """A value the town holds, as it is shown: masked where it is sensitive, with its source."""

    value: str
    source: str


@dataclass(frozen=True, kw_only=True)
class FieldShown:
    """A field of the form; `held` stands instead of an empty field."""

    label: str
    bound: Any
    held: HeldShown | None = None
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class EntryShown:
    """One entry of a group."""

    title: str
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, kw_only=True)
class GroupShown:
    """A group of fields repeated as a whole."""

    code: str
    label: str
    hint: str
    error: str
    entries: tuple[EntryShown, ...]
    may_add: bool


@dataclass(frozen=True, kw_only=True)
class PartShown:
    """A part of the form: a plain field or a group."""

    field: FieldShown | None = None
    group: GroupShown | None = None


@dataclass(frozen=True, kw_only=True)
class FileShown:
    """A file uploaded so far."""

    id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class MaterialShown:
    """A material as it stands: what to hand in, what may stand instead, what is there."""

    code: str
    name: str
    notes: tuple[str, ...]
    bound: Any
    files: tuple[FileShown, ...]
    held: str
    is_form: bool
    later: str
    promise: bool
    offer: str
    seen: bool
    state: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of what is about to be sent."""

    label: str
    value: str
    note: str = ""


def parts_of(form: FillForm, held: HeldOf, typed: Mapping[str, Any]) -> tuple[PartShown, ...]:
    """Return the parts of the form in their order."""
    places = dict(form.places)
    return tuple(_part(one, held, typed, places) for one in form.shown())


def _part(one: Asked | Repeated, held: HeldOf, typed: Mapping[str, Any], places: Mapping[str, str]) -> PartShown:
    if isinstance(one, Asked):
        known = held.fields.get(one.row.code)
        shown = held_shown(one.row, known, places) if known else None
        changed = bool(str(typed.get(one.row.code, "")).strip()) or bool(one.bound.errors)
        return PartShown(field=FieldShown(label=named(one.row), bound=one.bound, held=shown, open=changed))
    entries = tuple(
        EntryShown(
            title=say("services.fill.entry", name=one.label, number=number),
            fields=tuple(FieldShown(label=named(inner.row), bound=inner.bound) for inner in entry),
        )
        for number, entry in enumerate(one.entries, 1)
    )
    hint = (tongue() == "en" and one.row.hint_en) or one.row.hint
    group = GroupShown(
        code=one.row.code, label=one.label, hint=hint, error=one.error, entries=entries, may_add=one.may_add
    )
    return PartShown(group=group)


def held_shown(row: FieldRow, held: Held, places: Mapping[str, str] = MappingProxyType({})) -> HeldShown:
    """Return a held value with its source."""
    plain = isinstance(held.value, str) and row.kind != "place"
    value = masked(row.kind, held.value) if plain else words_of(row, held.value, places)
    return HeldShown(value=value, source=source_words(held))


def source_words(held: Held) -> str:
    """Return where a value came from: the case it was stated in, or the day it was recorded."""
    if held.number:
        return say("services.held.case", day=held.on, title=held.title, number=held.number)
    return say("services.held.record", day=held.on)


def masked(kind: str, value: str) -> str:
    """Return a value as it may stand on a screen others can see."""
    if kind in ("id_number", "bank_account"):
        return f"{value[:4]}{'*' * max(len(value) - 8, 0)}{value[-4:]}" if len(value) > 8 else "****"
    return mask_telephone(value) if kind == "telephone" else value


def words_of(row: FieldRow, value: Any, places: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a value in words: the labels of choices, names of places, entries of a group one after the other."""
    if row.kind == "place":
        return places.get(str(value), str(value))
    labels = {one.code: named(one) for one in row.choices} | {"yes": say("ui.yes"), "no": say("ui.no")}
    if row.kind in ("choice", "yes_no"):
        return labels.get(str(value), str(value))
    if row.kind == "many":
        return say("ui.comma").join(labels.get(str(one), str(one)) for one in value)
    if row.kind == "group":
        inner = {one.code: one for one in row.fields}
        lines = [
            say("ui.comma").join(words_of(inner[code], one, places) for code, one in entry.items() if code in inner)
            for entry in value
        ]
        return "\n".join(lines)
    return f"{value} {row.unit}".strip() if row.unit else str(value)


def materials_shown(
    materials: Sequence[MaterialRow], *, form: FillForm | None, papers: Sequence[DraftPaper], held: HeldOf,
    offers: Mapping[str, str], seen: Sequence[str], states: Mapping[str, str],
) -> tuple[MaterialShown, ...]:  # fmt: skip
    """Return the materials needed in this situation."""
    return tuple(
        MaterialShown(
            code=one.code,
            name=named(one),
            notes=tuple(_notes(one)),
            bound=form[f"material-{one.code}"] if form is not None else None,
            files=tuple(FileShown(id=paper.pk, name=paper.name) for paper in papers if paper.material == one.code),
            held=source_words(held.materials[one.code]) if one.code in held.materials else "",
            is_form=one.kind == "form",
            later=_later(one),
            promise=one.by_promise,
            offer=offers.get(one.code, ""),
            seen=one.code in seen,
            state=_state(states.get(one.code, ""), offers.get(one.code, "")),
        )
        for one in materials
    )


def _notes(one: MaterialRow) -> Iterator[str]:
    yield from (
        text
        for text in (
            (tongue() == "en" and one.standard_en) or one.standard,
            (tongue() == "en" and one.note_en) or one.note,
            say("services.fill.from_government") if one.source_from == "government" else "",
        )
        if text
    )


def _later(one: MaterialRow) -> str:
    if not one.secondary:
        return ""
    if one.later_days is None:
        return say("services.fill.offer.later.unknown")
    return say("services.fill.offer.later", days=one.later_days)


def _state(state: str, offer: str) -> str:
    if not state:
        return ""
    return say("services.yours.offered_later" if state == "missing" and offer == "later" else f"services.yours.{state}")


def told_of(row: ItemRow, filled: Filled, held: HeldOf, places: Mapping[str, str]) -> tuple[Told, ...]:
    """Return every answer of the form in words, with where it came from."""
    return tuple(
        Told(
            label=named(one),
            value=_told_value(one, filled, held, places),
            note=_told_note(one, filled, held),
        )
        for one in row.form
        if one.code in filled.values
    )


def _told_value(one: FieldRow, filled: Filled, held: HeldOf, places: Mapping[str, str]) -> str:
    value = filled.values[one.code]
    from_record = one.code in filled.sources and one.code in held.fields
    if from_record and isinstance(value, str) and not one.choices and one.kind != "place":
        return masked(one.kind, value)
    return words_of(one, value, places)


def _told_note(one: FieldRow, filled: Filled, held: HeldOf) -> str:
    if one.code in filled.changed:
        return say("services.check.changed")
    return source_words(held.fields[one.code]) if one.code in filled.sources and one.code in held.fields else ""
