"""What rooms above the engine put on pages of cases, without the engine knowing them.

A room that has something to show derives its `AppConfig` from `AddsToPages` too. The module is imported, not the class
(see `lines`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from jinli.cases.selectors.case_view import CaseView
    from jinli.town.acting import Acting
    from jinli.town.models import Division


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A part at the side of the page of a case: its template, which gets `shown`."""

    template: str
    shown: Any


@dataclass(frozen=True, kw_only=True)
class WayOut:
    """One layout in which a list can be exported.

    Attributes
    ----------
    excel, csv : addresses of the files; empty where a page has to be read first.
    page : address of that page.
    """

    label: str
    excel: str = ""
    csv: str = ""
    page: str = ""


class AddsToPages:
    """What the `AppConfig` of a room says that adds to pages of cases; each is empty unless the room says otherwise."""

    def beside(self, view: CaseView) -> Beside | None:
        """Return what stands at the side of the page of a case."""
        return None

    def ways_out(self, town: Division, acting: Acting, listing: str, query: str) -> tuple[WayOut, ...]:
        """Return the layouts for a list (`cases`, `whistles`, `queue`); `query` is the list's own, with its filters."""
        return ()


def _rooms() -> Iterator[AddsToPages]:
    return (one for one in apps.get_app_configs() if isinstance(one, AddsToPages))


def beside(view: CaseView) -> tuple[Beside, ...]:
    """Return what stands at the side of the page of this case."""
    found = (one.beside(view) for one in _rooms())
    return tuple(part for part in found if part is not None)


def ways_out(town: Division, acting: Acting, listing: str, query: str) -> tuple[WayOut, ...]:
    """Return the layouts in which a list can be exported."""
    return tuple(way for one in _rooms() for way in one.ways_out(town, acting, listing, query))
