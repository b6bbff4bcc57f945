"""Moments, persons, reasons and changes of an import in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from jinli.cases.selectors.names import named
from jinli.domain.errors import DomainError
from jinli.exchange.models import ImportRow, ImportRun
from jinli.ui.wording_time import word_due, word_moment
from jinli.ui.words import has_words, say, say_error, tongue

#: Fields of a mirror that are called as the column they came from.
_CALLED: Final = {"body_there": "body_name", "place_there": "place_name", "class_there": "class_name"}
_MOMENTS: Final = frozenset({"opened_at", "due_at", "closed_at"})


def moment_text(at: datetime | None, now: datetime) -> str:
    """Return a moment as the town reads it, empty for none."""
    return word_moment(at, lang=tongue(), now=now) if at is not None else ""


def who_text(run: ImportRun, duties: Mapping[int, tuple[str, str]]) -> str:
    """Return body and duty of whoever acted; a person is named by duty."""
    title, title_en = duties.get(int(run.acting.get("appointment") or 0), ("", ""))
    return " ".join(one for one in (named(run.body), (tongue() == "en" and title_en) or title) if one)


def size_text(size: int) -> str:
    """Return the size of a file."""
    if size < 1024 * 1024:
        return say("exchange.size.kb", size=max(1, round(size / 1024)))
    return say("exchange.size.mb", size=f"{size / 1024 / 1024:.1f}")


def error_text(error: Mapping[str, Any]) -> str:
    """Return why a run could not go on, empty when it could."""
    if not error:
        return ""
    code = str(error["code"])
    return say_error(DomainError(code if has_words(code) else "exchange.work.failed", **error.get("facts", {})))


def reason_texts(row: ImportRow, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return why a row is doubtful or refused, each reason in a sentence; `titles` are the names of ours by code."""
    if row.outcome == "vanished":
        return (say("exchange.row.vanished"),)
    return tuple(_reason(str(code), facts, titles) for code, facts in row.reasons)


def _reason(code: str, facts: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Return a reason in words; one that a later edition no longer knows shows its code, never a broken page."""
    return say_error(DomainError(code, **facts), titles) if has_words(code) else code


def change_texts(row: ImportRow, titles: Mapping[str, str], now: datetime) -> tuple[str, ...]:
    """Return what a row changes, each field from what to what; of what may name people only that it changed."""
    found = []
    for field, (old, new) in row.changes.items():
        if field == "personal":
            found.append(say("exchange.change.personal"))
        elif field.endswith("_code"):  # which of ours that is
            label = say(f"exchange.change.{field}")
            found.append(_changed(label, titles.get(old, old), titles.get(new, new)))
        elif has_words(f"exchange.field.{_CALLED.get(field, field)}"):
            label = say(f"exchange.field.{_CALLED.get(field, field)}")
            found.append(_changed(label, _value(field, old, now), _value(field, new, now)))
    return tuple(found)


def _changed(label: str, old: str, new: str) -> str:
    nothing = say("exchange.change.nothing")
    return say("exchange.change", field=label, old=old or nothing, new=new or nothing)


def _value(field: str, text: str, now: datetime) -> str:
    if field not in _MOMENTS or not text:
        return text
    at = datetime.fromisoformat(text)
    if field != "due_at":
        return moment_text(at, now)
    # A limit given to the second is met within it, so it is kept one second later.
    return word_due(at - timedelta(seconds=1) if at.second == 1 else at, lang=tongue(), now=now)
