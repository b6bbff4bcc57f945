"""What the pages of the register of powers show: the register, the waves, what the town may decide on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode

from jinli.cases.export import Table
from jinli.cases.selectors.names import named
from jinli.domain.competence import DIRECT, ENTRUSTED, FRONT_DESK, MODES, OWN
from jinli.lines.services.selectors.powers import (
    RECALLED,
    STATES,
    TO_COME,
    UNKNOWN,
    OnDay,
    on_day,
    powers,
    state_of,
    waves,
)
from jinli.town.models import Delegation, Division, Status
from jinli.town.selectors import chain_of, organisations_by_code
from jinli.ui.dates import day_text
from jinli.ui.parts import Scope
from jinli.ui.words import say, tongue

#: The parts of "what may this town decide", in this order.
PARTS: Final = ("itself", "entrusted", "desk", "not_now", "unknown")
_TONES: Final = {RECALLED: "quiet", TO_COME: "quiet", UNKNOWN: "warning"}


@dataclass(frozen=True, kw_only=True)
class PowerRow:
    """One power of the register; what nobody knows is None and shown so."""

    title: str
    url: str
    item: str
    mode: str | None
    authority: str | None
    since: str | None
    instrument: str | None
    state: str
    tone: str
    mark: str
    fill_url: str


@dataclass(frozen=True, kw_only=True)
class Register:
    """The register with its filters."""

    rows: tuple[PowerRow, ...]
    scopes: tuple[Scope, ...]
    modes: tuple[Scope, ...]
    csv_url: str
    xlsx_url: str


@dataclass(frozen=True, kw_only=True)
class NamedMatter:
    """A matter that a wave names."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class WaveRow:
    """One wave of the timeline: how many, how many of them nobody names, and what nobody knows of it."""

    title: str
    matters: str | None
    when: str | None
    instrument: str | None
    total: str
    note: str
    source: str
    unknown: bool
    count: int | None
    unnamed: int | None
    named: tuple[NamedMatter, ...]
    name_url: str


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """One matter on a day."""

    title: str
    url: str
    name: str
    since: str
    instrument: str
    reviewer: str
    defendant: str
    scope: str
    why: str
    mode: str = ""


@dataclass(frozen=True, kw_only=True)
class DayPart:
    """The matters of one part, with a line on what it means."""

    title: str
    about: str
    rows: tuple[DayRow, ...]
    open: bool


@dataclass(frozen=True, kw_only=True)
class DayPage:
    """What the town may decide on a day."""

    day: str
    day_text: str
    heading: str
    wrong: str
    parts: tuple[DayPart, ...]
    unnamed: str


def title_of(row: Any) -> str:
    """Return the title in the reader's language, the Chinese one where there is no other."""
    return (tongue() == "en" and row.title_en) or str(row.title)


def mode_of(row: Delegation) -> str | None:
    """Return the way a power came, in words; nothing while nobody knows."""
    return say(f"town.power.mode.{row.mode}") if row.mode in MODES else None


def instrument_of(row: Delegation) -> str | None:
    """Return the paper of a power with its number."""
    return " ".join(part for part in (row.instrument, row.number) if part) or None


def mark_of(row: Delegation) -> str:
    """Return what must be said of a row that is no fact: simulated or a sample."""
    return say(f"town.status.{row.status}") if row.status in (Status.SIMULATED, Status.SAMPLE) else ""


def state_text(row: Delegation, state: str) -> str:
    """Return the state of a power in words, with the day it ends on when that is known."""
    if row.recalled_on is not None and state != UNKNOWN:
        key = "services.power.state.recalled_on" if state == RECALLED else "services.power.state.ends_on"
        return say(key, day=day_text(row.recalled_on, tongue=tongue(), weekday=False))
    return say(f"services.power.state.{state}")


