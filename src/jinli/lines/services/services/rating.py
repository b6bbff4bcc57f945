"""Ratings: one for each matter, by who applied; a bad one opens a case of its own (国办发〔2019〕51号).

The rating is in the applicant's own name and never shown to who handled the matter. Whoever acted on the matter does
not work on its bad rating, and whoever proposed to set a rating aside does not review that.
"""

from __future__ import annotations

import json
from typing import Any, Final
from uuid import UUID

from jinli.cases.models import Case, Entry
from jinli.cases.services import OpenCase, make_move
from jinli.cases.services.moving import MakeMove
from jinli.cases.work import Work, take
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.figures import BAD_RATING, BAD_UP_TO
from jinli.lines.services.selectors.receiving import government_of
from jinli.lines.services.services.supplying import applicant_of
from jinli.town.acting import Acting
from jinli.town.models import Division

SCORES: Final = (5, 4, 3, 2, 1)
#: What is done about a bad rating, in the order in which it is usually done.
STEPS: Final = ("contact", "mend", "explain", "propose", "set_aside", "keep")
REVIEWS: Final = ("set_aside", "keep")


def rate(*, town: Division, case: UUID, version: int | None, score: int, note: str = "", key: str) -> str:
    """Rate how a matter was handled, once; of five levels the last two open a bad rating in the same transaction.

    Raises InvalidInputError at the field, and as every move.
    """
    if score not in SCORES:
        raise InvalidInputError("services.rate.score_missing", field="score")
    acting, told = applicant_of(town), note.strip()
    work, _ = take(case, lock=False)
    act = MakeMove(
        case=case, move="rate", version=version, channel="public", given=given_rating(score),
        private={"note": told} if told else {}, key=key,
        linked=bad_rating_of(work, score=score, note=told) if score <= BAD_UP_TO else None,
    )  # fmt: skip
    return make_move(acting=acting, act=act)


def given_rating(score: int) -> dict[str, Any]:
    """Return what goes into the journal of the matter: the level alone; what was said can be erased."""
    return {"rating": score}


def bad_rating_of(work: Work, *, score: int, note: str) -> OpenCase:
    """Return the case of a bad rating: who applied, which matter, which level, what was said.

    Its owner is the body whose window received the matter; the town's government leads and owes the answer.
    """
    case, bodies = work.case, work.state.bodies
    owner = bodies.get("window") or bodies.get("owner", "")
    return OpenCase(
        type_code=BAD_RATING,
        title=case.title,
        class_code=case.class_code,
        channel="public",
        reporter=case.reporter,
        bodies={"owner": owner, "leader": government_of(case.town) or owner},
        facts={"score": score},
        private={"text": note} if note else {},
        simulated=case.simulated,
    )


def settle_rating(
    *, acting: Acting, case: UUID, step: str, result: str, version: int | None, key: str | None = None
) -> str:
    """Take one step on a bad rating and return the number of its case.

    Raises
    ------
    InvalidInputError : no such step; nothing was written about it.
    RefusedError : `services.rated.own_matter` for whoever acted on the rated matter, `services.rated.own_proposal` for
        whoever proposed what is reviewed; as every move.
    ConflictError : somebody was quicker.
    """
    if step not in STEPS:
        raise InvalidInputError("services.rated.no_step", field="step")
    if not result.strip():
        raise InvalidInputError("services.rated.no_result", field="result")
    row = Case.objects.get(pk=case, town=acting.town, type_code=BAD_RATING)
    person = str(acting.person)
    if person in _people(row.origin_id):
        raise RefusedError("services.rated.own_matter", field="step")
    if step in REVIEWS and person in _people(row.pk, "propose"):
        raise RefusedError("services.rated.own_proposal", field="step")
    act = MakeMove(case=case, move=step, version=version, given={"result": result.strip()}, key=key)
    return make_move(acting=acting, act=act)


def _people(case: UUID | None, *moves: str) -> set[str]:
    """Return who acted on a case, or made some moves on it."""
    rows = Entry.objects.filter(case=case)
    bodies = (rows.filter(move__in=moves) if moves else rows).values_list("body", flat=True)
    return {str(json.loads(body)["actor"].get("person")) for body in bodies} - {"None"}
