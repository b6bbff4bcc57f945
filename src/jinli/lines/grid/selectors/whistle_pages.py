"""What the pages of the whistle show beside the form: the case, the kinds with their limits, what happens next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jinli.cases import editions
from jinli.cases.book import book_of
from jinli.cases.pages.clocks import limit_text, standing
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import named, titled
from jinli.cases.work import Work
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import TimeLimit
from jinli.domain.procedure import Procedure
from jinli.domain.state import STOPPED
from jinli.lines.grid.models import WhistleKind
from jinli.lines.grid.selectors.whistles import day_of, duty_line, terms_of
from jinli.town.models import Division, DutyLine, Status
from jinli.ui.parts import Fact
from jinli.ui.wording_time import word_due, word_limit, word_moment
from jinli.ui.words import say, tongue

#: Limits that start with the dispatch, in the order in which they matter; then those that start later.
FROM_DISPATCH = ("sign_in", "arrival", "contact", "refuse", "report")
LATER = ("approve", "arbitrate", "rework", "supervision", "verify")


@dataclass(frozen=True, kw_only=True)
class LimitCell:
    """A limit of one kind, and when it would fall due counted from now (only for what starts with the dispatch)."""

    kind: str
    limit: str
    due: str = ""


@dataclass(frozen=True, kw_only=True)
class LimitRow:
    """One limit across the kinds; a kind that has none shows so."""

    title: str
    cells: tuple[LimitCell, ...]


@dataclass(frozen=True, kw_only=True)
class Kinds:
    """The kinds of whistle side by side."""

    names: tuple[str, ...]
    approvals: tuple[LimitCell, ...]
    rows: tuple[LimitRow, ...]
    sources: tuple[str, ...]
    sample: bool


def kinds_table(town: Division, kinds: Sequence[WhistleKind], now: datetime) -> Kinds:
    """Return the kinds with their limits and with the due moments if the whistle went out now."""
    terms = {_kind_name(kind): terms_of(kind) for kind in kinds}
    rows = []
    for code in (*FROM_DISPATCH, *LATER):
        if any(code in one for one in terms.values()):
            cells = tuple(
                _cell(town, name, one.get(code), now, due=code in FROM_DISPATCH) for name, one in terms.items()
            )
            rows.append(LimitRow(title=_term_title(town, kinds, code), cells=cells))
    return Kinds(
        names=tuple(terms),
        approvals=tuple(LimitCell(kind=_kind_name(kind), limit=_approval(kind)) for kind in kinds),
        rows=tuple(rows),
        sources=tuple(dict.fromkeys(kind.source for kind in kinds if kind.source)),
        sample=any(kind.status == Status.SAMPLE for kind in kinds),
    )


def _kind_name(kind: WhistleKind) -> str:
    return (tongue() == "en" and kind.name_en) or kind.name


def _approval(kind: WhistleKind) -> str:
    return say("grid.whistle.approved.at_once" if "command_centre" in kind.approved_by else "grid.whistle.approved")


def _cell(town: Division, name: str, limit: TimeLimit | None, now: datetime, *, due: bool) -> LimitCell:
    if limit is None:
        return LimitCell(kind=name, limit="")
    text = due_words(town, now, limit, now) if due else ""
    return LimitCell(kind=name, limit=word_limit(limit, lang=tongue()), due=text)


def _term_title(town: Division, kinds: Sequence[WhistleKind], code: str) -> str:
    if code == "rework":
        return say("grid.whistle.term.rework")
    for kind in kinds:
        clocks = editions.latest(town, kind.procedure).clocks
        if code in clocks:
            return titled(clocks[code].title)
    return code


def due_words(town: Division, start: datetime, limit: TimeLimit, now: datetime) -> str:
    """Return when a limit that starts at a moment ends, in words."""
    book = book_of(town)
    return word_due(
        book.due_of(start, limit), lang=tongue(), now=now.astimezone(book.calendar.zone), calendar=book.calendar
    )


def next_clocks(work: Work, now: datetime) -> tuple[Fact, ...]:
    """Return the clocks that a dispatch starts at this moment for each department."""
    found = []
    for code in FROM_DISPATCH:
        limit = work.state.terms.get(code)
        if limit is not None and code in work.procedure.clocks:
            due = due_words(work.case.town, now, limit, now)
            note = word_limit(limit, lang=tongue())
            found.append(Fact(label=titled(work.procedure.clocks[code].title), value=due, note=note))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A running clock of one assignment in words."""

    title: str
    limit: str
    due: str
    look: str
    text: str
    right: bool


def running_clocks(view: CaseView, track: str) -> tuple[Promise, ...]:
    """Return the running clocks that one assignment owes, by due moment."""
    work, book = view.work, view.work.book
    found = []
    live = [one for one in work.state.clocks.values() if one.track == track and one.state != STOPPED]
    for clock in sorted(live, key=lambda one: book.due(one).at):
        if clock.owed_by != work.state.assignments[track].body:
            continue
        rule = work.procedure.clocks[clock.code]
        how = standing(clock, book.due(clock), book.calendar, view.now, right=rule.right, warn_at=book.warns_at(clock))
        found.append(
            Promise(
                title=titled(rule.title), limit=limit_text(clock), due=how.due, look=how.look, text=how.text,
                right=rule.right,
            )
        )  # fmt: skip
    return tuple(found)


