"""What the page of one dropped file shows, in every state it can be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from jinli.cases.selectors.names import named
from jinli.exchange.models import ImportRun
from jinli.exchange.pages.wording import error_text, moment_text, size_text, who_text
from jinli.exchange.selectors.runs import TROUBLE
from jinli.exchange.selectors.sources import Owed
from jinli.town.acting import Acting
from jinli.town.models import Duty
from jinli.ui.parts import Fact
from jinli.ui.words import say

State = ImportRun.State
#: States in which the worker has the file.
WORKING: Final = (State.READING, State.TAKING, State.UNDOING)
#: What is shown for each outcome: its drawing and, where somebody has to look, its tone.
_LOOK: Final = {
    "new": ("plus", ""),
    "changed": ("arrow", ""),
    "unchanged": ("tick", ""),
    "doubtful": ("question", "warning"),
    "refused": ("slash", "warning"),
    "vanished": ("dash", "warning"),
    "undone": ("back", ""),
}
#: Which rows a page opens with: first those that want a person.
_FIRST: Final = ("doubtful", "refused", "vanished", "changed", "new")


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the worker is; `total` is 0 while it counts the rows."""

    run_id: UUID
    version: int
    state: str
    text: str
    done: int
    total: int
    leave: str
    can_stop: bool
    stop_label: str


@dataclass(frozen=True, kw_only=True)
class Take:
    """One way to decide: what it does and what it leaves."""

    value: str
    label: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class RunPage:
    """The page of a run.

    Attributes
    ----------
    part : which template shows the state.
    may : whether the reader decides about this run; otherwise `locked` says who does.
    takes : the ways to take it, the one that is proposed first.
    """

    id: UUID
    version: int
    title: str
    about: tuple[str, ...]
    state: str
    part: str
    may: bool
    locked: str
    error: str
    take: str
    stopped: str
    undone: str
    outcomes: tuple[Fact, ...]
    takes: tuple[Take, ...]
    trouble: int
    progress: Progress | None
    remap_url: str
    here: tuple[Fact, ...]
    list_url: str


def may_decide(acting: Acting, run: ImportRun) -> bool:
    """Return whether somebody decides about a run: the command centre, in the name of the body that dropped it."""
    return Duty.Role.COMMAND_CENTRE in acting.roles and run.body_id == acting.body_id


def first_outcome(run: ImportRun, asked: str) -> str:
    """Return the outcome whose rows are listed, empty when none is; what was taken is listed when it is asked for."""
    if run.state in (State.STOPPED, State.UNDONE):
        return "undone" if run.state == State.UNDONE else ""
    if asked in _LOOK and run.counts.get(asked):
        return asked
    if run.state == State.DONE:
        return ""
    return next((one for one in _FIRST if run.counts.get(one)), "")


def run_page(
    acting: Acting,
    run: ImportRun,
    now: datetime,
    *,
    outcome: str = "",
    duties: Mapping[int, tuple[str, str]],
    owed: Owed | None = None,
    taken: int = 0,
    remap: bool = False,
) -> RunPage:
    """Return the page. Reads no database."""
    may = may_decide(acting, run)
    part = _part(run, remap=remap)
    return RunPage(
        id=run.pk,
        version=run.version,
        title=run.file_name,
        about=_about(run, now, duties),
        state=say(f"exchange.state.{run.state}"),
        part=part,
        may=may,
        locked="" if may else say("exchange.run.other_body", body=named(run.body)),
        error=error_text(run.error),
        take=run.take,
        stopped=say("exchange.over.stopped.at", taken=f"{taken:,}", total=f"{run.total:,}"),
        undone=say("exchange.over.undone.text", at=moment_text(run.undone_at, now), reason=run.reason),
        outcomes=_outcomes(run, outcome) if part in ("ready", "done", "undone") else (),
        takes=_takes(run),
        trouble=sum(int(run.counts.get(one, 0)) for one in TROUBLE),
        progress=progress_of(run, may=may) if run.state in WORKING else None,
        remap_url=f"{reverse('exchange:run', args=[run.pk])}?columns=1" if run.state == State.READY else "",
        here=_here(run, owed) if owed is not None else (),
        list_url=_list_url(run) if run.source else "",
    )


def _part(run: ImportRun, *, remap: bool) -> str:
    if run.state in WORKING:
        return "working"
    if run.state == State.DROPPED or (run.state == State.READY and remap):
        return "mapping"
    return str(run.state)


