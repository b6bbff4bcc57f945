"""What the pages of a task show: its questions with the answers that exist, the lines it may stand on, the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from jinli.cases.pages.case_moves import OpenMove, moves_of, refusal_text
from jinli.cases.pages.case_page import facts_of
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import named, titled
from jinli.cases.services.opening import actor_of
from jinli.domain.explanation import explain
from jinli.domain.guards import refusal
from jinli.domain.procedure import CASE
from jinli.exchange import catalogue
from jinli.exchange.models import Ask, Task
from jinli.exchange.selectors.asks import Best, best_of, stamp_of
from jinli.exchange.selectors.drafts import Draft, Ground, draft, haste_text
from jinli.exchange.selectors.tasks import Fits, fits_of, words_of
from jinli.town.models import DutyLine
from jinli.town.selectors import duty_lines_at, local_day
from jinli.ui.parts import Crumb, Fact, Scope
from jinli.ui.wording_time import WordedExplanation, word_day, word_explanation, word_moment
from jinli.ui.words import say, tongue

#: What the answer page itself can do at each stage, in the order in which it offers them.
ACTS: Final = {
    "received": ("answer_at_once", "accept", "cooperate", "object", "accept_unlisted"),
    "accepted": ("answer", "finish"),
    "cooperating": ("answer", "finish"),
    "insisted": ("do_anyway",),
}
#: Acts that rest on a line of the duty list, and those that need one.
ON_A_LINE: Final = frozenset(ACTS["received"])
FILLABLE: Final = frozenset({"received", "accepted", "cooperating"})
NONE: Final = "none"


@dataclass(frozen=True, kw_only=True)
class AskRow:
    """One question with its answer, or the best one that exists."""

    number: int
    text: str
    url: str
    period: str
    answered: bool
    source: str
    look: str
    value: str
    note: str
    definition: str
    list_url: str
    total_url: str


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """One line of the duty list that a task may stand on."""

    code: str
    text: str
    kind: str
    basis: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was sent as an answer, and when."""

    what: str
    when: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """The answer page of a task."""

    id: UUID
    number: str
    title: str
    heading: tuple[str, ...]
    crumbs: tuple[Crumb, ...]
    case_url: str
    print_url: str
    facts: tuple[Fact, ...]
    haste: str
    reckoning: WordedExplanation | None
    text: str
    asks: tuple[AskRow, ...]
    stamp: str
    ready: int
    fill_url: str
    lines: tuple[LineRow, ...]
    other_lines: tuple[LineRow, ...]
    line: str
    on_line: bool
    line_is_other: bool
    scopes: tuple[Scope, ...]
    act: str
    act_label: str
    act_hint: str
    closed: str
    moves: tuple[OpenMove, ...]
    said: tuple[Said, ...]
    again: int
    report_url: str
    may_act: bool
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class Open:
    """A task as it stands for a reader, and the draft of the chosen act."""

    view: CaseView
    task: Task
    ground: Ground
    fits: Fits
    act: str
    draft: Draft | None


def open_task(view: CaseView, task: Task, *, act: str = "", line: str | None = None) -> Open:
    """Return a task with everything its page is made of. `line` None takes the proposed one, `none` the list has none.

    A fixed number of statements, however many questions there are.
    """
    day = local_day(view.town, view.now)
    offers = catalogue.offers(view.town, day)
    asks = best_of(task, view.now, offers)
    lines = list(duty_lines_at(view.town, day))
    fits = fits_of(words_of(text_of(view), [ask for ask, _ in asks]), lines, task.asker_id)
    chosen = _line(task, fits, lines, line if view.work.state.stage == "received" else _answered_on(view))
    ground = Ground(
        task=task,
        asks=asks,
        line=chosen,
        lines=len(lines),
        owner=view.name(view.work.state.bodies.get("owner")),
        calendar=view.work.book.calendar,
        now=view.now,
    )
    allowed = ACTS.get(view.work.state.stage, ())
    doing = act if act in allowed else _expected(view.work.state.stage, ground)
    return Open(
        view=view, task=task, ground=ground, fits=fits, act=doing, draft=draft(ground, doing) if doing else None
    )


def _answered_on(view: CaseView) -> str:
    """Return the line that the journal names, `none` when the answer rests on none."""
    given = [one.body.get("given", {}).get("duty_line") for one in view.told]
    return next((str(code) for code in reversed(given) if code), NONE)


