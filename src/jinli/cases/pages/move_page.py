"""What the page of a move shows, and what changed when somebody else was faster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from jinli.cases.pages.case_entries import entry_text, move_title, who_acted
from jinli.cases.pages.case_moves import hint_of, refusal_text
from jinli.cases.pages.case_page import facts_of
from jinli.cases.selectors.case_view import CaseView, Told
from jinli.cases.selectors.names import titled
from jinli.cases.services.opening import actor_of
from jinli.domain.guards import refusal
from jinli.domain.procedure import CASE, Move
from jinli.domain.state import CaseState, evolve
from jinli.ui.parts import Conflict, Fact, Meanwhile
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue


@dataclass(frozen=True, kw_only=True)
class MovePage:
    """The page of one move: what it is, what it does, where it stands, and why it is closed if it is."""

    number: str
    title: str
    case_url: str
    label: str
    hint: str
    body: str
    facts: tuple[Fact, ...]
    closed: str


def move_of(view: CaseView, code: str, track: str) -> Move | None:
    """Return a move that people can make on this track of the case, None when there is none."""
    procedure, state = view.work.procedure, view.work.state
    if track != CASE and (track not in state.assignments or procedure.assignment is None):
        return None
    move = procedure.track(track).moves.get(code)
    return None if move is None or move.by_system or move.initial or move.opens_linked else move


def version_of(view: CaseView, track: str) -> int:
    """Return the version that a page of this track carries."""
    return view.version if track == CASE else view.versions.get(track, -1)


def move_page(view: CaseView, move: Move, track: str) -> MovePage:
    """Return the page of a move."""
    work = view.work
    closed = refusal(work.state, work.procedure, move, track, actor_of(view.acting), view.now, work.book)
    return MovePage(
        number=view.case.number,
        title=view.case.title,
        case_url=reverse("cases:case", args=[view.case.pk]),
        label=titled(move.title),
        hint=hint_of(work.procedure, move),
        body=view.name(work.state.assignments[track].body) if track != CASE else "",
        facts=facts_of(view),
        closed=refusal_text(view, closed) if closed is not None else "",
    )


def conflict_of(view: CaseView, track: str, carried: int | None, typed: list[tuple[str, str]]) -> Conflict:
    """Return what was done on the track since the page with this version was made, and what was typed."""
    changes = tuple(
        Meanwhile(
            when=word_moment(one.recorded_at, lang=tongue(), now=view.now),
            who=who_acted(view, one.body),
            what=move_title(view, one.body),
            note=entry_text(view, one),
        )
        for one in _since(view, track, carried)
    )
    return Conflict(
        title=say("cases.conflict.title", number=view.case.number, title=view.case.title),
        changes=changes,
        typed=tuple(Fact(label=label, value=value) for label, value in typed),
        reload_url="",
    )


def _since(view: CaseView, track: str, carried: int | None) -> Iterator[Told]:
    state = CaseState(number=view.case.number, type_code=view.case.type_code)
    for one in view.told:
        state = evolve(state, one.body)
        if _version(state, track) > (carried or 0) and _moves(one.body, track):
            yield one


def _version(state: CaseState, track: str) -> int:
    if track == CASE:
        return state.version
    found = state.assignments.get(track)
    return found.version if found else 0


def _moves(body: Any, track: str) -> bool:
    """Return whether an entry can have changed the track: its own, or one of the case that touches it."""
    touched = {effect["key"] for effect in body.get("assignments", ())}
    return bool(body["track"] == track or track in touched)
