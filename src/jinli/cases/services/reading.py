"""Read a paper: whole for those whose work it is, and every such look recorded; masked for everybody else."""

from __future__ import annotations

from jinli.cases.models import Assignment, Paper
from jinli.cases.papers.masking import masked
from jinli.cases.services.printing import document_of, printed
from jinli.town.acting import Acting
from jinli.town.people import read_in_full
from jinli.ui.words import say, tongue


def read_pdf(*, acting: Acting, paper: Paper, language: str, address: str) -> bytes:
    """Return the PDF of a paper for somebody on the staff, whole or with its personal data hidden.

    A whole one is noted in the access log first.

    Raises
    ------
    RefusedError : its content was lawfully erased, or is not what was issued.
    """
    document = document_of(paper)
    if not reads_whole(acting, paper):
        note = say("cases.papers.masked")
        return printed(paper, masked(document), language=language, address=address, note=note)
    if document["personal"]:
        what = say("cases.papers.access.what", number=paper.number)
        read_in_full(acting, what, paper.case.number, say("cases.papers.access.reason"))
    return printed(paper, document, language=language or tongue(), address=address)


def reads_whole(acting: Acting, paper: Paper) -> bool:
    """Return whether somebody's work needs the paper whole.

    That is the work of the body that sealed it, of the bodies that answer for the case or handle it, of the leaders of
    the town and its command centre. An auditor reads it masked.
    """
    if acting.person is None or "auditor" in acting.roles:
        return False
    case = paper.case
    if acting.reads_all or acting.body_id in (paper.sealed_by_id, case.owner_id, case.handler_body_id):
        return True
    return acting.body_id is not None and Assignment.objects.filter(case=case, body=acting.body_id).exists()
