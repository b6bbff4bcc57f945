"""How a line of work stands to the engine: what its `AppConfig` may say, and nothing more.

Any room above may show a panel on the page of a case: its `AppConfig` has a method `case_panel(work, acting)`.

A line's `apps.py` writes `from jinli.cases import lines` and `class GridConfig(lines.LineConfig)`. The module is
imported, not the class: Django looks through `apps.py` for the one AppConfig in it, and two would hide the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.apps import AppConfig, apps
from django.urls import reverse

if TYPE_CHECKING:
    from datetime import datetime

    from jinli.cases.models import Case
    from jinli.cases.work import Work
    from jinli.town.acting import Acting
    from jinli.town.models import Division


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What a room shows on the page of a case: its template, which gets `content` as `panel`."""

    template: str
    content: Any = None


class LineConfig(AppConfig):
    """One line of work.

    Attributes
    ----------
    move_pages : (procedure code, move) -> name of an address that takes the id of the case as its one argument; such
        a move gets that page instead of the general one. For the move that opens a case the address takes nothing.
    strict : codes of the procedures whose moves are made on those pages only, because they check more than the grammar
        can say.
    figure_names : codes of the figures the line publishes.
    heads_only : types of case that only heads and the auditor see.
    quiet : (procedure code, move) whose answers are kept from everybody who acted on the case.
    holder_page : name of the public address, of the code of a town, on which the holder of the grant that `?grant=`
        names asks for its renewal or change.
    applied_for : types of case behind which stands an applicant; behind all others stands a reporter.
    """

    default_auto_field = "django.db.models.BigAutoField"
    move_pages: ClassVar[dict[tuple[str, str], str]] = {}
    strict: ClassVar[frozenset[str]] = frozenset()
    figure_names: ClassVar[tuple[str, ...]] = ()
    heads_only: ClassVar[frozenset[str]] = frozenset()
    quiet: ClassVar[frozenset[tuple[str, str]]] = frozenset()
    holder_page: ClassVar[str] = ""
    applied_for: ClassVar[frozenset[str]] = frozenset()

    def case_panel(self, work: Work, acting: Acting) -> Panel | None:
        """Return what this line shows on the page of a case of its own, else None.

        The template gets `work`, `acting`, `case`, and as `panel` the content.
        """
        return None

    def receive(self, *, origin: Case, opened: Case, handover: Any) -> None:
        """Take over what another line handed with a linked case; runs in the transaction that opened it."""

    def holds_file(self, sha256: str) -> bool:
        """Return whether this line still holds a stored file of its own, so that erasing a case leaves it."""
        return False

    def in_round(self, town: Division, now: datetime) -> None:
        """Do what this line does by itself in a town in every round of the engine; each in its own transactions."""


def installed() -> Iterator[LineConfig]:
    """Yield the lines that are switched on."""
    for one in apps.get_app_configs():
        if isinstance(one, LineConfig):
            yield one


def for_heads_only() -> tuple[str, ...]:
    """Return the types of case that only heads and the auditor see."""
    return tuple(sorted(code for one in installed() for code in one.heads_only))


def is_quiet(procedure: str, move: str) -> bool:
    """Return whether the answers of a move are kept from everybody who acted on the case."""
    return any((procedure, move) in one.quiet for one in installed())


def is_applied_for(type_code: str) -> bool:
    """Return whether somebody applied for a case of this type; else somebody reported it."""
    return any(type_code in one.applied_for for one in installed())


def file_is_held(sha256: str) -> bool:
    """Return whether a line still holds a stored file beside the cases."""
    return any(one.holds_file(sha256) for one in installed())


class TellsSystems:
    """What the `AppConfig` of a room says that knows the systems in which mirrors are decided."""

    def system_names(self, town: int) -> Mapping[str, str]:
        """Return code -> name of the systems of a town; a room that keeps none knows none."""
        return {}


def system_names(town: int) -> Mapping[str, str]:
    """Return code -> name of the systems whose matters a town mirrors."""
    found: dict[str, str] = {}
    for one in apps.get_app_configs():
        if isinstance(one, TellsSystems):
            found |= one.system_names(town)
    return found


def own_page(procedure: str, move: str) -> str | None:
    """Return the name of the address that a line registered for a move, None for the general page."""
    return next((one.move_pages[procedure, move] for one in installed() if (procedure, move) in one.move_pages), None)


def only_there(procedure: str, move: str) -> bool:
    """Return whether a move is made on its own page and nowhere else."""
    return any(procedure in one.strict and (procedure, move) in one.move_pages for one in installed())


def opening_url(procedure: str, move: str) -> str:
    """Return the address where such a case is opened by hand, empty when no line has one."""
    own = own_page(procedure, move)
    return reverse(own) if own else ""


def holder_url(town_code: str, number: str) -> str:
    """Return where the holder of a grant asks for its renewal or change, empty when no line has such a page."""
    own = next((one.holder_page for one in installed() if one.holder_page), "")
    return f"{reverse(own, args=[town_code])}?{urlencode({'grant': number})}" if own else ""


def move_url(case: Case, procedure: str, move: str, track: str = "case") -> str:
    """Return the address of the page of a move; on an assignment the track stands in the query."""
    own = own_page(procedure, move)
    url = reverse(own, args=[case.pk]) if own else reverse("cases:move", args=[case.pk, move])
    return url if track == "case" else f"{url}?track={track}"


def panels(work: Work, acting: Acting) -> tuple[Panel, ...]:
    """Return what the rooms above show on the page of this case: lines, and whatever else has a `case_panel`."""
    shown = (getattr(one, "case_panel", None) for one in apps.get_app_configs())
    found = (show(work, acting) for show in shown if show is not None)
    return tuple(panel for panel in found if panel is not None)
