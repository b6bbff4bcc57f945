"""The journal of a case in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from jinli.cases.selectors.case_view import CaseView, Told
from jinli.cases.selectors.names import asker, titled, worded
from jinli.domain.procedure import CASE
from jinli.domain.requests import IMPORT
from jinli.ui.wording_time import word_moment
from jinli.ui.words import has_words, say, tongue

#: What of the erasable part is text to read in the journal; names, telephones and addresses are shown elsewhere.
TEXTS: Final = ("text", "reason", "legal_basis", "reply", "result", "note", "heard", "board", "late_reason")
_PERSONAL: Final = "personal"
_CHANNELS: Final = ("link", "slip", "telephone", "api")


@dataclass(frozen=True, kw_only=True)
class TimelineRow:
    """One entry as a reader sees it."""

    seq: int
    when: str
    what: str
    who: str
    badges: tuple[str, ...]
    texts: tuple[str, ...]
    pending: bool


def timeline(view: CaseView) -> tuple[TimelineRow, ...]:
    """Return the journal, oldest first."""
    return tuple(_row(view, one) for one in view.told)


def _row(view: CaseView, one: Told) -> TimelineRow:
    body = one.body
    return TimelineRow(
        seq=body["seq"],
        when=word_moment(one.happened_at, lang=tongue(), now=view.now),
        what=move_title(view, body),
        who=who_acted(view, body),
        badges=tuple(_badges(view, one)),
        texts=tuple(text for text in (given_text(view, body), *_texts(one)) if text),
        pending=not one.stored,
    )


def move_title(view: CaseView, body: Mapping[str, Any]) -> str:
    """Return what happened: the title of the move, with the round of its assignment from the second on."""
    code, track = body["move"], body["track"]
    procedure = view.work.procedure
    known = procedure.case if track == CASE else procedure.assignment
    move = known.moves.get(code) if known else None
    if move is None:
        clocks = [effect.get("key") for effect in body.get("clocks", ())]
        names = [
            titled(procedure.clocks[view.work.state.clocks[key].code].title)
            for key in clocks
            if key in view.work.state.clocks
        ]
        what = worded(f"cases.engine.{code}", code)
        return say("cases.engine", what=what, clocks=tuple(dict.fromkeys(names))) if names else what
    title = titled(move.title)
    if track != CASE and view.work.state.assignments[track].round > 1 and move.keeps:
        return say("cases.round", round=view.work.state.assignments[track].round, title=title)
    return title


def who_acted(view: CaseView, body: Mapping[str, Any]) -> str:
    """Return in whose name it was done."""
    actor = body["actor"]
    if actor.get("hat") == "system":
        return say("domain.duty.system")
    if not actor.get("body"):
        return asker(view.case.type_code)
    return view.name(actor["body"])


def _badges(view: CaseView, one: Told) -> list[str]:
    body = one.body
    found = []
    hat = body["actor"].get("hat", "own")
    if hat in {"town", "zone", "entrusted"}:
        found.append(say("cases.badge.hat", hat=worded(f"town.hat.{hat}", hat)))
    if hat == "on_behalf":
        found.append(say("cases.badge.on_behalf", body=view.name(view.work.state.bodies.get("owner"))))
    if body.get("channel") in _CHANNELS and body["actor"].get("body"):
        found.append(worded(f"domain.channel.{body['channel']}", str(body["channel"])))
    stated = (one.private or {}).get("as_stated")
    if stated:
        found.append(say("cases.badge.as_stated", name=stated))
    if body.get("back_recorded"):
        at = word_moment(one.recorded_at, lang=tongue(), now=view.now)
        found.append(say("cases.badge.back_recorded", at=at))
    if body.get("channel") == IMPORT and one.happened_at != one.recorded_at:
        found.append(say("cases.badge.imported", at=word_moment(one.recorded_at, lang=tongue(), now=view.now)))
    if body["track"] != CASE:
        item = view.work.state.assignments[body["track"]]
        if body["actor"].get("body") != item.body:
            found.append(view.name(item.body))
    if not one.stored:
        found.append(say("cases.badge.pending"))
    return found


def _texts(one: Told) -> list[str]:
    if one.private is None:
        return [say("cases.entry.erased")]
    return [
        say(f"cases.text.{name}", text=one.private[name]) if has_words(f"cases.text.{name}") else str(one.private[name])
        for name in TEXTS
        if one.private.get(name)
    ]


def given_text(view: CaseView, body: Mapping[str, Any]) -> str:
    """Return what was chosen with the move, in words: bodies, rating, answer."""
    given = body.get("given", {})
    parts = []
    for name in ("handler", "lead", "assisting", "rated"):
        found = given.get(name)
        if found:
            codes = [found] if isinstance(found, str) else list(found)
            names = tuple(view.name(code) for code in codes)
            parts.append(say("cases.given", field=say(f"domain.field.{name}"), value=names))
    if given.get("rating"):
        parts.append(say("cases.given.rating", score=given["rating"]))
    noted = body.get("noted")
    if noted:
        how = "cases.noted.corrected" if noted.get("was") else "cases.noted"
        parts.append(say(how, system=noted["name"], number=noted["number"], was=noted.get("was", "")))
    parts += _changes(view, body)
    if body.get("linked"):
        parts.append(say("cases.linked_opened.number", number=body["linked"]))
    if given.get("answer"):
        parts.append(worded(f"cases.answer.{given['answer']}", str(given["answer"])))
    return say("cases.given.join").join([*parts, *_papers(body)])


def _changes(view: CaseView, body: Mapping[str, Any]) -> list[str]:
    """Return what an import changed, each field from what to what; personal ones only say that they changed."""
    found = []
    for name, (old, new) in sorted(body.get("facts", {}).get("changed", {}).items()):
        field = worded(f"cases.changed.{name}", name)
        if name == _PERSONAL:
            found.append(field)
            continue
        was, now = (_changed_value(view, name, value) or say("cases.changed.empty") for value in (old, new))
        found.append(say("cases.changed", field=field, was=was, now=now))
    return found


def _changed_value(view: CaseView, name: str, value: str) -> str:
    if name == "body_code":
        return view.name(value)
    if name.endswith("_at") and value:
        try:
            return word_moment(datetime.fromisoformat(value), lang=tongue(), now=view.now)
        except ValueError:
            return value
    return value


def _papers(body: Mapping[str, Any]) -> list[str]:
    """Return which papers an entry issued, or what became of one."""
    found = []
    if body.get("papers"):
        found.append(say("cases.papers.issued", numbers=tuple(one["number"] for one in body["papers"])))
    told = body.get("paper")
    if told:
        reason, state = say(f"cases.paper.reason.{told['reason']}"), say(f"cases.paper.state.{told['state']}")
        how = "cases.papers.restated.by" if told.get("replaced_by") else "cases.papers.restated"
        found.append(say(how, number=told["number"], state=state, other=told.get("replaced_by", ""), reason=reason))
    return found


def entry_text(view: CaseView, one: Told) -> str:
    """Return the text of an entry in one line."""
    stated = (one.private or {}).get("as_stated")
    name = say("cases.badge.as_stated", name=stated) if stated else ""
    channel = str(one.body.get("channel", ""))
    by = worded(f"domain.channel.{channel}", channel) if channel in _CHANNELS else ""
    texts = [text.rstrip("。；;") for text in (by, name, *_texts(one)) if text]
    return say("cases.given.join").join(texts)
