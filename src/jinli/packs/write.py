"""Writing a pack folder: what a town says now, in a form that reads back to the same rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from jinli.packs.cells import Row, cell_names
from jinli.packs.sections import TABLES

Said = Mapping[str, Any]


def table_text(row_type: type[Row], contents: Iterable[Said], *, comment: str = "") -> str:
    """Return a table as text, its columns in the order of the row's declaration."""
    out = io.StringIO(newline="")
    for line in comment.splitlines():
        out.write(f"# {line}\n")
    writer = csv.writer(out, lineterminator="\n")
    names = cell_names(row_type)
    writer.writerow(names)
    for one in contents:
        writer.writerow([_cell(one.get(name)) for name in names])
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return ";".join(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value)


def _text(value: Any) -> Any:
    """Return a value as the strict reader wants it in YAML: text, lists and mappings of text."""
    if isinstance(value, Mapping):
        return {name: _text(one) for name, one in value.items() if one not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [_text(one) for one in value]
    return value


def yaml_text(said: Said) -> str:
    """Return a mapping as YAML, Chinese readable, in the order given."""
    return yaml.safe_dump(_text(said), allow_unicode=True, sort_keys=False, width=110)


def hours_said(content: Said) -> dict[str, Any]:
    """Return office hours as town.yaml writes them."""
    return {**content, "spans": [f"{opens}-{closes}" for opens, closes in content["spans"]]}


def sheet_text(*, version: str, town: Said, divisions: Iterable[Said], office_hours: Iterable[Said]) -> str:
    """Return town.yaml. `town` is the content of the town's own division."""
    settings = dict(town["settings"])
    languages, lines = settings.pop("languages", []), settings.pop("lines", [])
    chain = [{name: one[name] for name in ("code", "level", "name", "name_en")} for one in divisions]
    return yaml_text(
        {
            "version": version,
            "town": town["code"],
            "zone": town["zone"],
            "languages": languages,
            "lines": lines,
            "divisions": chain,
            "settings": settings,
            "office_hours": [hours_said(one) for one in office_hours],
        }
    )


def geometry_text(shapes: Mapping[str, str], crs: str) -> str:
    """Return places.geojson from place code -> geometry."""
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": json.loads(text)} for code, text in shapes.items()
    ]
    whole = {"type": "FeatureCollection", "coordinates": crs, "features": features}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def write_pack(
    folder: Path,
    *,
    version: str,
    stored: Mapping[str, Mapping[str, Said]],
    simulated: bool,
) -> tuple[Path, ...]:
    """Write the contents of all sections as a pack folder; persons go to its `demo` overlay. Returns the files.

    `stored` is section -> key -> content, as the rooms say it. Raises FileExistsError when the folder has a pack.
    """
    if (folder / "town.yaml").exists():
        raise FileExistsError(folder)
    divisions = list(stored["divisions"].values())
    texts = {
        "town.yaml": sheet_text(
            version=version, town=divisions[-1], divisions=divisions, office_hours=stored["office_hours"].values()
        )
    }
    for section, one in TABLES.items():
        home = "demo/" if section == "persons" else ""
        contents = list(stored.get(section, {}).values())
        if contents or section != "persons":
            texts[home + one.path] = table_text(one.row_type, [_columns(row, one.row_type) for row in contents])
    if simulated:
        texts["demo/overlay.yaml"] = yaml_text({"based_on": folder.name, "version": version, "simulated": "true"})
    shapes = {row["code"]: row["geometry"] for row in stored["places"].values() if row.get("geometry")}
    crs = {row["crs"] for row in stored["places"].values() if row.get("geometry")}
    if shapes:
        texts["places.geojson"] = geometry_text(shapes, crs.pop())
    kinds = list(stored.get("whistle_kinds", {}).values())
    if kinds:
        texts["grid/whistle_kinds.yaml"] = yaml_text({"kinds": kinds})
    for section in ("sheets", "layouts", "papers"):  # those that are not the town's own come from the national standard
        own = (dict(one) for one in stored.get(section, {}).values() if one["own"])
        texts |= {f"{section}/{one['code']}.yaml": yaml_text(one | {"own": None}) for one in own}
    offered = {code: item for code, item in stored.get("items", {}).items() if "withdrawn" not in item}
    for code, item in offered.items():
        texts[f"services/items/{code}.yaml"] = yaml_text(item)
    for code, bundle in stored.get("bundles", {}).items():
        texts[f"services/bundles/{code}.yaml"] = yaml_text(bundle)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tuple(folder / name for name in texts)


def _columns(content: Said, row_type: type[Row]) -> Said:
    return {name: content.get(name) for name in cell_names(row_type)}
