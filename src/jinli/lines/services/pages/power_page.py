"""What the pages of one power show: what follows from it, its history, its health, what a recall would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse

from jinli.cases.editions import pinned
from jinli.cases.selectors.in_flight import Progress, progress_of, sealed_since
from jinli.cases.selectors.names import named, titled
from jinli.domain.competence import HAND_OVER, MODES, OWN, competence
from jinli.domain.errors import RefusedError
from jinli.lines.services.pages.powers import instrument_of, mark_of, mode_of, state_text, title_of
from jinli.lines.services.selectors.health import (
    CORRECTED,
    HANDED,
    IN_FLIGHT,
    IN_TIME,
    JOURNEYS,
    LATE,
    UNABLE,
    USES,
    counts,
    listed,
    since,
)
from jinli.lines.services.selectors.powers import UNKNOWN, history_of, state_of
from jinli.town.acting import Acting
from jinli.town.competence import power_of, standing_of
from jinli.town.models import Delegation, PowerReview
from jinli.town.selectors import chain_of, local_day, organisations_by_code
from jinli.town.services import power_version
from jinli.ui.dates import day_text, moment_text
from jinli.ui.parts import Crumb, Fact, PageKeys
from jinli.ui.words import say, tongue

PAGE: Final = 50
RECALLERS: Final = frozenset({"administrator", "town_head"})
#: Who reads every case of the town, and so every list behind a number.
_HEALTH: Final = frozenset({"town_head", "command_centre", "auditor"})


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of a history."""

    when: str
    what: str
    who: str