def asked_for(view: CaseView) -> tuple[Fact, ...]:
    """Return what a whistle was asked for: kind, line of the list with its lead, departments, reason, repeats."""
    facts = view.work.state.facts
    return (
        Fact(label=say("grid.whistle.fact.kind"), value=kind_name(view)),
        Fact(label=say("grid.whistle.fact.line"), value=line_name(view), note=_basis(view)),
        Fact(label=say("grid.whistle.fact.lead"), value=_name(view, facts.get("lead"))),
        Fact(
            label=say("grid.whistle.fact.assisting"),
            value=say("ui.comma").join(_name(view, one) for one in facts.get("assisting", ()))
            or say("grid.whistle.none"),
        ),
        Fact(label=say("grid.whistle.fact.reason"), value=reason_of(view) or say("grid.whistle.erased")),
    )


def repeats_of(view: CaseView) -> tuple[str, ...]:
    """Return the numbers of the earlier whistles at the same place and of the same class."""
    found = view.work.state.facts.get("repeats")
    return tuple(str(one) for one in found) if isinstance(found, list) else ()  # of a report it is a count


def kind_name(view: CaseView) -> str:
    """Return the name of the kind, in the edition under which the whistle was blown."""
    code, edition = str(view.work.state.facts.get("kind", "")), int(view.work.state.facts.get("kind_edition", 0))
    kind = WhistleKind.objects.filter(town=view.town, code=code, edition=edition).first()
    if kind is None:
        return code
    return _kind_name(kind)


def _line(view: CaseView) -> DutyLine | None:
    code = str(view.work.state.facts.get("duty_line", ""))
    found = view.duty_lines.get(code)
    if found is not None or not code:
        return found
    try:
        return duty_line(view.town, code, day_of(view.town))
    except InvalidInputError:
        return None


def line_name(view: CaseView) -> str:
    """Return the line of the duty list a whistle rests on."""
    line = _line(view)
    if line is None:
        return str(view.work.state.facts.get("duty_line", ""))
    number = line.number if line.number is not None else line.code
    return say("grid.whistle.line.short", number=number, title=line.title, kind=say(f"grid.whistle.line.{line.kind}"))


def _basis(view: CaseView) -> str:
    line = _line(view)
    return line.legal_basis if line is not None else ""


def _name(view: CaseView, code: object) -> str:
    return view.name(str(code)) if code else ""


def reason_of(view: CaseView) -> str:
    """Return why the town whistled, empty when it was erased."""
    return str((view.told[0].private or {}).get("reason", ""))


@dataclass(frozen=True, kw_only=True)
class Side:
    """What one side said of a refusal."""

    who: str
    when: str
    text: str
    legal_basis: str


def refusal_of(view: CaseView, track: str) -> tuple[Side, Side] | None:
    """Return both sides of the last refusal on a track: why the town whistled, why the department refuses."""
    entry = next(
        (one for one in reversed(view.told) if one.body["move"] == "refuse" and one.body["track"] == track), None
    )
    if entry is None:
        return None
    town = Side(
        who=view.name(view.work.state.bodies.get("owner")),
        when=word_moment(view.told[0].happened_at, lang=tongue(), now=view.now),
        text=reason_of(view) or say("grid.whistle.erased"),
        legal_basis=say("grid.whistle.side.line", line=line_name(view), basis=_basis(view)),
    )
    private = entry.private or {}
    department = Side(
        who=view.name(view.work.state.assignments[track].body),
        when=word_moment(entry.happened_at, lang=tongue(), now=view.now),
        text=str(private.get("reason", "")) or say("grid.whistle.erased"),
        legal_basis=str(private.get("legal_basis", "")) or say("grid.whistle.erased"),
    )
    return town, department


def results_of(view: CaseView) -> tuple[Side, ...]:
    """Return what the departments reported, the newest first, each with its round's moment."""
    found = []
    for one in view.told:
        if one.body["move"] == "report":
            body = view.work.state.assignments[one.body["track"]].body
            text = str((one.private or {}).get("result", "")) or say("grid.whistle.erased")
            when = word_moment(one.happened_at, lang=tongue(), now=view.now)
            found.append(Side(who=view.name(body), when=when, text=text, legal_basis=""))
    return tuple(reversed(found))


def report_words(view: CaseView) -> Mapping[str, str]:
    """Return what the reporter said and where, without name and telephone."""
    private = view.first.private or {}
    return {"text": str(private.get("text", "")), "address": str(private.get("address", ""))}


def move_titles(procedure: Procedure, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return moves of the assignment track with their titles."""
    assert procedure.assignment is not None
    return [(code, titled(procedure.assignment.moves[code].title)) for code in codes]


def place_words(view: CaseView) -> str:
    """Return the place of a case, empty without one."""
    return named(view.case.place) if view.case.place else ""
