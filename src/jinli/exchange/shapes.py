"""What a path found, in the shape in which another system's form or list wants it. Always Chinese, as those are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from jinli.packs.prescribed import DATES, OTHERWISE

#: Why there is no value, when it is more than that no source gives it.
ERASED: Final = "exchange.value.erased"
NO_CODE: Final = "exchange.value.no_code"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a path found in a case.

    Attributes
    ----------
    text : the value; None when no source gives it.
    code : our own code of the value, for maps of codes.
    at : the moment, of a path whose value is one.
    covered : what is shown instead of a personal value that is not to be read; `text` is None then.
    why : key of the words why there is no value.
    """

    text: str | None = None
    code: str = ""
    at: datetime | None = None
    covered: str = ""
    why: str = ""


class Shape(Protocol):
    """How a field or a column wants its value."""

    @property
    def value(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def codes(self) -> Mapping[str, str]: ...


def shaped(found: Found, shape: Shape, zone: ZoneInfo) -> Found:
    """Return the value in the wanted shape.

    A due moment is exclusive: one at midnight is written as the last minute of its last day, since other systems take
    no 24:00. A code that the map does not name has no value; none is guessed.
    """
    if found.at is not None:
        last = timedelta(seconds=1) if shape.value == "due_at" and _midnight(found.at, zone) else timedelta()
        return Found(text=date_text(found.at - last, shape.date, zone))
    if not shape.codes or found.text is None:
        return found
    theirs = shape.codes.get(found.code) or shape.codes.get(OTHERWISE)
    return Found(text=theirs) if theirs else Found(why=NO_CODE, covered=found.text)


def date_text(at: datetime, style: str, zone: ZoneInfo) -> str:
    """Return a moment as the example of the style writes it, in town time."""
    local = at.astimezone(zone)
    return local.strftime(DATES[style].format(year=local.year, month=local.month, day=local.day))


def _midnight(at: datetime, zone: ZoneInfo) -> bool:
    local = at.astimezone(zone)
    return (local.hour, local.minute, local.second) == (0, 0, 0)
