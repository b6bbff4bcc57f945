"""The front of the catalogue: a question in one's own words, what is asked most, and the themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jinli.lines.services.pages.together import BundleLine
from jinli.lines.services.pages.wording import text_of
from jinli.lines.services.selectors.finding import Hit
from jinli.lines.services.selectors.items import Item
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One item in a list."""

    code: str
    name: str
    more: str
    done_here: bool
    sample: bool


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Items that belong together."""

    name: str
    anchor: str
    items: tuple[ItemLine, ...]


@dataclass(frozen=True, kw_only=True)
class FrontPage:
    """The front of the catalogue, or what a question found.

    Attributes
    ----------
    hits : None when nothing was asked; empty when nothing was found.
    here, elsewhere : how many matters are done in town, and how many are only told about.
    """

    query: str
    hits: tuple[ItemLine, ...] | None
    most_asked: tuple[ItemLine, ...]
    themes: tuple[Theme, ...]
    here: int
    elsewhere: int
    bundles: tuple[BundleLine, ...] = ()


def item_line(item: Item, *, phrase: str = "") -> ItemLine:
    """Return an item as a line of a list; the everyday word that was found stands beside its name."""
    name = text_of(item.row)
    beside = phrase if phrase and phrase not in (item.row.name, item.row.name_en) else ""
    return ItemLine(
        code=item.code,
        name=name,
        more=beside or text_of(item.row, "theme"),
        done_here=item.done_here,
        sample=item.row.status == "sample",
    )


def front_page(
    query: str, hits: Sequence[Hit], most_asked: Iterable[Item], items: Sequence[Item],
    bundles: tuple[BundleLine, ...] = (),
) -> FrontPage:  # fmt: skip
    """Return the front of the catalogue."""
    return FrontPage(
        query=query,
        hits=tuple(item_line(one.item, phrase=one.phrase) for one in hits) if query else None,
        most_asked=tuple(item_line(one) for one in most_asked),
        themes=_themes(items),
        here=sum(one.done_here for one in items),
        elsewhere=sum(not one.done_here for one in items),
        bundles=bundles,
    )


def _themes(items: Sequence[Item]) -> tuple[Theme, ...]:
    """Return the themes, those with most matters done in town first, and in each what is done in town first."""
    by_theme: dict[str, list[Item]] = {}
    for one in items:
        by_theme.setdefault(one.row.theme, []).append(one)
    order = sorted(by_theme.items(), key=lambda pair: (-sum(one.done_here for one in pair[1]), -len(pair[1]), pair[0]))
    return tuple(
        Theme(
            name=text_of(held[0].row, "theme") or say("services.theme.none"),
            anchor=f"theme-{number}",
            items=tuple(item_line(one) for one in sorted(held, key=lambda one: (not one.done_here, one.row.name))),
        )
        for number, (_, held) in enumerate(order)
    )
