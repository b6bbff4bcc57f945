"""grid/whistle_kinds.yaml: the kinds of whistle of a town, its own or adopted from the national samples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jinli.packs.cells import row_from
from jinli.packs.faults import Faults
from jinli.packs.files import LinedMapping, lined
from jinli.packs.sections import LimitRow, WhistleKindRow
from jinli.packs.town_sheet import plain_cells, refuse_unknown


def whistle_kinds(
    path: Path, *, offered: tuple[WhistleKindRow, ...], file: str, faults: Faults
) -> tuple[WhistleKindRow, ...]:
    """Return the kinds a file states under `kinds` and those it takes from the samples under `adopt`."""
    said = lined(path, file=file, faults=faults)
    if said is None:
        return ()
    refuse_unknown(said, ("adopt", "kinds"), file=file, faults=faults)
    found: list[WhistleKindRow] = []
    samples = {one.code: one for one in offered}
    for code in said.get("adopt") or ():
        if code in samples:
            found.append(samples[code])
        else:
            expected = " | ".join(samples)
            faults.add("packs.unknown_reference", file, said.lines["adopt"], "adopt", code, expected)
    for one in said.get("kinds") or ():
        kind = _kind(one, file=file, faults=faults) if isinstance(one, LinedMapping) else None
        if kind is not None:
            found.append(kind)
    codes = [one.code for one in found]
    for number, kind in enumerate(found):
        if kind.code in codes[:number]:
            faults.add("packs.duplicate", file, kind.row, "code", kind.code)
    return tuple(found)


def _kind(said: LinedMapping, *, file: str, faults: Faults) -> WhistleKindRow | None:
    """Return one kind with its limits."""
    plain = {name: value for name, value in plain_cells(said).items() if name != "limits"}
    kind = row_from(plain, WhistleKindRow, file=file, row=said.line, faults=faults, lines=said.lines)
    given = said.get("limits") or LinedMapping()
    if not isinstance(given, LinedMapping):
        faults.add("packs.not_a_mapping", file, said.lines["limits"], "limits", given)
        return kind
    limits: dict[str, LimitRow] = {}
    for name, one in given.items():
        if not isinstance(one, LinedMapping):
            faults.add("packs.not_a_mapping", file, given.lines[name], f"limits.{name}", one)
            continue
        limit = row_from(
            plain_cells(one),
            LimitRow,
            file=file,
            row=given.lines[name],
            faults=faults,
            lines=one.lines,
            prefix=f"limits.{name}.",
        )
        if limit is not None:
            limits[name] = limit
    return replace(kind, limits=limits) if kind is not None else None
