"""The moves of a case as its page shows them: open ones with what they do, closed ones with the reason why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jinli.cases import lines
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import asker, titled, worded
from jinli.cases.services.opening import actor_of
from jinli.domain.errors import DomainError, RefusedError
from jinli.domain.guards import MoveOption, options
from jinli.domain.procedure import CASE, Move, Procedure
from jinli.domain.state import PAUSED, RUNNING
from jinli.ui.words import has_words, say, say_error


@dataclass(frozen=True, kw_only=True)
class OpenMove:
    """A move open to the reader: its button and one line on what it does."""

    label: str
    hint: str
    url: str
    primary: bool = False


@dataclass(frozen=True, kw_only=True)
class ClosedMoves:
    """Moves that are closed for one and the same reason."""

    labels: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Moves:
    """All moves of a case for one reader."""

    open: tuple[OpenMove, ...]
    closed: tuple[ClosedMoves, ...]


def moves_of(view: CaseView) -> Moves:
    """Return the moves open to the reader, the most expected one first, and the closed ones by reason."""
    found = list(_options(view))
    allowed = [one for one in found if one.allowed and _has_page(view, one)]
    expected = _expected(view, allowed)
    ordered = sorted(allowed, key=lambda one: (one is not expected, _order(view.work.procedure, one.move)))
    opened = {one.move.code for one in allowed}
    return Moves(
        open=tuple(_open(view, one, one is expected, allowed) for one in ordered),
        closed=_closed(view, [one for one in found if not one.allowed and one.move.code not in opened]),
    )


def _options(view: CaseView) -> Iterable[MoveOption]:
    """Yield the options of the procedure; an ended assignment offers only what is still open on it."""
    work = view.work
    for one in options(work.state, work.procedure, actor_of(view.acting), view.now, work.book, work.sealing):
        if set(one.move.duty) == {"reporter"}:
            continue
        over = one.track != CASE and work.state.assignments[one.track].outcome is not None
        if not over or one.allowed:
            yield one


def _has_page(view: CaseView, one: MoveOption) -> bool:
    """Return whether the move can be made on a page: one that opens a case needs a page of its line."""
    return not one.move.opens_linked or lines.own_page(view.work.procedure.code, one.move.code) is not None


def _order(procedure: Procedure, move: Move) -> int:
    """Return where a move stands: what leads on, what must be argued, what stays, what takes back."""
    if _takes_back(procedure, move):
        return 3
    if move.to == "same":
        return 2
    return 1 if _not_wanted(move) else 0


def _takes_back(procedure: Procedure, move: Move) -> bool:
    if move.closes:
        return True
    return move.to != "same" and procedure.track(move.track).stages[move.to].outcome == "withdrawn"


def _expected(view: CaseView, allowed: list[MoveOption]) -> MoveOption | None:
    """Return the move that keeps the promise one's own body owes first, else the first that leads on.

    None when that promise is kept by several moves and each must be argued: a ruling is not ours to suggest.
    """
    state, book = view.work.state, view.work.book
    keeping = []
    for number, one in enumerate(allowed):
        for code in one.move.keeps:
            clock = state.running(code, one.track)
            if clock is None or clock.owed_by != view.acting.body or view.work.procedure.clocks[code].right:
                continue
            keeping.append((book.due(clock).at, _not_wanted(one.move), number, one))
    if keeping:
        due, argued, _, first = min(keeping, key=lambda item: item[:3])
        equal = argued and sum(item[:2] == (due, argued) and item[3].track == first.track for item in keeping) > 1
        return None if equal else first
    leading = [one for one in allowed if _order(view.work.procedure, one.move) == 0]
    telling = [one for one in allowed if one.move.to == "same" and "reporter" in one.move.tell]
    return next(iter([*leading, *telling]), None)


def _not_wanted(move: Move) -> bool:
    """Return whether a move turns a matter away or sends it back: it must be argued, so it is never suggested."""
    return "reason" in move.needs or "legal_basis" in move.needs


def _open(view: CaseView, one: MoveOption, expected: bool, allowed: list[MoveOption]) -> OpenMove:
    label = titled(one.move.title)
    if one.track != CASE:
        item = view.work.state.assignments[one.track]
        if item.body != view.acting.body:
            label = say("cases.move.of_body", move=label, body=view.name(item.body))
        elif sum(other.move.code == one.move.code for other in allowed) > 1:
            label = say("cases.round", round=item.round, title=label)
    url = lines.move_url(view.case, view.work.procedure.code, one.move.code, one.track)
    return OpenMove(label=label, hint=hint_of(view.work.procedure, one.move), url=url, primary=expected)


def hint_of(procedure: Procedure, move: Move) -> str:
    """Return one line on what a move does, read from the procedure; special words of a move come first."""
    own = f"cases.hint.{move.code}"
    if has_words(own):
        return say(own)
    track = procedure.track(move.track)

    def titles(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(titled(procedure.clocks[code].title) for code in dict.fromkeys(codes))

    parts = []
    if move.to != "same":
        parts.append(say("cases.hint.to", stage=titled(track.stages[move.to].title)))
    if move.keeps:
        parts.append(say("cases.hint.keeps", clocks=titles(move.keeps)))
    if move.starts:
        parts.append(say("cases.hint.starts", clocks=titles(start.clock for start in move.starts)))
    if move.opens:
        parts.append(say("cases.hint.opens"))
    if move.extends:
        parts.append(say("cases.hint.extends", clock=titled(procedure.clocks[move.extends].title)))
    if move.to != "same" and track.stages[move.to].final:
        parts.append(say("cases.hint.final"))
    elif not move.keeps and not move.starts and not move.opens and not move.extends and not move.pauses:
        parts.append(say("cases.hint.no_clock"))
    return say("cases.hint.join").join(parts)


def _closed(view: CaseView, found: list[MoveOption]) -> tuple[ClosedMoves, ...]:
    """Return the closed moves, each once, those of one reason together."""
    reasons: dict[str, str] = {}
    labels: dict[str, str] = {}
    for one in found:
        assert one.refusal is not None
        closer = one.refusal.code != "domain.move.not_your_duty"
        if one.move.code not in reasons or closer:
            reasons[one.move.code] = refusal_text(view, one.refusal)
            labels[one.move.code] = titled(one.move.title)
    by_reason: dict[str, list[str]] = {}
    for code, reason in reasons.items():
        by_reason.setdefault(reason, []).append(labels[code])
    return tuple(
        ClosedMoves(labels=say("ui.comma").join(dict.fromkeys(moves)), reason=reason)
        for reason, moves in by_reason.items()
    )


def refusal_text(view: CaseView, error: DomainError) -> str:
    """Return why, with the procedure's own titles and the names of the bodies this case means."""
    procedure, facts = view.work.procedure, dict(error.facts)
    tracks = [track for track in (procedure.case, procedure.assignment) if track is not None]
    stages = {code: titled(stage.title) for track in tracks for code, stage in track.stages.items()}
    moves = {code: titled(move.title) for track in tracks for code, move in track.moves.items()}
    clocks = {code: titled(rule.title) for code, rule in procedure.clocks.items()}
    for fact, known in (("stage", stages), ("sources", stages), ("move", moves), ("other", moves), ("clock", clocks)):
        if fact in facts:
            facts[fact] = say("ui.comma").join(known.get(code, code) for code in str(facts[fact]).split(", "))
    if "duty" in facts:
        duties = [_duty(view, one) for one in str(facts["duty"]).split(", ") if one]
        facts["duty"] = say("ui.comma").join(dict.fromkeys(duties))
    if "fact" in facts:
        facts["fact"] = worded(f"cases.only_if.{facts['fact']}", str(facts["fact"]))
    for fact in ("body", "authority"):
        if fact in facts:
            facts[fact] = view.name(str(facts[fact]))
    return say_error(RefusedError(error.code, **facts))


def _duty(view: CaseView, duty: str) -> str:
    """Return whose a duty is: the body of this case, or the role."""
    relation, _, role = duty.partition(".")
    body = view.work.state.bodies.get(relation)
    if body:
        return view.name(body)
    if relation == "reporter":
        return asker(view.case.type_code)
    return worded(f"domain.role.{role}", role) if role else worded(f"domain.duty.{relation}", relation)


def is_live(state: str) -> bool:
    """Return whether a clock still runs or stands."""
    return state in (RUNNING, PAUSED)
