"""Find papers that are not what was issued: the journal names each with a commitment to what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinli.cases.models import Paper
from jinli.domain import journal


def papers_amiss(bodies: Iterable[Mapping[str, Any]], papers: Iterable[Paper]) -> Iterator[tuple[str, str]]:
    """Yield code and number of every paper that was changed, removed, or never issued."""
    stored = {paper.number: paper for paper in papers}
    erased: set[int] = set()
    issued: dict[str, tuple[int, Mapping[str, Any]]] = {}
    for body in bodies:
        erased.update(body.get("erased", ()))
        issued |= {one["number"]: (body["seq"], one) for one in body.get("papers", ())}
    for number, (seq, told) in issued.items():
        paper = stored.pop(number, None)
        if paper is None:
            yield "cases.verify.paper_missing", number
        elif not _is_as_issued(paper, seq, told, lawfully_erased=seq in erased):
            yield "cases.verify.paper", number
    for number in stored:
        yield "cases.verify.paper_extra", number


def _is_as_issued(paper: Paper, seq: int, told: Mapping[str, Any], *, lawfully_erased: bool) -> bool:
    if (paper.entry_seq, paper.kind, paper.commitment) != (seq, told["kind"], told["commitment"]):
        return False
    if paper.content is None or paper.salt is None:
        return lawfully_erased
    return journal.commitment(bytes(paper.salt), paper.content) == paper.commitment
