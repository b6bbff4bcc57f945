"""Which papers concern an applicant, and whether somebody may see one: the proof is that of the page, no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from jinli.cases.models import Case, Paper
from jinli.cases.selectors.grants import GRANT_CHANGE, RENEWAL
from jinli.lines.services.selectors.bundles import case_rows, run_of_case
from jinli.lines.services.selectors.procedures import PROCEDURES
from jinli.town.models import Division

#: Cases in which an applicant or holder is told something on paper.
_CASES: Final = (*PROCEDURES, RENEWAL, GRANT_CHANGE)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a browser can show: the party that signed in, and cases of which it holds receipt or code."""

    party: UUID | None = None
    cases: tuple[UUID, ...] = ()


def papers_for(case: Case) -> list[Paper]:
    """Return the papers of an application, the latest first. One query; every one is addressed to the applicant."""
    return list(Paper.objects.filter(case=case).defer("content", "salt").order_by("-entry_seq", "kind"))


def own_paper(town: Division, asked: str, proof: Proof) -> Paper | None:
    """Return a paper that concerns whoever shows the proof, None for everybody else and for what is not there.

    Who has the code of one case of a bundle follows all of it, so that its papers are theirs too.
    """
    try:
        paper_id = UUID(asked)
    except ValueError:
        return None
    rows = Paper.objects.select_related("town", "case", "sealed_by", "replaced_by")
    found = rows.filter(town=town, pk=paper_id, case__type_code__in=_CASES).first()
    if found is None:
        return None
    mine = proof.party is not None and found.case.reporter_id == proof.party
    return found if mine or found.case_id in proof.cases or _of_a_bundle(found, proof) else None


def _of_a_bundle(paper: Paper, proof: Proof) -> bool:
    runs = (run_of_case(one) for one in proof.cases)
    return any(one.pk == paper.case_id for run in runs if run is not None for one in case_rows(run))
