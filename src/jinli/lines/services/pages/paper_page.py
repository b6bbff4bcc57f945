"""A paper as it is read on the screen before it is issued: the same words, without number and seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinli.ui.parts import Fact
from jinli.ui.words import tongue


@dataclass(frozen=True, kw_only=True)
class PaperBlock:
    """One block of a paper: a sentence, facts, a table or points."""

    kind: str
    title: str = ""
    text: str = ""
    facts: tuple[Fact, ...] = ()
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PaperPage:
    """A whole paper."""

    title: str
    body: str
    day: str
    blocks: tuple[PaperBlock, ...]


def paper_page(document: Mapping[str, Any]) -> PaperPage:
    """Return a composed paper in the reader's language."""
    return PaperPage(
        title=_said(document["title"]),
        body=_said(document["body"]),
        day=_said(document["day"]),
        blocks=tuple(_block(one) for one in document["blocks"]),
    )


def _said(pair: Any) -> str:
    return str(pair["en" if tongue() == "en" else "zh"]) if isinstance(pair, Mapping) else str(pair or "")


def _block(block: Mapping[str, Any]) -> PaperBlock:
    rows = block.get("rows", ())
    labelled = [one for one in rows if isinstance(one, Mapping)]
    return PaperBlock(
        kind=str(block["block"]),
        title=_said(block.get("title")),
        text=_said(block.get("text") or block.get("note")),
        facts=tuple(Fact(label=_said(one["label"]), value=_said(one["value"])) for one in labelled),
        points=tuple(_said(one) for one in block.get("points", ())),
        columns=tuple(_said(one) for one in block.get("columns", ())),
        rows=tuple(tuple(_said(cell) for cell in one) for one in rows if not isinstance(one, Mapping)),
    )