def register(town: Division, day: date, asked: Mapping[str, str], *, may_fill: bool) -> Register:
    """Return the register on a day, filtered by state and way. One query."""
    state, mode = asked.get("state", ""), asked.get("mode", "")
    state, mode = (state if state in STATES else ""), (mode if mode in MODES else "")
    every = [(row, state_of(row, day)) for row in powers(town)]

    def address(**more: str) -> str:
        kept = {name: value for name, value in {"state": state, "mode": mode, **more}.items() if value}
        return f"?{urlencode(kept)}"

    def scope(label: str, field: str, value: str, present: str, count: int) -> Scope:
        return Scope(label=label, url=address(**{field: value}), count=count, current=present == value)

    of_mode = [one for one in every if not mode or one[0].mode == mode]
    of_state = [one for one in every if not state or one[1] == state]
    return Register(
        rows=tuple(_power_row(row, found, may_fill=may_fill) for row, found in of_mode if not state or found == state),
        scopes=_leading(
            scope(say("services.power.all"), "state", "", state, len(of_mode)),
            *(
                scope(say(f"services.power.state.{one}"), "state", one, state, sum(s == one for _, s in of_mode))
                for one in STATES
            ),
        ),
        modes=_leading(
            scope(say("services.power.all_modes"), "mode", "", mode, len(of_state)),
            *(
                scope(say(f"town.power.mode.{one}"), "mode", one, mode, sum(r.mode == one for r, _ in of_state))
                for one in MODES
            ),
        ),
        csv_url=address(**{"as": "csv"}),
        xlsx_url=address(**{"as": "xlsx"}),
    )


def _leading(*found: Scope) -> tuple[Scope, ...]:
    """Return the choices that lead to something, and the present one: few enough for a narrow page."""
    return tuple(one for one in found if one.count or one.current)


def _power_row(row: Delegation, state: str, *, may_fill: bool) -> PowerRow:
    return PowerRow(
        title=title_of(row),
        url=reverse("services:power", args=[row.pk]),
        item=row.item,
        mode=mode_of(row),
        authority=named(row.authority) if row.authority else "" if row.mode == OWN else None,
        since=day_text(row.valid_from, tongue=tongue(), weekday=False) if row.valid_from else None,
        instrument=instrument_of(row),
        state=state_text(row, state),
        tone=_TONES.get(state, ""),
        mark=mark_of(row),
        fill_url=reverse("services:power-fill", args=[row.pk]) if state == UNKNOWN and may_fill else "",
    )


def register_table(found: Register) -> Table:
    """Return the register as a spreadsheet; what is unknown is an empty cell."""
    heads = ("title", "item", "mode", "authority", "since", "instrument", "state", "mark")
    rows = [
        (one.title, one.item, one.mode, one.authority, one.since, one.instrument, one.state, one.mark)
        for one in found.rows
    ]
    return Table(name="powers", heads=[say(f"services.power.column.{one}") for one in heads], rows=rows)


def wave_rows(town: Division, *, may_fill: bool) -> tuple[WaveRow, ...]:
    """Return the waves as a timeline; no day is invented for those of which no source tells."""
    return tuple(
        WaveRow(
            title=title_of(one.wave),
            matters=_matters(one.wave),
            when=one.wave.as_of or None,
            instrument=one.wave.instrument or None,
            total=say("services.wave.total", count=one.wave.total_after) if one.wave.total_after else "",
            note=(tongue() == "en" and one.wave.note_en) or one.wave.note,
            source=one.wave.source,
            unknown=one.wave.status == Status.UNKNOWN,
            count=one.wave.matters,
            unnamed=one.unnamed,
            named=tuple(
                NamedMatter(title=title_of(row), url=reverse("services:power", args=[row.pk])) for row in one.named
            ),
            name_url=reverse("services:wave-name", args=[one.wave.pk]) if may_fill and one.unnamed else "",
        )
        for one in waves(town)
    )


def sum_of(rows: Sequence[WaveRow]) -> str:
    """Return how the waves add up, those that no source names marked; nothing while a number is missing."""
    if len(rows) < 2 or any(one.count is None for one in rows):
        return ""
    parts = (say("services.waves.part.unknown", count=one.count) if one.unknown else str(one.count) for one in rows)
    return say("services.waves.sum", parts=" + ".join(parts), total=sum(one.count or 0 for one in rows))