def _about(run: ImportRun, now: datetime, duties: Mapping[int, tuple[str, str]]) -> tuple[str, ...]:
    return (
        run.source.name if run.source else "",
        say("exchange.run.dropped", at=moment_text(run.dropped_at, now)),
        who_text(run, duties),
        size_text(run.size),
        say("exchange.run.sheet", sheet=run.sheet) if run.sheet else "",
        say("exchange.run.skipped", count=run.counts["skipped"]) if run.counts.get("skipped") else "",
    )


def _outcomes(run: ImportRun, chosen: str) -> tuple[Fact, ...]:
    base = reverse("exchange:run", args=[run.pk])
    listed = ["new", "changed", "unchanged", "doubtful", "refused", "vanished"]
    found = []
    for one in listed:
        count = int(run.counts.get(one, 0))
        icon, tone = _LOOK[one]
        # Rows that stay as they are were kept nowhere: there is nothing to list.
        href = f"{base}?{urlencode({'outcome': one})}#rows" if count and one != "unchanged" else ""
        found.append(
            Fact(
                label=say(f"exchange.outcome.{one}"), value=count, href=href if run.state != State.UNDONE else "",
                note=_note(run, one, count), icon=icon, tone=tone if count else "",
            )
        )  # fmt: skip
    return tuple(found)


def _note(run: ImportRun, outcome: str, count: int) -> str:
    taken = int(run.counts.get("doubtful_taken", 0))
    if outcome == "doubtful" and run.state == State.DONE and count:
        return say("exchange.outcome.doubtful.taken", taken=taken, left=count - taken)
    return say(f"exchange.outcome.{outcome}.note")


def _takes(run: ImportRun) -> tuple[Take, ...]:
    """Return the ways to take a run, the one that is proposed first; what does not happen stands beside each."""
    count = {one: int(run.counts.get(one, 0)) for one in _LOOK}
    clean = count["new"] + count["changed"]
    if run.state != State.READY:
        return ()
    refused = say("exchange.take.refused", count=count["refused"]) if count["refused"] else ""
    if not count["doubtful"]:
        if not clean:
            hint = say("exchange.take.nothing.hint")
            return (Take(value="all", label=say("exchange.take.nothing"), hint=f"{hint}{refused}"),)
        return (Take(value="all", label=say("exchange.take.all", count=clean), hint=_told(count, refused)),)
    only = say("exchange.take.clean.hint", count=count["doubtful"])
    return (
        Take(value="clean", label=say("exchange.take.clean", count=clean), hint=f"{only}{refused}"),
        Take(
            value="all",
            label=say("exchange.take.doubtful", count=clean + count["doubtful"]),
            hint=say("exchange.take.doubtful.hint"),
        ),
    )


def _told(count: Mapping[str, int], refused: str) -> str:
    told = say("exchange.take.all.hint", new=count["new"], changed=count["changed"])
    return f"{told}{refused}"


def progress_of(run: ImportRun, *, may: bool) -> Progress:
    """Return how far the worker is with a run."""
    waiting = run.beat_at is None
    text = say("exchange.progress.waiting") if waiting else say("exchange.progress.counting")
    if run.total and not waiting:
        text = say("exchange.progress.done", done=f"{run.done:,}", total=f"{run.total:,}")
    return Progress(
        run_id=run.pk,
        version=run.version,
        state=say(f"exchange.progress.{run.state}"),
        text=text,
        done=run.done,
        total=run.total if not waiting else 0,
        leave=say(f"exchange.progress.{run.state}.leave"),
        can_stop=may and run.state in (State.READING, State.TAKING),
        stop_label=say(f"exchange.stop.{run.state}") if run.state != State.UNDOING else "",
    )


def _list_url(run: ImportRun, **more: str) -> str:
    assert run.source is not None
    return f"{reverse('cases:list')}?{urlencode({**more, 'system': run.source.code})}"


def _here(run: ImportRun, owed: Owed) -> tuple[Fact, ...]:
    late = Fact(
        label=say("exchange.owed.late"), value=owed.late, href=_list_url(run, due="late") if owed.late else "",
        note=say("exchange.owed.late.note"), icon="triangle" if owed.late else "", tone="danger" if owed.late else "",
    )  # fmt: skip
    week = Fact(
        label=say("exchange.owed.week"), value=owed.week, href=_list_url(run, due="week") if owed.week else "",
        note=say("exchange.owed.week.note"),
    )  # fmt: skip
    still = Fact(
        label=say("exchange.owed.open"), value=owed.open, href=_list_url(run, phase="open") if owed.open else ""
    )
    return (late, week, still)
