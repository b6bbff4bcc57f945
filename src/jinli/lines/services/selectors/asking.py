"""What the desk need not be asked: whom an item usually asks for an opinion, and which papers there are to deliver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jinli.cases.selectors.names import named
from jinli.cases.selectors.papers import paper_title, papers_of
from jinli.lines.services.selectors.matters import Matter
from jinli.town.models import Organisation
from jinli.town.selectors import local_day, organisations_at

#: What is put into somebody's hands after a decision.
DELIVERED: Final = (
    "decision_grant", "decision_refuse", "certificate", "payment_decision", "filing_notice", "non_acceptance",
)  # fmt: skip
_LAST: Final = (Organisation.Kind.VILLAGE, Organisation.Kind.STATION)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom one may ask, the usual ones first, and who they are: the first leads."""

    offered: list[tuple[str, str]]
    usual: tuple[str, ...]


def bodies_to_ask(matter: Matter) -> Asked:
    """Return the bodies that may be asked for an opinion; none that is being asked already, nor the body itself."""
    town, state = matter.case.town, matter.work.state
    busy = {one.body for one in state.open_assignments()} | {str(state.bodies.get("owner", ""))}
    rows = {
        one.code: one
        for one in organisations_at(town, local_day(town, matter.now)).exclude(kind=Organisation.Kind.ARBITRATION)
        if one.code not in busy
    }
    usual = tuple(code for code in (matter.item.reviewers if matter.item else ()) if code in rows)
    others = sorted(
        (one for code, one in rows.items() if code not in usual),
        key=lambda one: (one.kind in _LAST, one.kind != Organisation.Kind.DEPARTMENT),
    )
    ordered = [rows[code] for code in usual] + others
    return Asked(offered=[(one.code, named(one)) for one in ordered], usual=usual)


def to_deliver(matter: Matter) -> str:
    """Return the papers that wait for delivery, by title and number; nobody types what was issued here."""
    rows = [one for one in papers_of(matter.case) if one.kind in DELIVERED and one.state == "valid"]
    return "、".join(f"{paper_title(matter.case.town, one.kind)} {one.number}" for one in rows)