def _line(task: Task, fits: Fits, lines: Sequence[DutyLine], asked: str | None) -> DutyLine | None:
    if task.fit:
        return task.line
    if asked is None:
        return fits.first
    return next((one for one in lines if one.code == asked), None)


def _expected(stage: str, ground: Ground) -> str:
    """Return the act a page begins with: what the kind of the line and the questions suggest."""
    acts = ACTS.get(stage, ())
    if stage != "received":
        return acts[0] if acts else ""
    kind = str(ground.line.kind) if ground.line else ""
    if kind == DutyLine.Kind.BASIC:
        known = all(best.source != Ask.Origin.UNKNOWN for _, best in ground.asks)
        return "answer_at_once" if known else "accept"
    return "cooperate" if kind == DutyLine.Kind.COOPERATING else "object"


def text_of(view: CaseView) -> str:
    """Return what was pasted; empty when nothing was, or when it was lawfully erased."""
    return str((view.told[0].private or {}).get("text", ""))


def task_page(opened: Open) -> TaskPage:
    """Return the answer page."""
    view, task, ground = opened.view, opened.task, opened.ground
    stage = view.work.state.stage
    closed = _closed(view, opened.act) if opened.act else ""
    rows = tuple(_ask_row(ground, ask, best) for ask, best in ground.asks)
    fillable = stage in FILLABLE and "command_centre" in view.acting.roles
    own = {_act_url(view, one) for one in ACTS.get(stage, ())} | {reverse("exchange:task", args=[view.case.pk])}
    return TaskPage(
        id=view.case.pk,
        number=view.case.number,
        title=view.case.title,
        heading=(view.case.number, say(f"exchange.way.{task.way}"), _at(view, task.received_at)),
        crumbs=(
            Crumb(label=say("exchange.tasks.title"), url=reverse("exchange:tasks")),
            Crumb(label=view.case.number),
        ),
        case_url=reverse("cases:case", args=[view.case.pk]),
        print_url=reverse("exchange:task-print", args=[view.case.pk]),
        facts=_facts(opened),
        haste=haste_text(ground) if stage in FILLABLE else "",
        reckoning=_reckoning(view),
        text=text_of(view),
        asks=rows,
        stamp=stamp_of(ask for ask, _ in ground.asks),
        ready=sum(1 for ask, best in ground.asks if not ask.source and best.source != Ask.Origin.UNKNOWN),
        fill_url=reverse("exchange:task-fill", args=[view.case.pk]) if fillable else "",
        lines=tuple(_line_row(one, ground) for one in opened.fits.lines),
        other_lines=tuple(_line_row(one, ground) for one in opened.fits.others),
        line=ground.line.code if ground.line else NONE,
        on_line=stage == "received",
        line_is_other=ground.line in opened.fits.others,
        scopes=_scopes(opened),
        act=opened.act,
        act_label=titled(view.work.procedure.case.moves[opened.act].title) if opened.act else "",
        act_hint=say(f"exchange.act.{opened.act}") if opened.act else "",
        closed=closed,
        moves=tuple(one for one in moves_of(view).open if one.url not in own),
        said=said_of(view),
        again=sum(1 for ask, _ in ground.asks if ask.first_id),
        report_url=_report_url(opened),
        may_act="command_centre" in view.acting.roles,
        simulated=view.case.simulated,
    )


def _report_url(opened: Open) -> str:
    """Return where its figures are saved as a report, empty when it has none."""
    any_figure = any(ask.figure for ask, _ in opened.ground.asks)
    allowed = "command_centre" in opened.view.acting.roles
    return f"{reverse('exchange:report-new')}?task={opened.task.pk}" if any_figure and allowed else ""


def _at(view: CaseView, at: datetime) -> str:
    return word_moment(at, lang=tongue(), now=view.now)


def _facts(opened: Open) -> tuple[Fact, ...]:
    stage, _, due, _ = facts_of(opened.view)
    task, line = opened.task, opened.ground.line
    kind = say(f"exchange.fit.{line.kind if line else task.Fit.UNLISTED}")
    note = line.title if line else say("exchange.draft.unlisted", count=opened.ground.lines)
    label = say("exchange.tasks.listed") if task.fit else say("exchange.tasks.listed.proposed")
    return (
        stage,
        Fact(label=say("exchange.tasks.asker"), value=task.asker_name),
        due,
        Fact(label=label, value=kind, note=note),
    )


