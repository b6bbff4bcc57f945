"""Sample limit rules that a town may adopt; they apply to nothing by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from jinli.exchange.rows.limits import LimitRule, read_rule
from jinli.packs.faults import Faults
from jinli.packs.files import plain


@dataclass(frozen=True, kw_only=True)
class SampleRule:
    """One sample with what to mind before it is adopted; titles and notes as (Chinese, English)."""

    code: str
    title: tuple[str, str]
    note: tuple[str, str]
    rule: LimitRule


@cache
def sample_rules() -> tuple[SampleRule, ...]:
    """Return the samples of the national standard; none where it ships none."""
    path = Path(settings.PACKS) / "_standard" / "samples" / "mirror_limits.yaml"
    said = plain(path, file="_standard/samples/mirror_limits.yaml", faults=Faults()) if path.exists() else None
    return tuple(
        SampleRule(
            code=str(one["code"]),
            title=(one["title"]["zh"], one["title"]["en"]),
            note=(one["note"]["zh"], one["note"]["en"]),
            rule=read_rule(one),
        )
        for one in (said or {}).get("rules", ())
    )
