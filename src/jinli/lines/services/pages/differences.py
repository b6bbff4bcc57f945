"""What differs between two editions of an item, one line for each thing, as the workbook names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinli.lines.services.workbook.columns import choices_text, when_text
from jinli.packs.items import ChoiceRow
from jinli.packs.nested import row_of
from jinli.ui.words import say

_LISTS: Final = ("situations", "answers", "materials", "form", "fields", "conditions", "fees", "laws")
_NAMES: Final = ("code", "law", "name")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs: where, what stood there, what stands there now; empty for nothing."""

    where: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return what differs between two contents of an item, in the order of the later one."""
    old, new = dict(_said(before)), dict(_said(after))
    return tuple(
        Difference(where=_words(path), before=old.get(path, ""), after=new.get(path, ""))
        for path in dict.fromkeys((*new, *old))
        if old.get(path, "") != new.get(path, "")
    )


def _said(content: Mapping[str, Any], before: tuple[str, ...] = ()) -> Sequence[tuple[tuple[str, ...], str]]:
    """Return path -> text of everything that is said; what says nothing is left out."""
    found: list[tuple[tuple[str, ...], str]] = []
    for name, value in content.items():
        if value in (None, "", [], {}, False):
            continue
        path = (*before, name)
        if name in _LISTS and isinstance(value, list):  # the result has conditions too, and they are a text
            for number, one in enumerate(value, 1):
                key = next((str(one[each]) for each in _NAMES if one.get(each)), str(number))
                found.extend(_said(one, (*path, key)))
        elif name == "when":
            found.append((path, when_text(value)))
        elif name == "choices":
            found.append((path, choices_text([row_of(one, ChoiceRow) for one in value])))
        elif isinstance(value, Mapping):
            found.extend(_said(value, path))
        else:
            found.append((path, _text(value)))
    return found


def _text(value: Any) -> str:
    if value is True:
        return say("ui.yes")
    return say("ui.comma").join(str(one) for one in value) if isinstance(value, list) else str(value)


def _words(path: tuple[str, ...]) -> str:
    """Return where something stands: `材料 • design • 名称`."""
    *above, last = path
    dotted = f"{above[-1]}.{last}" if above and above[-1] in ("statutory", "promised", "result") else last
    heading = say(f"services.column.{dotted}")
    if dotted != last:
        return heading
    parts = [say(f"services.sheet.{one}") if one in _SHEETS else one for one in above if one not in _SILENT]
    return " • ".join((*parts, heading))


_SHEETS: Final = ("situations", "materials", "form", "conditions", "fees", "laws")
_SILENT: Final = ("answers", "fields")