def _reckoning(view: CaseView) -> WordedExplanation | None:
    clocks = [one for one in view.work.state.clocks.values() if one.code in {"deadline", "answer"}]
    if not clocks:
        return None
    last = clocks[-1]
    told = explain(last.started_at, last.limit, view.work.book.calendar, last.pauses, last.extensions)
    return word_explanation(told, lang=tongue(), now=view.now, folded=len(told.lines) > 25)


def _closed(view: CaseView, act: str) -> str:
    move = view.work.procedure.case.moves[act]
    why = refusal(view.work.state, view.work.procedure, move, CASE, actor_of(view.acting), view.now, view.work.book)
    return refusal_text(view, why) if why is not None else ""


def _act_url(view: CaseView, act: str) -> str:
    return reverse(f"exchange:task-{act.replace('_', '-')}", args=[view.case.pk])


def _scopes(opened: Open) -> tuple[Scope, ...]:
    view, moves = opened.view, opened.view.work.procedure.case.moves
    line = f"?{urlencode({'line': opened.ground.line.code if opened.ground.line else NONE})}"
    acts = ACTS.get(view.work.state.stage, ())
    if len(acts) < 2:
        return ()
    query = "" if opened.task.fit else line
    return tuple(
        Scope(label=titled(moves[one].title), url=f"{_act_url(view, one)}{query}", current=one == opened.act)
        for one in acts
    )


def _line_row(one: DutyLine, ground: Ground) -> LineRow:
    basis = one.legal_basis or say("ui.unknown")
    number = one.code if one.number is None else one.number
    lead = say("exchange.draft.lead", lead=named(one.lead)) if one.lead else ""
    return LineRow(
        code=one.code,
        text=say("exchange.tasks.line", number=number, title=one.title),
        kind=f"{say(f'exchange.fit.{one.kind}')}{lead}",
        basis=basis,
        chosen=one == ground.line,
    )


def _ask_row(ground: Ground, ask: Ask, best: Best) -> AskRow:
    query = (ask.query if ask.source else best.query) or {}
    source = ask.source or best.source
    return AskRow(
        number=ask.ordinal,
        text=ask.text,
        url=reverse("exchange:ask", args=[ask.pk]),
        period=period_words(ask.period),
        answered=bool(ask.source),
        source=say(f"exchange.source.{source}"),
        look="" if source == Ask.Origin.UNKNOWN else source,
        value="" if source == Ask.Origin.UNKNOWN else ask.value if ask.source else best.value,
        note=_note(ground, ask, best),
        definition=f"{best.offer.title}{say('ui.colon')}{best.offer.definition}" if best.offer else "",
        list_url=list_url(query.get("list")),
        total_url=list_url(query.get("total")),
    )


def _note(ground: Ground, ask: Ask, best: Best) -> str:
    earlier = ask.taken_from if ask.source else best.earlier
    if earlier is not None and earlier.answered_at is not None:
        day = word_day(earlier.answered_at.astimezone(ground.calendar.zone).date(), lang=tongue(), now=ground.local)
        return say("exchange.source.given", day=day, asker=earlier.task.asker_name, number=earlier.task.case.number)
    at = ask.as_of if ask.source else best.as_of
    if at is None:
        return ""
    return say("exchange.source.as_of", at=word_moment(at, lang=tongue(), now=ground.local, calendar=ground.calendar))


def list_url(query: object) -> str:
    """Return the address of the list behind a figure, empty where a fact has none."""
    return f"{reverse('exchange:figure')}?{urlencode(query)}" if isinstance(query, dict) and query else ""


def period_words(period: str) -> str:
    """Return a period in words; empty for none, and for a day, since its moment is said beside the figure."""
    year, _, part = period.partition("-")
    if not year or len(period) == 10:
        return ""
    if not part:
        return say("exchange.period.year", year=year)
    if part[0] in "QH":
        return say(f"exchange.period.{part[0].lower()}", year=year, number=say(f"exchange.period.{part.lower()}"))
    return say("exchange.period.month", year=year, month=int(part))


def said_of(view: CaseView) -> tuple[Said, ...]:
    """Return what was sent to the asker, newest first; an erased text says so."""
    found = []
    moves = view.work.procedure.case.moves
    for one in reversed(view.told):
        move = moves.get(one.body["move"])
        if move is None or not {"reply", "result"} & set(move.needs):
            continue
        text = (
            say("cases.entry.erased") if one.private is None else one.private.get("reply") or one.private.get("result")
        )
        found.append(Said(what=titled(move.title), when=_at(view, one.happened_at), text=str(text)))
    return tuple(found)
