"""What stands around every page: the town, the hat, the ways to go. Filled by the site, shown by the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_IN_HEAD: Final = 5


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One way to go in the head of a page; `label` is text in the reader's language."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class HatChoice:
    """One hat the person may put on."""

    id: str
    label: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Shell:
    """The frame of one page for one reader; an empty address hides its part.

    `loading` says how far the simulated history has come; empty once it is whole.
    """

    town_name: str = ""
    town_code: str = ""
    simulated: bool = False
    loading: str = ""
    nav: tuple[NavItem, ...] = ()
    search_url: str = ""
    search_text: str = ""
    hats: tuple[HatChoice, ...] = ()
    hat_url: str = ""
    person_label: str = ""
    account_url: str = ""
    language_url: str = ""
    signed_in: bool = False
    sign_in_url: str = ""
    sign_out_url: str = ""
    unread: int = 0
    notices_url: str = ""
    home_url: str = ""
    report_url: str = ""
    track_url: str = ""

    @property
    def ways(self) -> tuple[NavItem, ...]:
        """Return the ways that stand in a wide head; with more than six the first five do."""
        return self.nav if len(self.nav) <= _IN_HEAD + 1 else self.nav[:_IN_HEAD]

    @property
    def more_ways(self) -> tuple[NavItem, ...]:
        """Return the ways that a wide head keeps under one heading, so that the hat keeps its room."""
        return self.nav[len(self.ways) :]

    @property
    def in_more(self) -> NavItem | None:
        """Return the present way when it is one of those."""
        return next((item for item in self.more_ways if item.current), None)

    @property
    def hat(self) -> HatChoice | None:
        """Return the hat now worn."""
        return next((hat for hat in self.hats if hat.current), None)
