"""Powers for tests: one row of the register, given to a body of a small town."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from jinli.cases.models import PaperTemplate
from jinli.packs.faults import Faults
from jinli.packs.papers import papers
from jinli.packs.sections import content_of
from jinli.town.models import Delegation, Division, Status
from jinli.town.stamps import renew_time_stamps
from tests.cases.small import STANDARD, Small

LOADED_AT = datetime(2026, 1, 1, tzinfo=UTC)
APPLICANT = "张三（演示）"
RECEIPT = {"receipt": {"applicant": APPLICANT}}


@cache
def _templates() -> dict[str, dict[str, Any]]:
    found = papers(STANDARD, Faults(), prefix="_standard/", own=False)
    return {code: content_of(one) for code, one in found.items()}


def lay_templates(town: Division) -> None:
    """Give a town the standard templates of papers, once."""
    if not PaperTemplate.objects.filter(town=town).exists():
        rows = [
            PaperTemplate(town=town, code=code, content=one, loaded_at=LOADED_AT) for code, one in _templates().items()
        ]
        PaperTemplate.objects.bulk_create(rows)


def paper(kind: str, **more: Any) -> dict[str, Any]:
    """Return the part of a move that issues one paper."""
    return {"papers": {kind: {"applicant": APPLICANT, **more}}}


def give_power(
    small: Small,
    item: str,
    *,
    to_body: str = "government",
    authority: str = "ecology",
    mode: str = "direct",
    **more: Any,
) -> Delegation:
    """Give the town a power over an item from 2022-06-01 on, with templates of papers, and let every process know."""
    lay_templates(small.town)
    known: dict[str, Any] = {
        "code": item, "title": item, "instrument": "某府令（演示）", "number": "〔2022〕1号",
        "valid_from": date(2022, 6, 1), "status": Status.SIMULATED, "source": "模拟",
    }  # fmt: skip
    made = Delegation.objects.create(
        town=small.town,
        item=item,
        mode=mode,
        to_body=small.organisations[to_body],
        authority=None if mode == "own" else small.organisations[authority],
        **{**known, **more},
    )
    renew_time_stamps(small.town)
    small.town.refresh_from_db()
    return made


def change_power(power: Delegation, **fields: Any) -> Delegation:
    """Change a row of the register as another process would."""
    for name, value in fields.items():
        setattr(power, name, value)
    power.save()
    renew_time_stamps(power.town)
    power.town.refresh_from_db()
    return power
