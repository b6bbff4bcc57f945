"""The item a case was opened under: the edition that was in force at submission, whatever was published since."""

from __future__ import annotations

from typing import Final

from jinli.domain.errors import InvalidInputError
from jinli.domain.licensing import JOINT_LIMIT, LICENCE_LIMIT
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.lines.services.selectors.items import item_of
from jinli.lines.services.selectors.procedures import kind_of
from jinli.packs.items import ItemLimitRow, ItemRow
from jinli.town.models import Division

_PROMISE_SOURCE: Final = "本镇承诺"


def pinned_item(town: Division, reference: str) -> ItemRow | None:
    """Return the item of `<code>/<edition>`, None when the town keeps no such edition.

    No query for a published edition met before.
    """
    code, _, edition = reference.rpartition("/")
    if not code or not edition.isdigit():
        return None
    try:
        return item_of(town, code, int(edition)).row
    except InvalidInputError:
        return None


def limit_of(found: ItemLimitRow, *, law: bool) -> TimeLimit | None:
    """Return a limit of an item, None where it is unknown: none is guessed.

    Limits of the law roll past rest days, promises of the town do not (house convention).
    """
    if found.amount is None or not found.unit or found.status == "unknown":
        return None
    return TimeLimit(
        amount=found.amount,
        unit=Unit(found.unit),
        end_rule=EndRule.ROLL if law else EndRule.STAY,
        article=found.article,
        source=found.source or ("" if found.article else _PROMISE_SOURCE),
    )


def limits_of(item: ItemRow) -> dict[str, TimeLimit]:
    """Return the limits an acceptance pins: `decide` of the law, `promised` of the town.

    The general limits of the Licensing Law (art. 42) stand in for a licence alone; for any other matter an unknown
    limit stays unknown.
    """
    decide = limit_of(item.statutory, law=True)
    if decide is None and kind_of(item.procedure) == "licence":
        decide = JOINT_LIMIT if item.joint else LICENCE_LIMIT
    promised = limit_of(item.promised, law=False)
    found = {"decide": decide, "promised": promised}
    return {name: limit for name, limit in found.items() if limit is not None}
