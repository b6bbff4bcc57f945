"""What the page of all imports shows: the systems with what their mirrors owe, and the newest files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from jinli.cases.selectors.names import named
from jinli.exchange.models import ImportRun
from jinli.exchange.pages.wording import moment_text, who_text
from jinli.exchange.selectors.runs import duty_titles, recent_runs
from jinli.exchange.selectors.sources import SourceStanding, sources_of
from jinli.town.acting import Acting
from jinli.town.models import Division, Duty
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class Count:
    """One number with the list behind it."""

    label: str
    value: int
    href: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """One system."""

    name: str
    kind: str
    watched: str
    last: str
    last_url: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """One dropped file."""

    name: str
    url: str
    source: str
    state: str
    waits: bool
    when: str
    who: str
    counts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ImportsPage:
    """The whole page."""

    may_drop: bool
    sources: tuple[SourceRow, ...]
    runs: tuple[RunRow, ...]


def imports_page(acting: Acting, town: Division, now: datetime) -> ImportsPage:
    """Return the page. Six statements, whatever was imported."""
    sources = sources_of(town, now)
    runs = list(recent_runs(town))
    duties = duty_titles([*runs, *(one.last for one in sources if one.last)])
    return ImportsPage(
        may_drop=Duty.Role.COMMAND_CENTRE in acting.roles,
        sources=tuple(_source(one, now, duties) for one in sources),
        runs=tuple(_run(one, now, duties) for one in runs),
    )


def _source(one: SourceStanding, now: datetime, duties: Mapping[int, tuple[str, str]]) -> SourceRow:
    def listed(**more: str) -> str:
        return f"{reverse('cases:list')}?{urlencode({**more, 'system': one.source.code})}"

    owed = one.owed
    counts = (
        Count(label=say("exchange.owed.open"), value=owed.open, href=listed(phase="open") if owed.open else ""),
        Count(
            label=say("exchange.owed.late"), value=owed.late, href=listed(due="late") if owed.late else "",
            tone="danger" if owed.late else "", icon="triangle" if owed.late else "",
        ),
        Count(label=say("exchange.owed.week"), value=owed.week, href=listed(due="week") if owed.week else ""),
        Count(
            label=say("exchange.owed.differ"), value=one.differences,
            href=f"{reverse('exchange:differences')}?{urlencode({'source': one.source.pk})}" if one.differences else "",
        ),
    )  # fmt: skip
    return SourceRow(
        name=one.source.name,
        kind=say(f"exchange.kind_of.{one.source.kind}"),
        watched=named(one.source.watched_by),
        last=f"{moment_text(one.last.taken_at, now)} {who_text(one.last, duties)}" if one.last else "",
        last_url=reverse("exchange:run", args=[one.last.pk]) if one.last else "",
        counts=counts,
    )


def _run(run: ImportRun, now: datetime, duties: Mapping[int, tuple[str, str]]) -> RunRow:
    # On the way the counts are still those of the dry run: shown then, they would seem to be taken.
    told = run.counts if run.state in (ImportRun.State.READY, ImportRun.State.DONE) else {}
    counts = [(one, int(told.get(one, 0))) for one in ("new", "changed", "doubtful", "refused", "vanished")]
    return RunRow(
        name=run.file_name,
        url=reverse("exchange:run", args=[run.pk]),
        source=run.source.name if run.source else "",
        state=say(f"exchange.state.{run.state}"),
        waits=run.state in (ImportRun.State.DROPPED, ImportRun.State.READY, ImportRun.State.STOPPED),
        when=moment_text(run.dropped_at, now),
        who=who_text(run, duties),
        counts=tuple(f"{say(f'exchange.outcome.{one}')} {count}" for one, count in counts if count),
    )
