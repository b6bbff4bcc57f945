"""Made-up samples for the gallery, worded in one language at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.template.loader import render_to_string
from django.utils.translation import override

from jinli.ui.forms import SampleForm
from jinli.ui.icons import ICONS
from jinli.ui.parts import Conflict, Fact, Meanwhile, PageKeys, Scope
from jinli.ui.words import say

_NOW = datetime(2026, 9, 28, 2, 5, tzinfo=UTC)
_DUE = datetime(2026, 9, 29, 16, 0, tzinfo=UTC)
_NUMBER, _OTHER_NUMBER = "样2026-00001", "样2026-00002"
_CLOCK_STATES = ("running", "near", "late", "paused", "kept", "used", "broken_done", "lapsed", "void", "provisional")
_TOKENS = ("ink", "ink-2", "edge", "accent", "warning", "danger")


@dataclass(frozen=True, kw_only=True)
class Half:
    """The gallery in one language."""

    lang: str
    body: str


@dataclass(frozen=True, kw_only=True)
class SampleDay:
    """One line of a reckoning; `kind` is rest, today, reached or empty."""

    day: str
    weekday: str
    count: str
    what: str
    basis: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Samples:
    """What the parts of one half show."""

    lang: str
    now: datetime
    due: datetime
    number: str
    other_number: str
    facts: tuple[Fact, ...]
    values: tuple[Fact, ...]
    scopes: tuple[Scope, ...]
    pages: PageKeys
    conflict: Conflict
    days: tuple[SampleDay, ...]
    form: SampleForm
    refused: SampleForm
    clock_states: tuple[str, ...]
    icons: tuple[str, ...]
    tokens: tuple[str, ...]


@cache  # the samples never change; a public page shall not cost more than others
def both_languages() -> tuple[Half, ...]:
    """Return the gallery in Chinese and in English."""
    halves = []
    for language, lang in (("zh-hans", "zh-Hans"), ("en", "en")):
        with override(language):
            halves.append(Half(lang=lang, body=render_to_string("ui/_gallery.html", {"it": _samples(lang)})))
    return tuple(halves)


def _samples(lang: str) -> Samples:
    body, late = say("ui.gallery.body"), say("ui.gallery.due.late")
    facts = (
        Fact(label=say("ui.gallery.stage"), value=say("ui.gallery.stage.sample"), note=say("ui.gallery.stage.round")),
        Fact(label=say("ui.gallery.waits"), value=body),
        Fact(
            label=say("ui.gallery.due"), value=say("ui.gallery.due.sample"), note=say("ui.gallery.left"), icon="clock"
        ),
        Fact(label=say("ui.gallery.responsible"), value=say("ui.gallery.centre")),
    )
    values = (
        Fact(label=say("ui.gallery.number"), value=_NUMBER, href="#"),
        Fact(label=say("ui.gallery.who"), value=say("ui.gallery.centre"), note=say("ui.gallery.stage.round")),
        Fact(label=say("ui.gallery.output"), value=None),
    )
    scopes = (
        Scope(label=say("ui.gallery.mine"), url="#", count=23, current=True),
        Scope(label=say("ui.gallery.me"), url="#", count=8),
        Scope(label=say("ui.gallery.others"), url="#", count=9),
    )
    changes = (Meanwhile(when=late, who=body, what=say("ui.gallery.entry"), note=say("ui.gallery.entry.note")),)
    typed = (Fact(label=say("ui.gallery.what"), value=say("ui.gallery.matter.sample")),)
    refused = SampleForm({"what": "", "way": "", "telephone": "138"}, auto_id=f"refused-{lang}-%s")
    refused.add_error("telephone", say("ui.gallery.telephone.hint"))
    return Samples(
        lang=lang,
        now=_NOW,
        number=_NUMBER,
        other_number=_OTHER_NUMBER,
        due=_DUE,
        facts=facts,
        values=values,
        scopes=scopes,
        pages=PageKeys(shown=3, total=12, next_url="#", next_count=9),
        conflict=Conflict(changes=changes, typed=typed, reload_url="#"),
        days=_days(),
        form=SampleForm(auto_id=f"open-{lang}-%s"),
        refused=refused,
        clock_states=_CLOCK_STATES,
        icons=tuple(ICONS),
        tokens=_TOKENS,
    )


def _days() -> tuple[SampleDay, ...]:
    def one(number: int, what: str, basis: str = "", kind: str = "") -> SampleDay:
        return SampleDay(
            day=say(f"ui.gallery.day.{number}"),
            weekday=say(f"ui.gallery.weekday.{number}"),
            count=say(f"ui.gallery.count.{number}"),
            what=say(what),
            basis=say(basis) if basis else "",
            kind=kind,
        )

    return (
        one(1, "ui.gallery.start", "ui.gallery.basis"),
        one(2, "ui.gallery.rest", "ui.gallery.basis.rest", "rest"),
        one(3, "ui.gallery.workday", kind="today"),
        one(4, "ui.gallery.due", "ui.gallery.basis", "reached"),
    )
