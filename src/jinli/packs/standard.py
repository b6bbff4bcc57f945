"""The national standard beside the packs: calendar years, procedures, samples that a town may adopt."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from jinli.packs.faults import Faults
from jinli.packs.files import plain, text_of
from jinli.packs.sections import CalendarYearRow, WhistleKindRow
from jinli.packs.whistle_kinds import whistle_kinds


def samples(standard: Path, faults: Faults) -> tuple[WhistleKindRow, ...]:
    """Return the whistle kinds offered as labelled samples."""
    path = standard / "samples/whistle_kinds.yaml"
    if not path.exists():
        return ()
    return whistle_kinds(path, offered=(), file="_standard/samples/whistle_kinds.yaml", faults=faults)


def procedures(home: Path, faults: Faults, *, prefix: str) -> dict[str, dict[str, Any]]:
    """Return code -> procedure as written in a folder; the file is named after the code."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((home / "procedures").glob("*.yaml")):
        file = f"{prefix}procedures/{path.name}"
        said = plain(path, file=file, faults=faults)
        if said is None:
            continue
        code = str(said.get("code", ""))
        if code != path.stem:
            faults.add("packs.not_this_shape", file, 1, "code", code, path.stem)
        found[code] = said
    return found


def calendars(standard: Path, faults: Faults) -> tuple[CalendarYearRow, ...]:
    """Return the calendar years, oldest first."""
    return tuple(
        year
        for path in sorted((standard / "calendars").glob("*.json"))
        if (year := calendar_year(path, file=f"_standard/calendars/{path.name}", faults=faults)) is not None
    )


def calendar_year(path: Path, *, file: str, faults: Faults) -> CalendarYearRow | None:
    """Return one calendar year (the format of holiday-cn: year, papers, days with name, date, isOffDay)."""
    text = text_of(path, file=file, faults=faults)
    try:
        said = json.loads(text or "")
        year = int(said["year"])
        days = sorted((date.fromisoformat(day["date"]), str(day["name"]), day["isOffDay"]) for day in said["days"])
        papers = tuple(str(paper) for paper in said["papers"])
    except (ValueError, KeyError, TypeError) as error:
        faults.add("packs.not_a_calendar", file, found=f"{type(error).__name__}: {error}")
        return None
    wrong = [day for day, _, off in days if not isinstance(off, bool)]
    twice = [day for number, (day, _, _) in enumerate(days) if number and days[number - 1][0] == day]
    for day in (*wrong, *twice):
        faults.add("packs.not_a_calendar", file, field="days", found=day)
    return CalendarYearRow(
        file=file, year=year, papers=papers, days=tuple((day.isoformat(), name, off) for day, name, off in days)
    )