@dataclass(frozen=True, kw_only=True)
class SealedRow:
    """An act that a recall reaches back to."""

    number: str
    url: str
    what: str
    when: str


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something that may be done with the power."""

    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True, kw_only=True)
class PowerPage:
    """One power as its page shows it."""

    crumbs: tuple[Crumb, ...]
    title: str
    about: tuple[str, ...]
    facts: tuple[Fact, ...]
    follows: tuple[Fact, ...]
    why: str
    actions: tuple[Action, ...]
    health: tuple[Fact, ...]
    health_lead: str
    came: tuple[Fact, ...]
    answers: tuple[Told, ...]
    may_answer: bool
    history: tuple[Told, ...]
    progress_url: str
    progress_text: str
    reached: tuple[SealedRow, ...]


def crumbs_of(row: Delegation | None, last: str) -> tuple[Crumb, ...]:
    """Return the way to a page of the register."""
    found = [Crumb(label=say("services.powers.title"), url=reverse("services:powers"))]
    if row is not None:
        found.append(Crumb(label=title_of(row), url=reverse("services:power", args=[row.pk])))
    return (*found, Crumb(label=last))


def power_page(row: Delegation, acting: Acting, now: datetime) -> PowerPage:
    """Return the page of one power. A fixed number of statements."""
    day = local_day(row.town, now)
    state = state_of(row, day)
    follows, why = _follows(row, day)
    reads = bool(acting.roles & _HEALTH)
    progress = progress_of(row) if row.recall_ordered_at is not None else None
    return PowerPage(
        crumbs=crumbs_of(None, title_of(row)),
        title=title_of(row),
        about=tuple(one for one in (state_text(row, state), mode_of(row) or "", mark_of(row)) if one),
        facts=_facts(row),
        follows=follows,
        why=why,
        actions=_actions(row, state, acting),
        health=_health(row, now) if reads else (),
        health_lead=say("services.health.lead", day=day_text(since(row, now), tongue=tongue(), weekday=False)),
        came=_came(row),
        answers=tuple(_answer(one) for one in row.reviews.select_related("by").order_by("-id")),
        may_answer="town_head" in acting.roles,
        history=tuple(_told(load, fields) for load, fields in history_of(row)),
        progress_url=reverse("services:power-progress", args=[row.pk]) if progress else "",
        progress_text=say("services.progress.line", done=progress.done, total=progress.total) if progress else "",
        reached=_reached(row) if reads and row.recalled_on else (),
    )


def _facts(row: Delegation) -> tuple[Fact, ...]:
    own = row.mode == OWN
    text = day_text(row.valid_from, tongue=tongue(), weekday=False) if row.valid_from else None
    found = [
        Fact(label=say("services.power.column.mode"), value=mode_of(row)),
        Fact(
            label=say("services.power.column.authority"),
            value=say("services.power.by_law") if own else named(row.authority) or None,
        ),
        Fact(label=say("services.power.column.to_body"), value=named(row.to_body) or None),
        Fact(label=say("services.power.column.instrument"), value=instrument_of(row)),
        Fact(label=say("services.power.column.since"), value=text),
        Fact(
            label=say("services.power.column.scope"),
            value=(tongue() == "en" and row.scope_en) or row.scope or say("services.power.no_bound"),
        ),
        Fact(label=say("services.power.column.wave"), value=title_of(row.wave) if row.wave else None),
        Fact(label=say("services.power.column.source"), value=row.source or None),
    ]
    if row.recalled_on is not None:
        found += [
            Fact(
                label=say("services.power.column.recalled_on"),
                value=day_text(row.recalled_on, tongue=tongue()),
                note=row.recall_reason,
            ),
            Fact(label=say("services.power.column.recall_instrument"), value=row.recall_instrument or None),
            Fact(label=say("services.power.column.in_flight"), value=say(f"town.power.in_flight.{row.in_flight}")),
        ]
    return tuple(found)


def _follows(row: Delegation, day: date) -> tuple[tuple[Fact, ...], str]:
    """Return what follows from the power while it stands; after a recall, what followed on its last day."""
    if row.mode not in MODES:
        return (), say("services.day.why.unknown")
    power = power_of(row)
    last = row.recalled_on if row.recalled_on is not None and row.recalled_on <= day else None
    asked = date.fromordinal(last.toordinal() - 1) if last else max(day, row.valid_from or day)
    try:
        held = competence([power], row.item, asked, standing=standing_of(row.town))
    except RefusedError:
        return (), say("services.day.why.unknown")
    bodies = organisations_by_code(row.town)
    above = {one.code: named(one) for one in chain_of(row.town)}

    def name(code: str) -> str:
        return named(bodies.get(code)) or code

    reviewer = say("town.power.government", division=above.get(held.reviewer, held.reviewer))
    return (
        Fact(label=say("services.power.follows.name"), value=name(held.seal)),
        Fact(label=say("services.power.follows.defendant"), value=name(held.defendant)),
        Fact(label=say("services.power.follows.reviewer"), value=reviewer),
    ), say(f"services.power.follows.{row.mode}")


def _actions(row: Delegation, state: str, acting: Acting) -> tuple[Action, ...]:
    keeper, recaller = "administrator" in acting.roles, bool(acting.roles & RECALLERS)
    found = []
    if keeper and state == UNKNOWN:
        fill = reverse("services:power-fill", args=[row.pk])
        found.append(Action(label=say("services.origin.title"), url=fill, primary=True))
    if recaller and state != UNKNOWN and row.recalled_on is None:
        found.append(Action(label=say("services.recall.title"), url=reverse("services:power-recall", args=[row.pk])))
    if recaller and state != UNKNOWN:
        found.append(Action(label=say("services.support.title"), url=reverse("services:power-support", args=[row.pk])))
    return tuple(found)


def list_url(row: Delegation, which: str) -> str:
    """Return the address of the cases behind a number."""
    return reverse("services:power-cases", args=[row.pk, which])


def _health(row: Delegation, now: datetime) -> tuple[Fact, ...]:
    found = counts(row, now, (USES, IN_TIME, LATE, CORRECTED, JOURNEYS, IN_FLIGHT))

    def fact(name: str) -> Fact:
        note = say(f"services.health.{name}.how")
        return Fact(label=say(f"services.health.{name}"), value=found[name], note=note, href=list_url(row, name))

    return (
        fact(USES),
        fact(IN_FLIGHT),
        fact(IN_TIME),
        fact(LATE),
        fact(CORRECTED),
        Fact(label=say("services.health.refused"), value=None, note=say("services.health.refused.how")),
        fact(JOURNEYS),
    )


def _came(row: Delegation) -> tuple[Fact, ...]:
    money = None if row.money_yuan is None else say("services.came.yuan", amount=f"{row.money_yuan:,.2f}")
    return (
        Fact(label=say("services.came.trained_staff"), value=row.trained_staff),
        Fact(label=say("services.came.posts"), value=row.posts),
        Fact(label=say("services.came.money_yuan"), value=money, note=row.came_with_source),
    )


def _answer(one: PowerReview) -> Told:
    return Told(
        when=moment_text(one.at, tongue=tongue()),
        what=say("services.answer.line", answer=say(f"town.power.answer.{one.answer}"), reason=one.reason),
        who=one.by.name if one.by else "",
    )


def _told(load: Any, fields: dict[str, Any]) -> Told:
    names = [say(f"services.power.column.{one}") for one in fields if one in _TOLD]
    screen = load.pack == "screen"
    what = say("services.history.edited" if screen else "services.history.loaded", pack=load.pack)
    detail = say("ui.comma").join(names)
    return Told(
        when=moment_text(load.loaded_at, tongue=tongue()),
        what=say("services.history.line", what=what, fields=detail) if detail else what,
        who=load.by.name if load.by else "",
    )


_TOLD: Final = frozenset(
    {"mode", "authority", "to_body", "instrument", "scope", "wave", "source", "recalled_on", "recall_instrument",
     "in_flight", "item", "title", "trained_staff", "posts", "money_yuan"}
)  # fmt: skip


def _reached(row: Delegation) -> tuple[SealedRow, ...]:
    return tuple(
        SealedRow(
            number=one.case.number,
            url=reverse("cases:case", args=[one.case.pk]),
            what=titled(pinned(row.town, one.case.procedure).case.moves[one.move].title),
            when=moment_text(one.happened_at, tongue=tongue()),
        )
        for one in sealed_since(row)
    )


@dataclass(frozen=True, kw_only=True)
class RecallPage:
    """The recall form, and once a day is given what would happen on it."""

    crumbs: tuple[Crumb, ...]
    title: str
    about: str
    version: str
    preview: tuple[Fact, ...]
    reached: tuple[SealedRow, ...]


def recall_page(row: Delegation, now: datetime, *, on: date | None = None, in_flight: str = HAND_OVER) -> RecallPage:
    """Return the page of a recall; with a day, a dry run: nothing is written."""
    preview: tuple[Fact, ...] = ()
    reached: tuple[SealedRow, ...] = ()
    if on is not None:
        row.recalled_on, row.in_flight = on, in_flight  # in memory only
        found, today = progress_of(row), local_day(row.town, now)
        when = "past" if on < today else "today" if on == today else "future"
        authority = named(row.authority) or say("ui.unknown")
        preview = (
            Fact(label=say("services.recall.when"), value=say(f"services.recall.when.{when}", day=on)),
            Fact(label=say("services.recall.cases"), value=found.left, href=list_url(row, IN_FLIGHT)),
            Fact(label=say("services.recall.letters"), value=found.left),
            Fact(label=say("services.recall.to"), value=authority),
            Fact(label=say("services.recall.clocks"), value=say("services.recall.clocks.stay")),
            Fact(label=say("services.recall.unable"), value=found.unable),
        )
        reached = _reached(row) if on <= today else ()
        row.refresh_from_db()
    return RecallPage(
        crumbs=crumbs_of(row, say("services.recall.title")),
        title=say("services.recall.of", title=title_of(row)),
        about=say("services.recall.lead"),
        version=power_version(row),
        preview=preview,
        reached=reached,
    )


@dataclass(frozen=True, kw_only=True)
class ProgressPage:
    """How far the hand-overs of a recall are."""

    crumbs: tuple[Crumb, ...]
    title: str
    state: str
    effect: str
    found: Progress
    text: str
    facts: tuple[Fact, ...]
    may_steer: bool
    refresh: bool


def progress_page(row: Delegation, acting: Acting, now: datetime) -> ProgressPage:
    """Return the page of the hand-overs of a recall. Four statements."""
    found = progress_of(row)
    come = row.recalled_on is not None and row.recalled_on <= local_day(row.town, now)
    state = row.effect if row.effect != Delegation.Effect.WAITING or come else "before"
    return ProgressPage(
        crumbs=crumbs_of(row, say("services.progress.title")),
        title=say("services.progress.of", title=title_of(row)),
        state=say(f"services.progress.state.{state}", day=row.recalled_on or now.date()),
        effect=row.effect,
        found=found,
        text=say("services.progress.line", done=found.done, total=found.total),
        facts=(
            Fact(label=say("services.progress.done"), value=found.done, href=list_url(row, HANDED)),
            Fact(label=say("services.progress.left"), value=found.left, href=list_url(row, IN_FLIGHT)),
            Fact(
                label=say("services.progress.unable"),
                value=found.unable,
                note=say("services.progress.unable.how"),
                href=list_url(row, UNABLE),
            ),
        ),
        may_steer=bool(acting.roles & RECALLERS),
        refresh=state == Delegation.Effect.WAITING,
    )


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A case of a list behind a number."""

    number: str
    url: str
    title: str
    stage: str
    opened: str


