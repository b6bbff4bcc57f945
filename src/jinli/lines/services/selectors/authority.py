"""Whose power an application rests on, whose seal its papers bear, who is sued and who reviews.

Derived from the mode in which the power came, never asked (DOMAIN.md J9): by its own or a directly handed-down power
the town decides in its own name, is the defendant, and the government above it reviews. A body of the county that
decides itself is sued itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from jinli.lines.services.selectors.matters import Matter
from jinli.town.selectors import chain_of, organisation
from jinli.ui.words import say_in

Pair = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Who decides and answers for it.

    Attributes
    ----------
    body : code of the body whose seal the papers bear; `hat` in what quality; `basis` under which delegation.
    defendant, reviewer : names in Chinese and English.
    """

    body: str
    hat: str = "own"
    basis: str = ""
    defendant: Pair
    reviewer: Pair


def authority_of(matter: Matter) -> Authority:
    """Return the authority of an application on the day of the act.

    Review: Administrative Reconsideration Law art. 24; defendant: Administrative Litigation Law art. 26.
    """
    town = matter.case.town
    owner = str(matter.work.state.bodies.get("owner", ""))
    body = organisation(town, owner)
    chain = chain_of(town)
    above = chain[1] if len(chain) > 1 else town
    if body.division_id == town.pk:
        sued = _government(town.name, town.name_en)
    else:
        sued = {"zh": body.name, "en": body.name_en or body.name}
    return Authority(body=owner, defendant=sued, reviewer=_government(above.name, above.name_en))


def _government(zh: str, en: str) -> Pair:
    return {
        "zh": say_in("zh", "services.government", name=zh),
        "en": say_in("en", "services.government", name=en or zh),
    }
