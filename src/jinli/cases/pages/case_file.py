"""The whole file of a case (案卷): an index, then every piece in the order in which it came."""

from __future__ import annotations

from dataclasses import dataclass

from jinli.cases.pages.case_entries import TimelineRow, timeline
from jinli.cases.pages.case_page import ClockRow, FileRow, clock_rows, facts_of, files_of
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import named, titled
from jinli.ui.parts import Fact
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One line of the index: number, what, from whom, when; `anchor` leads to the piece."""

    number: int
    what: str
    who: str
    when: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """The whole file."""

    number: str
    title: str
    subtitle: tuple[str, ...]
    made_at: str
    facts: tuple[Fact, ...]
    index: tuple[Piece, ...]
    entries: tuple[TimelineRow, ...]
    clocks: tuple[ClockRow, ...]
    files: tuple[FileRow, ...]
    head: str


def case_file(view: CaseView) -> CaseFile:
    """Return the file of a case: what is written, not what only would be."""
    rows = tuple(row for row in timeline(view) if not row.pending)
    files = files_of(view)
    index = [
        Piece(number=row.seq, what=row.what, who=row.who, when=row.when, anchor=f"entry-{row.seq}") for row in rows
    ]
    last = len(index)
    index.append(Piece(number=last + 1, what=say("cases.file.clocks"), who="", when="", anchor="clocks"))
    if files:
        index.append(Piece(number=last + 2, what=say("cases.files"), who="", when="", anchor="files"))
    case = view.case
    return CaseFile(
        number=case.number,
        title=case.title,
        subtitle=(titled(view.work.procedure.title), named(case.place) if case.place else ""),
        made_at=word_moment(view.now, lang=tongue()),
        facts=facts_of(view),
        index=tuple(index),
        entries=rows,
        clocks=clock_rows(view),
        files=files,
        head=case.head,
    )
