"""Templates of papers as data: `papers/*.yaml`, one file each, named after the kind of paper.

A template is a list of blocks. What a block says takes its facts from one closed list; a paragraph that names a fact
nobody gave is left out of the paper, unless the template requires the fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from jinli.packs.cells import Row, each_of, one_of, row_from, shaped
from jinli.packs.faults import Faults
from jinli.packs.files import LinedMapping, lined
from jinli.packs.sections import coded
from jinli.packs.town_sheet import plain_cells, refuse_unknown

#: Facts that the engine gives every paper; a line never has to.
COMMON: Final = (
    "case_number", "paper_number", "item", "town", "body", "seal_body", "day", "due_day", "limit_text",
)  # fmt: skip
#: Facts that are a table: rows with a name, a state and a note.
TABLES: Final = ("materials", "missing", "participants")
#: Facts that are a list of sentences.
LISTS: Final = ("articles", "reasons", "conditions", "record")
#: Facts that are one text, which the line gives.
TEXTS: Final = (
    "applicant", "applicant_code", "remedies", "amount", "valid_from", "valid_to", "authority", "defendant",
    "reviewer", "scope", "delivered", "receiver", "way", "place", "hearing_day", "until",
)  # fmt: skip
FACTS: Final = (*COMMON, *TEXTS, *LISTS, *TABLES)
SORTS: Final = ("notice", "decision", "certificate", "receipt")
ADDRESS, PARAGRAPH, VALUES, TABLE, POINTS, REMEDIES, SIGNATURE = (
    "address", "paragraph", "values", "table", "points", "remedies", "signature",
)  # fmt: skip
BLOCKS: Final = (ADDRESS, PARAGRAPH, VALUES, TABLE, POINTS, REMEDIES, SIGNATURE)
#: Which facts a block may list.
_LISTED: Final = {VALUES: (*COMMON, *TEXTS), TABLE: TABLES, POINTS: LISTS}
_WORDED: Final = (ADDRESS, PARAGRAPH)
_MARK: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, kw_only=True)
class BlockRow(Row):
    """One block of a paper: words with facts in braces, or a list of facts (`of`) under a heading."""

    block: str = one_of(*BLOCKS)
    text: str = ""
    text_en: str = ""
    title: str = ""
    title_en: str = ""
    of: tuple[str, ...] = each_of(*FACTS, default=())


@dataclass(frozen=True, kw_only=True)
class PaperRow(Row):
    """One kind of paper.

    Attributes
    ----------
    series : what its number begins with, after the prefix of the town: 许受 gives 许受〔2026〕12号.
    requires : facts without which the paper is not issued.
    source : the article that asks for the paper.
    own : whether it stands in the pack of the town, not in the national standard.
    """

    code: str = coded()
    title: str
    title_en: str
    sort: str = one_of(*SORTS)
    series: str = shaped(r"[^\s〔〕0-9]{1,7}", "许受")
    requires: tuple[str, ...] = each_of(*FACTS, default=())
    source: str
    note: str = ""
    own: bool = False
    blocks: tuple[BlockRow, ...] = ()


def papers(home: Path, faults: Faults, *, prefix: str, own: bool) -> dict[str, PaperRow]:
    """Return the templates of a folder by code; a file is named after its code, and no other file lies there."""
    found: dict[str, PaperRow] = {}
    for path in sorted((home / "papers").glob("*")):
        file = f"{prefix}papers/{path.name}"
        if path.suffix != ".yaml":
            faults.add("packs.unknown_file", file, expected="*.yaml")
            continue
        one = _paper(path, file, faults)
        if one is None:
            continue
        if one.code != path.stem:
            faults.add("packs.not_this_shape", file, one.row, "code", one.code, path.stem)
        found[one.code] = replace(one, own=own)
    return found


def _paper(path: Path, file: str, faults: Faults) -> PaperRow | None:
    said = lined(path, file=file, faults=faults)
    if said is None:
        return None
    names = tuple(name for name in PaperRow.__dataclass_fields__ if name not in ("file", "row", "own"))
    refuse_unknown(said, names, file=file, faults=faults)
    plain = {name: value for name, value in plain_cells(said).items() if name in names and name != "blocks"}
    one = row_from(plain, PaperRow, file=file, row=1, faults=faults, lines=said.lines)
    blocks = _blocks(said, file, faults)
    signatures = [block for block in blocks if block.block == SIGNATURE]
    if len(signatures) != 1:
        faults.add("packs.one_signature", file, said.lines.get("blocks", 1), "blocks", len(signatures), 1)
    return replace(one, blocks=blocks) if one is not None else None


def _blocks(said: LinedMapping, file: str, faults: Faults) -> tuple[BlockRow, ...]:
    given = said.get("blocks")
    if not given:
        faults.add("packs.missing", file, said.lines.get("blocks", 1), "blocks", "", "blocks: [ … ]")
        return ()
    if not isinstance(given, list) or not all(isinstance(one, LinedMapping) for one in given):
        faults.add("packs.not_a_list", file, said.lines["blocks"], "blocks", given)
        return ()
    found = []
    for one in given:
        block = row_from(
            plain_cells(one), BlockRow, file=file, row=one.line, faults=faults, lines=one.lines, prefix="blocks."
        )
        if block is not None:
            _check_block(block, faults)
            found.append(block)
    return tuple(found)


def _check_block(block: BlockRow, faults: Faults) -> None:
    """Note a block without its words, with facts it cannot show, or with a fact that does not exist."""
    names = ("text", "text_en") if block.block in _WORDED else ("of",) if block.block in _LISTED else ()
    for name in ("text", "text_en", "of"):
        if name in names and not getattr(block, name):
            faults.add("packs.missing", block.file, block.row, f"blocks.{name}", "", f"{block.block}: {name}")
        if name not in names and getattr(block, name):
            found = getattr(block, name)
            faults.add("packs.unknown_field", block.file, block.row, f"blocks.{name}", found, ", ".join(names) or "-")
    allowed = _LISTED.get(block.block, ())
    for fact in block.of:
        if allowed and fact not in allowed:
            faults.add("packs.not_a_choice", block.file, block.row, "blocks.of", fact, " | ".join(allowed))
    if block.block in (TABLE, POINTS) and len(block.of) > 1:
        faults.add("packs.not_this_shape", block.file, block.row, "blocks.of", "; ".join(block.of), block.of[0])
    for name in ("text", "text_en"):
        text = getattr(block, name)
        for fact in placeholders(text):
            if fact not in FACTS or fact in TABLES:
                expected = " | ".join(f"{{{known}}}" for known in FACTS if known not in TABLES)
                faults.add("packs.not_a_choice", block.file, block.row, f"blocks.{name}", f"{{{fact}}}", expected)
        if "{" in _MARK.sub("", text) or "}" in _MARK.sub("", text):
            faults.add("packs.not_this_shape", block.file, block.row, f"blocks.{name}", text, "{applicant}")
    if set(placeholders(block.text)) != set(placeholders(block.text_en)):
        expected = " ".join(f"{{{one}}}" for one in placeholders(block.text))
        faults.add("packs.not_this_shape", block.file, block.row, "blocks.text_en", block.text_en, expected or "-")


def placeholders(text: str) -> tuple[str, ...]:
    """Return the facts that a text names in braces, in order."""
    return tuple(_MARK.findall(text))
