"""The calendar as it ships in the standard pack, read from its files: for counting without a database."""

from __future__ import annotations

import json
import os
from datetime import time
from pathlib import Path

import yaml

from jinli.domain.calendar import OfficeHoursPeriod, WorkCalendar, parse_calendar
from jinli.domain.errors import InvalidInputError

TOWN_ZONE = "Asia/Shanghai"


def packs_folder() -> Path:
    """Return the folder of packs: JINLI_PACKS, else the one beside the source."""
    return Path(os.environ.get("JINLI_PACKS") or Path(__file__).resolve().parents[3] / "packs")


def standard_calendar(*, zone: str = TOWN_ZONE, packs: Path | None = None) -> WorkCalendar:
    """Return the calendar of all years that ship, with the sample office hours.

    Raises InvalidInputError `domain.time.calendar_file`, `domain.time.unknown_zone`.
    """
    folder = (packs or packs_folder()) / "_standard"
    editions = []
    for file in sorted((folder / "calendars").glob("*.json")):
        try:
            editions.append(parse_calendar(json.loads(file.read_text(encoding="utf-8"))))
        except ValueError as error:
            raise InvalidInputError("domain.time.calendar_file", field=file.name, value=str(error)) from None
    return WorkCalendar(editions, _sample_hours(folder / "office_hours.yaml"), zone)


def _sample_hours(file: Path) -> tuple[OfficeHoursPeriod, ...]:
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        return tuple(
            OfficeHoursPeriod(
                spans=tuple(
                    (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in period["spans"]
                ),
                valid_from=period["valid_from"],
                valid_to=period["valid_to"],
            )
            for period in found["periods"]
        )
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise InvalidInputError("domain.time.calendar_file", field=file.name, value=str(error)) from None
