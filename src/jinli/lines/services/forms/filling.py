"""The form of an item as it is shown: the fields that are asked, groups with their entries, files and offers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict

from jinli.cases.forms import FilesField
from jinli.cases.services.attaching import LARGEST, Upload
from jinli.domain.forms import entries_of, read_form
from jinli.lines.services.forms.typed import TypedField
from jinli.lines.services.selectors.forms import form_of
from jinli.lines.services.selectors.held import HeldOf
from jinli.packs.items import FieldRow, ItemRow, MaterialRow
from jinli.ui.words import say, tongue

Posted = MultiValueDict[str, str]
#: A choice of more answers than these is a list to open.
FEW: Final = 6
_PATH = re.compile(r"^[a-z0-9_]+(?:\[[0-9]{1,2}\]\.[a-z0-9_]+)?$")
_INPUT: Final[Mapping[str, Mapping[str, str]]] = {
    "whole": {"inputmode": "numeric"},
    "money": {"inputmode": "decimal"},
    "area": {"inputmode": "decimal"},
    "telephone": {"inputmode": "tel", "autocomplete": "tel"},
    "id_number": {"autocomplete": "off", "autocapitalize": "characters"},
    "credit_code": {"autocomplete": "off", "autocapitalize": "characters"},
    "bank_account": {"inputmode": "numeric", "autocomplete": "off"},
    "date": {"type": "date"},
    "month": {"inputmode": "numeric", "placeholder": "2026-09"},  # browsers without a month picker are many
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One field as it is shown; `held` when the town has the value already."""

    row: FieldRow
    bound: Any
    held: bool = False


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """A group as it is shown: its entries, and whether one more may be added."""

    row: FieldRow
    label: str
    entries: tuple[tuple[Asked, ...], ...]
    may_add: bool
    error: str = ""


