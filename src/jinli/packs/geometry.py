"""Geometry of places: GeoJSON whose polygons are whole, with the coordinate system said aloud.

Invalid polygons are refused with the reason; nothing is repaired silently.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinli.packs.faults import Faults
from jinli.packs.files import text_of


def places_geometry(path: Path, *, file: str, faults: Faults) -> tuple[dict[str, str], str]:
    """Return place code -> geometry as GeoJSON text, and the coordinate system of the file (`wgs84` or `gcj02`)."""
    text = text_of(path, file=file, faults=faults)
    if text is None:
        return {}, ""
    try:
        whole = json.loads(text)
        features = list(whole["features"])
    except (ValueError, KeyError, TypeError) as error:
        faults.add("packs.not_geojson", file, found=type(error).__name__, expected="FeatureCollection")
        return {}, ""
    crs = whole.get("coordinates")
    if crs not in ("wgs84", "gcj02"):
        faults.add("packs.crs_missing", file, field="coordinates", found=crs or "", expected="wgs84 | gcj02")
        return {}, ""
    found: dict[str, str] = {}
    for number, feature in enumerate(features, start=1):
        where = f"features[{number}]"
        code = _code(feature)
        if not code:
            faults.add("packs.missing", file, field=f"{where}.properties.code", expected="441204115222")
        elif code in found:
            faults.add("packs.duplicate", file, field=f"{where}.properties.code", found=code)
        else:
            reason = _wrong(feature.get("geometry"))
            if reason:
                faults.add("packs.invalid_geometry", file, field=f"{where} {code}", found=reason, expected="Polygon")
            else:
                found[code] = json.dumps(feature["geometry"], sort_keys=True, separators=(",", ":"))
    return found, crs


def _code(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return str(properties.get("code", "")) if isinstance(properties, dict) else ""


def _wrong(geometry: Any) -> str:
    """Return what is wrong with a geometry; nothing when it is a whole polygon on the globe."""
    import shapely  # half a second that a server without borders never spends
    from shapely.geometry import shape

    try:
        made = shape(geometry)
    except Exception as error:  # shapely raises many kinds for many malformed mappings
        return type(error).__name__
    if made.geom_type not in ("Polygon", "MultiPolygon"):
        return str(made.geom_type)
    if not made.is_valid:
        return str(shapely.is_valid_reason(made))
    west, south, east, north = made.bounds
    if made.is_empty or west < -180 or east > 180 or south < -90 or north > 90:
        return f"{west}, {south}, {east}, {north}"
    return ""
