"""Papers of a decision on a grant: what they say, and what becomes of the paper that showed the grant until now.

One decision, both rows: the certificate looked up says what the register says (Licensing Law arts. 49, 50, 69, 70).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from jinli.cases.models import Entry, EntryPayload, Grant, Paper
from jinli.cases.papers.composing import both
from jinli.cases.selectors.grants import RENEWAL
from jinli.cases.services.printing import document_of
from jinli.cases.services.restating import restate_along
from jinli.cases.work import Work
from jinli.domain.errors import RefusedError
from jinli.domain.grants import GrantAct, next_end
from jinli.domain.procedure import Move
from jinli.town.services import facts_of

CERTIFICATE: Final = "certificate"
#: What a decision makes of the paper that shows the grant, where no new one takes its place.
_STATES: Final[Mapping[GrantAct, str]] = {
    GrantAct.SUSPEND: Paper.State.SUSPENDED,
    GrantAct.RESUME: Paper.State.VALID,
    GrantAct.REVOKE: Paper.State.REVOKED,
    GrantAct.CANCEL: Paper.State.REVOKED,
}


def contents_of(work: Work, move: Move, given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what the papers of a decision on a grant say; nothing for a move that decides nothing.

    A grant that no certificate shows gets none by its renewal or change either.
    """
    if not move.papers or move.code not in ("renew", "refuse", "decide"):
        return {}
    rows = Grant.objects.select_related("paper", "holder")
    grant = rows.get(town=work.case.town_id, number=work.state.facts["grant"])
    said = {**_holder(grant), "item": grant.title, "scope": grant.title, "reasons": [str(given.get("reason", ""))]}
    basis = [str(given["legal_basis"])] if given.get("legal_basis") else []
    if move.code == "refuse":
        return {"decision_refuse": {**said, "item": work.case.title, "articles": basis or _article(RENEWAL)}}
    if work.case.type_code == RENEWAL:
        term = _term(grant)
        conditions = [grant.conditions] if grant.conditions else []
        decided = {**said, **term, "conditions": conditions, "articles": _article(RENEWAL)}
        return {"decision_renewal": decided, **_certificate(grant, said, conditions, valid_to=term["valid_to"])}
    act = GrantAct(work.state.facts["act"])
    article = str(work.state.facts.get("article", ""))
    articles = list(dict.fromkeys([*basis, *([article] if article else [])]))
    if act is not GrantAct.CHANGE:
        return {"decision_grant_state": {**said, "way": both(f"domain.grant.act.{act}"), "articles": articles}}
    conditions = [changed_conditions(work, grant)]
    decided = {**said, "conditions": conditions, "articles": articles}
    return {"decision_change": decided, **_certificate(grant, said, conditions, valid_to=grant.valid_to)}


def changed_conditions(work: Work, grant: Grant) -> str:
    """Return what a grant is bound to after a change: as the body proposed it, or with what its holder asked for."""
    proposed = str(work.state.facts.get("conditions", ""))
    if proposed or work.state.facts.get("asked_by") != "holder":
        return proposed
    first = EntryPayload.objects.filter(entry__case=work.case, entry__seq=1).values_list("text", flat=True).first()
    wish = str(json.loads(first).get("reason", "")) if first else ""
    return "\n".join(one for one in (grant.conditions, both("cases.grant.as_asked", wish=wish)["zh"]) if one)


def follow_paper(grant: Grant, act: GrantAct, work: Work, entry: Entry) -> None:
    """Put the paper of a grant into the state that the decision brings; a new certificate takes its place."""
    old = grant.paper
    if old is None:
        return
    following = next((one for one in work.papers if one.kind == old.kind and one.entry_seq == entry.seq), None)
    state = Paper.State.REPLACED if following is not None else _STATES.get(act)
    if state is None:
        return
    reason = "renewed" if act is GrantAct.RENEW else "changed" if act is GrantAct.CHANGE else "decided"
    restate_along(paper=old.pk, state=state, reason=reason, following=following, entry=entry)
    if following is not None:
        grant.paper = following
        grant.save(update_fields=["paper"])


def _certificate(grant: Grant, said: Mapping[str, Any], conditions: list[str], *, valid_to: Any) -> dict[str, Any]:
    if grant.paper is None or grant.paper.kind != CERTIFICATE:
        return {}
    kept = {name: one for name, one in said.items() if name != "reasons"}
    term = {"valid_from": grant.valid_from, "valid_to": valid_to}
    return {CERTIFICATE: {**kept, **term, "conditions": conditions}}


def _term(grant: Grant) -> dict[str, Any]:
    assert grant.valid_to is not None
    return {"valid_from": grant.valid_from, "valid_to": next_end(grant.term_from, grant.valid_to)}


def _article(kind: str) -> list[Any]:
    return [both("cases.grant.article50")] if kind == RENEWAL else []


def _holder(grant: Grant) -> dict[str, Any]:
    """Return who holds a grant as its certificate says it; by the register where that was erased."""
    personal: Mapping[str, str] = {}
    if grant.paper is not None:
        try:
            personal = document_of(grant.paper)["personal"]
        except RefusedError:
            personal = {}
    known = {name: personal[name] for name in ("applicant", "applicant_code", "place") if personal.get(name)}
    name = known.get("applicant") or facts_of(grant.holder).get("name") or both("cases.hand_over.applicant")
    return {**known, "applicant": name}