@dataclass(frozen=True, kw_only=True)
class CasesPage:
    """The cases behind a number."""

    crumbs: tuple[Crumb, ...]
    title: str
    how: str
    rows: tuple[CaseLine, ...]
    keys: PageKeys


def cases_page(row: Delegation, which: str, now: datetime, after: str = "") -> CasesPage:
    """Return one page of the cases behind a number, the newest first. Two statements."""
    total = listed(row, which, now).order_by().count()
    start = int(after) if after.isdecimal() else 0
    page = list(listed(row, which, now).select_related("town")[start : start + PAGE])
    lines = []
    for one in page:
        stage = pinned(row.town, one.procedure).case.stages.get(one.stage)
        lines.append(
            CaseLine(
                number=one.number,
                url=reverse("cases:case", args=[one.pk]),
                title=one.title,
                stage=titled(stage.title) if stage else one.stage,
                opened=moment_text(one.opened_at, tongue=tongue()),
            )
        )
    end = start + len(page)
    return CasesPage(
        crumbs=crumbs_of(row, say(f"services.health.{which}")),
        title=say("services.cases.of", title=title_of(row), which=say(f"services.health.{which}")),
        how=say(f"services.health.{which}.how"),
        rows=tuple(lines),
        keys=PageKeys(
            shown=len(page),
            total=total,
            first_url="?" if start else "",
            next_url=f"?after={end}" if end < total else "",
            next_count=min(PAGE, total - end),
        ),
    )
