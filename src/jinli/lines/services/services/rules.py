"""The rules of a subsidy as the office enters them: thresholds and the amount, for a year, with their source."""

from __future__ import annotations

from datetime import date

from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.money import fen_of
from jinli.lines.services.models import SubsidyRule
from jinli.lines.services.services.budgets import YEARS, payable_to_set
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division


def enter_rule(
    *,
    acting: Acting,
    town: Division,
    item: str,
    year: int,
    condition: str,
    threshold: str,
    valid_from: date,
    source: str,
) -> SubsidyRule:
    """Enter a threshold, or the amount of one payment in yuan (`amount`), in force from a day on.

    Nothing entered before is changed; claims received from that day on are held against the new one. Raises
    InvalidInputError at the field, RefusedError for other duties.
    """
    payable = payable_to_set(acting, item)
    text = threshold.strip()
    if acting.person is None or acting.body_id is None:
        raise RefusedError("services.budget.not_yours")
    if year not in YEARS or valid_from.year != year:
        raise InvalidInputError("services.rule.year", field="valid_from", year=year)
    if condition != SubsidyRule.AMOUNT and condition not in {one.code for one in payable.conditions}:
        raise InvalidInputError("services.rule.no_such_condition", field="condition", found=condition)
    if not text:
        raise InvalidInputError("services.rule.threshold_missing", field="threshold")
    if not source.strip():
        raise InvalidInputError("services.budget.source_missing", field="source")
    if condition == SubsidyRule.AMOUNT:
        text = str(fen_of(text, field="threshold"))
    return SubsidyRule.objects.create(
        town=town, item=item, year=year, condition=condition, threshold=text[:80], valid_from=valid_from,
        source=source.strip(), set_by_id=acting.person, set_for_id=acting.body_id, set_at=moment.now(),
    )  # fmt: skip