def _matters(wave: Any) -> str | None:
    if wave.matters is None:
        return None
    return say("services.wave.at_least" if wave.at_least else "services.wave.matters", count=wave.matters)


def asked_day(text: str, today: date) -> tuple[date, str]:
    """Return the day that an address asks for, else today with what is wrong."""
    if not text:
        return today, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return today, say("services.power.bad_day", found=text[:40])


def day_page(town: Division, day: date, *, wrong: str = "", public: bool = False) -> DayPage:
    """Return what the town may decide on a day, in whose name, and who reviews. Four queries at most."""
    bodies = organisations_by_code(town)
    divisions = {one.code: named(one) for one in chain_of(town)}
    names = {code: named(one) for code, one in bodies.items()}
    found: dict[str, list[DayRow]] = {part: [] for part in PARTS}
    for one in on_day(town, day):
        found[_part(one)].append(_day_row(one, names, divisions, public=public))
    shown = [part for part in PARTS if found[part] or part in ("itself", "entrusted", "desk")]
    unnamed = sum(one.unnamed or 0 for one in waves(town))
    return DayPage(
        day=day.isoformat(),
        day_text=day_text(day, tongue=tongue()),
        heading=say("services.day.heading", day=day_text(day, tongue=tongue(), weekday=False)),
        wrong=wrong,
        parts=tuple(
            DayPart(
                title=say(f"services.day.part.{part}", count=len(found[part])),
                about=say(f"services.day.part.{part}.about"),
                rows=tuple(found[part]),
                open=part in ("itself", "entrusted"),
            )
            for part in shown
        ),
        unnamed=say("services.day.unnamed", count=unnamed) if unnamed else "",
    )


def power_behind(town: Division, item: str, day: date) -> DayRow | None:
    """Return the power behind one matter as the public reads it; None when the register does not have it."""
    names = {code: named(one) for code, one in organisations_by_code(town).items()}
    divisions = {one.code: named(one) for one in chain_of(town)}
    return next((_day_row(one, names, divisions, public=True) for one in on_day(town, day, item)), None)


def _part(one: OnDay) -> str:
    if one.held is not None:
        return {OWN: "itself", DIRECT: "itself", ENTRUSTED: "entrusted", FRONT_DESK: "desk"}[one.held.mode]
    return "unknown" if one.row.mode not in MODES else "not_now"


def _day_row(one: OnDay, names: Mapping[str, str], divisions: Mapping[str, str], *, public: bool) -> DayRow:
    held, row = one.held, one.row
    url = "" if public else reverse("services:power", args=[row.pk])
    if held is None:
        assert one.refused is not None
        return DayRow(
            title=title_of(row), url=url, name="", since="", instrument="", reviewer="", defendant="", scope="",
            why=why_not(one, names),
        )  # fmt: skip
    reviewer = divisions.get(held.reviewer, held.reviewer)
    return DayRow(
        title=title_of(row),
        url=url,
        name=names.get(held.seal, held.seal),
        since=day_text(held.power.valid_from, tongue=tongue(), weekday=False) if held.power.valid_from else "",
        instrument=held.instrument,
        reviewer=say("town.power.government", division=reviewer),
        defendant=names.get(held.defendant, held.defendant),
        scope=(tongue() == "en" and row.scope_en) or row.scope,
        why="",
        mode=mode_of(row) or "",
    )


def why_not(one: OnDay, names: Mapping[str, str]) -> str:
    """Return in few words why the town does not decide a matter on a day."""
    assert one.refused is not None
    facts, code = one.refused.facts, one.refused.code.rsplit(".", 1)[-1]
    if code not in ("recalled", "not_yet"):
        return say("services.day.why.unknown")
    said = {
        "day": day_text(facts["day"], tongue=tongue(), weekday=False),  # type: ignore[arg-type]
        "instrument": str(facts.get("instrument", "")),
        "authority": names.get(one.row.authority.code if one.row.authority else "", "-"),
    }
    return say(f"services.day.why.{code}", **said)
