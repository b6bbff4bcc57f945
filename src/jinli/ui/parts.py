"""The small frozen things that views hand to the parts of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One named value; `value=None` means that no source gives it and is shown so."""

    label: str
    value: str | int | None
    note: str = ""
    icon: str = ""
    tone: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class PageKeys:
    """Where a long list goes on; pages by key, so there is no page number."""

    shown: int
    total: int | None = None
    first_url: str = ""
    next_url: str = ""
    next_count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One segment of a choice of lists, with its count."""

    label: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Crumb:
    """One step of the way to this page; without an address it is the page itself."""

    label: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Meanwhile:
    """One thing that somebody else did between opening the page and sending it."""

    when: str
    who: str
    what: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """What a refused step shows: what changed, by whom, and what was typed."""

    title: str = ""
    changes: tuple[Meanwhile, ...] = ()
    typed: tuple[Fact, ...] = ()
    reload_url: str = ""