class FillForm(forms.Form):
    """The form of an item in one situation. What was typed is its data; `places` are the choices of a place."""

    use_required_attribute = False

    def __init__(
        self, *, row: ItemRow, situation: Mapping[str, str], held: HeldOf, typed: Mapping[str, Any],
        materials: Sequence[MaterialRow], places: Sequence[tuple[str, str]] = (), more: Mapping[str, int] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data=dict(typed))
        self.row, self.held, self.places = row, held, places
        laid = {code: one.value for code, one in held.fields.items() if isinstance(one.value, str)}
        known = {**laid, **{path: value for path, value in typed.items() if value}}
        rules = form_of(row.form)
        asked = set(read_form(rules, known, situation=situation).asked)
        entries = {
            one.code: max(entries_of(one.code, typed), 1 if one.needed else 0) + (more or {}).get(one.code, 0)
            for one in row.form
            if one.kind == "group"
        }
        self.entries = {code: min(count, _most(row, code)) for code, count in entries.items()}
        for one in row.form:
            if one.code not in asked:
                continue
            if one.kind == "group":
                for number in range(1, self.entries[one.code] + 1):
                    for inner in self._inner(one, number, typed, situation):
                        self._add(f"{one.code}[{number}].{inner.code}", inner)
                self.fields.setdefault(
                    one.code, TypedField(required=False, widget=forms.HiddenInput(), label=named(one))
                )
            else:
                self._add(one.code, one)
        for material in materials:
            name = f"material-{material.code}"
            self.fields[name] = FilesField(required=False, label=say("services.fill.file", name=named(material)))

    def _inner(
        self, group: FieldRow, number: int, typed: Mapping[str, Any], situation: Mapping[str, str]
    ) -> Iterator[FieldRow]:
        """Yield the fields of one entry that are asked under what stands in it."""
        start = f"{group.code}[{number}]."
        inside = {path.removeprefix(start): value for path, value in typed.items() if path.startswith(start)}
        asked = set(read_form(form_of(group.fields), inside, situation=situation).asked)
        yield from (one for one in group.fields if one.code in asked)

    def _add(self, path: str, row: FieldRow) -> None:
        unit = say("services.fill.unit", unit=row.unit) if row.unit else ""
        hint = (tongue() == "en" and row.hint_en) or row.hint
        self.fields[path] = TypedField(
            required=row.needed, widget=self._widget(row), label=f"{named(row)}{unit}", help_text=hint
        )

    def _widget(self, row: FieldRow) -> forms.Widget:
        if row.kind == "yes_no":
            return forms.RadioSelect(choices=[("yes", say("ui.yes")), ("no", say("ui.no"))])
        if row.kind == "place":
            return forms.Select(choices=[("", say("ui.choose")), *self.places])
        choices = [(one.code, named(one)) for one in row.choices]
        if row.kind == "many":
            return forms.CheckboxSelectMultiple(choices=choices)
        if row.kind == "choice":
            few = len(choices) <= FEW
            return forms.RadioSelect(choices=choices) if few else forms.Select(
                choices=[("", say("ui.choose")), *choices]
            )  # fmt: skip
        if row.kind == "long_text":
            return forms.Textarea(attrs={"rows": 3})
        return forms.TextInput(attrs=dict(_INPUT.get(row.kind, {})))

    def shown(self) -> list[Asked | Repeated]:
        """Return fields and groups in the order of the item."""
        found: list[Asked | Repeated] = []
        for one in self.row.form:
            if one.code not in self.fields:
                continue
            if one.kind != "group":
                found.append(Asked(row=one, bound=self[one.code], held=one.code in self.held.fields))
                continue
            numbers = range(1, self.entries[one.code] + 1)
            errors = list(self.errors.get(one.code, ()))
            found.append(
                Repeated(
                    row=one,
                    label=named(one),
                    entries=tuple(tuple(self._entry(one, number)) for number in numbers),
                    may_add=self.entries[one.code] < _most(self.row, one.code),
                    error=str(errors[0]) if errors else "",
                )
            )
        return found

    def _entry(self, group: FieldRow, number: int) -> Iterator[Asked]:
        for inner in group.fields:
            path = f"{group.code}[{number}].{inner.code}"
            if path in self.fields:
                yield Asked(row=inner, bound=self[path])


def named(row: Any) -> str:
    """Return the label or name of a field, choice or material in the reader's language."""
    chinese = getattr(row, "label", "") or getattr(row, "name", "")
    english = getattr(row, "label_en", "") or getattr(row, "name_en", "")
    return str((tongue() == "en" and english) or chinese)


def _most(row: ItemRow, code: str) -> int:
    return next((one.most or 20 for one in row.form if one.code == code), 0)


def typed_in(row: ItemRow, posted: Posted) -> dict[str, Any]:
    """Return what was typed at the paths of an item's form; nothing else that was sent."""
    kinds = {one.code: one for one in row.form}
    found: dict[str, Any] = {}
    for path in posted:
        group, _, inner = path.partition("[")
        if not _PATH.match(path) or group not in kinds:
            continue
        field = kinds[group]
        if inner:
            code = path.rpartition(".")[2]
            field = next((one for one in field.fields if one.code == code), field)
        many = field.kind == "many"
        found[path] = posted.getlist(path)[:50] if many else str(posted.get(path, ""))[:5000]
    return found


def offers_in(materials: Sequence[MaterialRow], posted: Posted) -> dict[str, str]:
    """Return what is offered instead of a material, where the item allows it."""
    found = {}
    for one in materials:
        offer = posted.get(f"offer-{one.code}", "")
        if (offer == "later" and one.secondary) or (offer == "promise" and one.by_promise):
            found[one.code] = offer
    return found


def uploads_in(material: str, files: Any) -> list[Upload]:
    """Return the files sent for a material; one over the limit is read no further than to see that."""
    return [
        Upload(name=one.name, content=one.read(LARGEST + 1)) for one in files.getlist(f"material-{material}") if one
    ]
