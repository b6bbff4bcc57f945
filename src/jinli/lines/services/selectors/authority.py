"""Who is sued over a decision, and who reviews it: derived from the power behind it, never asked (DOMAIN.md J9).

By its own or a directly handed-down power the town decides in its own name, is the defendant, and the government above
it reviews; where it is entrusted, the entrusting department is.
"""

from __future__ import annotations

from dataclasses import dataclass

from jinli.cases.selectors.papers import seal_body
from jinli.cases.services.opening import actor_of
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.selectors.matters import Matter
from jinli.town.models import Division
from jinli.town.selectors import chain_of
from jinli.ui.words import say_in

Pair = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Who answers for a decision.

    Attributes
    ----------
    body : code of the body whose seal its paper bears.
    defendant, reviewer : names in Chinese and English.
    """

    body: str
    defendant: Pair
    reviewer: Pair


def authority_of(matter: Matter) -> Authority:
    """Return who answers for a decision on the day of the act. No query while the registers stand.

    Review: Administrative Reconsideration Law art. 24; defendant: Administrative Litigation Law art. 26. Where the
    register knows no power, nothing can be sealed; then the body of the case is named and the government above it.
    """
    town = matter.case.town
    divisions = {one.code: one for one in chain_of(town)}
    owner = str(matter.work.state.bodies.get("owner", ""))
    seal, sued, reviewer = owner, owner, town.parent.code if town.parent else town.code
    sealing = matter.work.sealing
    if sealing is not None:
        try:
            found = sealing.held(actor_of(matter.acting), matter.now)
        except RefusedError:
            pass
        else:
            seal, sued, reviewer = found.seal, found.defendant, found.reviewer
    return Authority(
        body=seal,
        defendant=_body(town, sued),
        reviewer=_government(divisions.get(reviewer, town)),
    )


def _body(town: Division, code: str) -> Pair:
    try:
        found = seal_body(town, code)
    except InvalidInputError:
        return {"zh": code, "en": code}
    return {"zh": found.zh, "en": found.en}


def _government(division: Division) -> Pair:
    """Return the name of the people's government of a division."""
    return {
        "zh": say_in("zh", "services.government", name=division.name),
        "en": say_in("en", "services.government", name=division.name_en or division.name),
    }
