"""The whole file of a case (案卷) as one PDF: cover, contents, papers, journal in words, promises, attachments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinli.cases.models import Paper
from jinli.cases.pages.case_entries import timeline
from jinli.cases.pages.case_page import clock_rows, facts_of, files_of
from jinli.cases.pages.reporter import WholeReporter, reporter_of
from jinli.cases.papers.masking import masked
from jinli.cases.papers.press import CASE_FILE, press
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import asker, named, titled
from jinli.cases.selectors.papers import paper_title, whole_papers_of
from jinli.cases.services.printing import document_of, in_language
from jinli.domain.errors import RefusedError
from jinli.packs.papers import SIGNATURE
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

#: One piece of a part, with nothing in it yet.
_PIECE: Final[Mapping[str, Any]] = {"line": "", "texts": [], "blocks": [], "rows": []}


def bound_file(view: CaseView, whole: WholeReporter | None = None) -> bytes:
    """Return the file of a case as it is written so far; without `whole` everything personal is masked."""
    case, zone = view.case, ZoneInfo(view.town.zone)
    day = view.now.astimezone(zone).date()
    parts = (
        ("cases.bound.papers", True, [_paper(view, one, masks=whole is None) for one in whole_papers_of(case)]),
        ("cases.bound.journal", True, list(_journal(view))),
        ("cases.bound.clocks", False, list(_clocks(view))),
        ("cases.bound.files", False, list(_files(view))),
    )
    said = {
        "body": "",
        "colon": say("ui.colon").rstrip(),
        "contents": say("cases.file.index"),
        "cover": _cover(view, whole),
        "date": [day.year, day.month, day.day],
        "day": "",
        "footer": f"{say('cases.file.title')} {case.number}",
        "head": say("cases.file.head", head=case.head),
        "lang": tongue(),
        "nothing": say("cases.bound.nothing"),
        "number": case.number,
        "ordinal": say("cases.paper.ordinal"),
        "parts": [{"title": say(key), "listed": listed, "pieces": pieces} for key, listed, pieces in parts],
        "reading": say("cases.bound.whole" if whole else "cases.bound.masked"),
        "seal": "",
        "title": say("cases.file.title"),
        "town": named(view.town),
        "watermark": say("cases.paper.simulated.mark") if case.simulated or view.town.simulated else "",
    }
    return press(CASE_FILE, said, at=view.now)


def _cover(view: CaseView, whole: WholeReporter | None) -> list[dict[str, str]]:
    case = view.case
    rows = {
        "cases.bound.title": case.title,
        "cases.bound.type": titled(view.work.procedure.title),
        "cases.bound.place": named(case.place) if case.place else "",
        "cases.bound.opened": word_moment(case.opened_at, lang=tongue()),
        "cases.bound.closed": word_moment(case.closed_at, lang=tongue()) if case.closed_at else say("cases.bound.open"),
    }
    behind = {asker(case.type_code): _reporter(view, whole)}
    made = {say("cases.bound.made"): word_moment(view.now, lang=tongue())}
    facts = [{"label": one.label, "value": str(one.value or "")} for one in facts_of(view)]
    said = {say(key): value for key, value in rows.items()} | behind | made
    return [{"label": label, "value": value} for label, value in said.items() if value] + facts


def _reporter(view: CaseView, whole: WholeReporter | None) -> str:
    if whole is not None:
        return " • ".join(part for part in (whole.name, whole.telephone, whole.address) if part)
    shown = reporter_of(view)
    return shown.shown if shown else ""


def _paper(view: CaseView, paper: Paper, *, masks: bool) -> dict[str, Any]:
    title = f"{paper_title(view.town, paper.kind)} {paper.number}"
    at = word_moment(paper.issued_at, lang=tongue())
    state = say(f"cases.paper.state.{paper.state}")
    line = " • ".join((at, named(paper.sealed_by), state))
    try:
        document = document_of(paper)
    except RefusedError as refused:
        return {**_PIECE, "title": title, "line": line, "texts": [say(refused.code)]}
    if masks:
        document = masked(document)
    blocks = [in_language(one, tongue()) for one in document["blocks"] if one["block"] != SIGNATURE]
    return {**_PIECE, "title": f"{document['title'][tongue()]} {paper.number}", "line": line, "blocks": blocks}


def _journal(view: CaseView) -> Iterable[dict[str, Any]]:
    for row in timeline(view):
        if not row.pending:
            line = " • ".join((row.when, row.who, *row.badges))
            yield {**_PIECE, "title": f"{row.seq}. {row.what}", "line": line, "texts": list(row.texts)}


def _clocks(view: CaseView) -> Iterable[dict[str, Any]]:
    for row in clock_rows(view):
        line = " • ".join(part for part in (row.between, row.limit) if part)
        texts = [" ".join(part for part in (row.standing.due, row.standing.text) if part)]
        yield {**_PIECE, "title": row.name, "line": line, "texts": texts}


def _files(view: CaseView) -> Iterable[dict[str, Any]]:
    for row, shown in zip(view.attachments, files_of(view), strict=True):
        line = shown.size if row.erased_at is None else ""
        yield {**_PIECE, "title": shown.name, "line": line, "texts": [say("cases.bound.hash", hash=row.sha256)]}
