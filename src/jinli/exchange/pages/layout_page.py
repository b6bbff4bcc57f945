"""A list in a layout that others ask for: the page before it, the ways to it, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from jinli.cases.above import WayOut
from jinli.exchange.export import Heading, Laid
from jinli.exchange.selectors.listed import CHINESE, Finder, count_of, rows_of
from jinli.exchange.selectors.prescribed import layouts_of
from jinli.exchange.services.taking_out import may_not_take_whole
from jinli.exchange.shapes import Found, date_text, shaped
from jinli.packs.prescribed import PERSONAL, LayoutRow
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.ui.words import say, say_in, tongue

#: What the page of a list offers: its own layouts, and on the list of cases those of the mirrors among them.
_OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "cases": ("cases", "mirrors"),
    "whistles": ("whistles",),
    "queue": ("queue",),
}
_DAY: Final = "2026年9月24日"


@dataclass(frozen=True, kw_only=True)
class LayoutPage:
    """What is read before a list with personal data is taken out.

    Attributes
    ----------
    why_not : why the reader gets personal values covered only; empty when they may be read whole.
    """

    heading: str
    count: int
    about: str
    columns: tuple[str, ...]
    personal: tuple[str, ...]
    excel: str
    csv: str
    back: str
    why_not: str


def titled(layout: LayoutRow) -> str:
    """Return the title in the reader's language."""
    return (tongue() == "en" and layout.title_en) or layout.title


def is_personal(layout: LayoutRow) -> bool:
    """Return whether a layout has personal columns."""
    return any(column.value in PERSONAL for column in layout.columns)


def layout_page(
    acting: Acting, town: Division, layout: LayoutRow, listing: str, query: Mapping[str, str], now: datetime
) -> LayoutPage:
    """Return the page before the file. At most one query."""
    file = reverse("exchange:layout-file", args=[layout.code, listing])
    refused = may_not_take_whole(acting)
    lists = {"cases": "cases:list", "mirrors": "cases:list", "whistles": "cases:whistles", "queue": "cases:queue"}
    asked = {name: value for name, value in query.items() if name != "as"}
    count = count_of(acting, town, listing, dict(asked), now)
    return LayoutPage(
        heading=titled(layout),
        count=count,
        about=say("exchange.layout.about", count=count),
        columns=tuple(column.heading for column in layout.columns),
        personal=tuple(column.heading for column in layout.columns if column.value in PERSONAL),
        excel=_url(file, {**asked, "as": "xlsx"}),
        csv=_url(file, asked),
        back=_url(reverse(lists[listing]), asked),
        why_not=say(refused.code) if refused and is_personal(layout) else "",
    )


def _url(base: str, query: Mapping[str, str]) -> str:
    return f"{base}?{urlencode(query)}" if query else base


def ways_out(town: Division, listing: str, query: str) -> tuple[WayOut, ...]:
    """Return the layouts that the page of a list offers; those with personal columns come last, after a page."""
    pairs = [(name, layout) for name in _OFFERED[listing] for layout in layouts_of(town) if name in layout.lists]
    pairs.sort(key=lambda pair: is_personal(pair[1]))
    return tuple(_way(layout, name, query) for name, layout in pairs)


def _way(layout: LayoutRow, listing: str, query: str) -> WayOut:
    address = [layout.code, listing]
    tail = f"?{query}" if query else ""
    if is_personal(layout):
        return WayOut(label=titled(layout), page=reverse("exchange:layout", args=address) + tail)
    file = reverse("exchange:layout-file", args=address)
    return WayOut(label=titled(layout), csv=file + tail, excel=f"{file}{tail}{'&' if tail else '?'}as=xlsx")


def laid(
    acting: Acting,
    town: Division,
    layout: LayoutRow,
    listing: str,
    query: Mapping[str, str],
    now: datetime,
    *,
    whole: bool = False,
) -> Laid:
    """Return the list in its layout; rows come one by one, from one query."""
    zone = ZoneInfo(town.zone)
    day = date_text(now, _DAY, zone)
    return Laid(
        name=f"{layout.code}-{now.astimezone(zone):%Y%m%d-%H%M}",
        sheet_name=layout.sheet_name,
        title=layout.title_line.format(town=town.name, day=day),
        headings=[Heading(text=one.heading, group=one.group, width=one.width) for one in layout.columns],
        rows=_rows(acting, town, layout, listing, query, now, zone, whole=whole),
    )


def _rows(
    acting: Acting,
    town: Division,
    layout: LayoutRow,
    listing: str,
    query: Mapping[str, str],
    now: datetime,
    zone: ZoneInfo,
    *,
    whole: bool,
) -> Iterator[list[str]]:
    finder = Finder(acting=acting, town=town, now=now, whole=whole)
    paths = {column.value for column in layout.columns}
    for row in rows_of(acting, town, listing, dict(query), now, paths):
        yield [_cell(shaped(finder.find(row, column.value), column, zone)) for column in layout.columns]


def _cell(found: Found) -> str:
    """Return a cell: a value, a covered one, for a value without a code of theirs that it has none, else nothing."""
    if found.text is not None:
        return found.text
    return say_in(CHINESE, found.why, value=found.covered) if found.why else found.covered
