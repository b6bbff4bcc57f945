"""Filters for due moments, limits and what is left, and a tag for a whole reckoning: `{% load time_words %}`."""

from __future__ import annotations

from datetime import date, datetime

from django.template import Library

from jinli.domain.deadlines import DueMoment, Left
from jinli.domain.explanation import Explanation
from jinli.domain.limits import TimeLimit
from jinli.ui import wording_time
from jinli.ui.words import tongue

register = Library()


@register.filter
def moment(at: datetime, now: datetime | date | None = None) -> str:
    """Return `9月28日 周一 17:50`; the year unless it is that of `now`."""
    return wording_time.word_moment(at, lang=tongue(), now=now)


@register.filter
def due(at: DueMoment | datetime, now: datetime | date | None = None) -> str:
    """Return `9月29日 周二 24:00`; the year unless it is that of `now`."""
    return wording_time.word_due(at, lang=tongue(), now=now)


@register.filter
def left(found: Left) -> str:
    """Return `还剩 1 个工作日`."""
    return wording_time.word_left(found, lang=tongue())


@register.filter
def limit(found: TimeLimit) -> str:
    """Return `3 工作日`."""
    return wording_time.word_limit(found, lang=tongue())


@register.inclusion_tag("ui/_reckoning.html")
def reckoning(told: Explanation | wording_time.WordedExplanation, now: datetime | None = None) -> dict[str, object]:
    """Show how a due moment was reckoned, line by line, the due moment last."""
    if isinstance(told, Explanation):
        told = wording_time.word_explanation(told, lang=tongue(), now=now)
    return {"told": told}
