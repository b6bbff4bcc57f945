"""What the page shows on which a dropped file is explained: its system, its sheet, its columns with samples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.forms import BoundField

from jinli.exchange.forms.dropping import NEW, ColumnsForm
from jinli.exchange.models import ImportRun, Source
from jinli.exchange.reading.columns import FIELDS, Guess, recognise
from jinli.exchange.reading.tables import Table
from jinli.exchange.rows.records import REQUIRED
from jinli.exchange.selectors.sources import likely_kind
from jinli.town.masking import mask_address, mask_name, mask_telephone
from jinli.ui.words import say

#: What a town needs to see what is late; the rest is taken along where the file has it.
MATTERS: Final = (*REQUIRED, "due_at", "closed_at", "title", "stage", "body_name", "place_name", "class_name")
_SHOWN: Final = 3
_LONGEST: Final = 24
_MASKS: Final = {"reporter_name": mask_name, "reporter_phone": mask_telephone, "address": mask_address}
_TELEPHONE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0{5,}\d+")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the file with some of what stands in it; what may name people is masked."""

    heading: str
    sample: str


@dataclass(frozen=True, kw_only=True)
class MapRow:
    """One field: the form's answer to it, how sure that is and why, and what stands in the chosen column."""

    bound: BoundField
    chosen: str
    required: bool
    certainty: str
    tone: str
    why: str
    sample: str


@dataclass(frozen=True, kw_only=True)
class MappingPage:
    """The whole mapping."""

    form: ColumnsForm
    rows: tuple[MapRow, ...]
    rest: tuple[MapRow, ...]
    rest_open: bool
    columns: tuple[Column, ...]
    sheets: tuple[str, ...]
    sheet: str
    asks_source: bool
    known: str


def start_of(run: ImportRun, table: Table, sources: Sequence[Source]) -> dict[str, Any]:
    """Return what the form begins with: the columns as guessed or chosen, and the system the file seems to be of."""
    kind = likely_kind(run.file_name, table.headings)
    fits = [one for one in sources if one.kind == kind]
    source = run.source_id or (fits[0].pk if len(fits) == 1 else None)
    name = say(f"exchange.name_of.{kind}") if kind else ""
    return {**run.columns, "version": run.version, "source": source or NEW, "kind": kind, "name": name}


def mapping_page(run: ImportRun, table: Table, sample: Sequence[Sequence[Any]], form: ColumnsForm) -> MappingPage:
    """Return the page. Reads no database."""
    guesses = recognise(table.headings, sample)
    kinds = {guess.column: field for field, guess in guesses.items()}
    columns = tuple(
        Column(heading=heading, sample=_sample(sample, place, kinds.get(place, "")))
        for place, heading in enumerate(table.headings)
    )
    samples = {one.heading: one.sample for one in columns}
    rows = {field: _row(form[field], field, run, guesses.get(field), table.headings, samples) for field in FIELDS}
    first = [field for field in FIELDS if field in MATTERS or rows[field].chosen]
    order = sorted(first, key=lambda field: MATTERS.index(field) if field in MATTERS else len(MATTERS))
    rest = [field for field in FIELDS if field not in first]
    return MappingPage(
        form=form,
        rows=tuple(rows[field] for field in order),
        rest=tuple(rows[field] for field in rest),
        rest_open=any(form[field].errors for field in rest),
        columns=columns,
        sheets=table.sheets if len(table.sheets) > 1 else (),
        sheet=table.sheet,
        asks_source=len(form.fields["source"].choices) > 1,  # type: ignore[attr-defined]
        known=run.source.name if run.source else "",
    )


def _row(
    bound: BoundField,
    field: str,
    run: ImportRun,
    guess: Guess | None,
    headings: Sequence[str],
    samples: Mapping[str, str],
) -> MapRow:
    chosen = str(bound.value() or "")
    certainty, why = "chosen" if chosen else "none", ""
    if guess is not None and headings[guess.column] == chosen:
        certainty, why = str(guess.certainty), say(guess.why)
    return MapRow(
        bound=bound,
        chosen=chosen,
        required=field in REQUIRED,
        certainty=say(f"exchange.certainty.{certainty}"),
        tone="warning" if certainty == "guess" or (certainty == "none" and field in REQUIRED) else "quiet",
        why=why,
        sample=samples.get(chosen, ""),
    )


def _sample(rows: Sequence[Sequence[Any]], place: int, field: str) -> str:
    found: dict[str, None] = {}
    for row in rows:
        text = " ".join(str(row[place]).split()) if place < len(row) and row[place] not in (None, "") else ""
        if text:
            text = _MASKS[field](text) if field in _MASKS else _TELEPHONE.sub(lambda one: mask_telephone(one[0]), text)
            found[text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"] = None
        if len(found) == _SHOWN:
            break
    return say("ui.comma").join(found)
