"""The register of powers as sections of the pack: waves, and one row for each power."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jinli.packs.pack import Pack
from jinli.packs.sections import DelegationRow, WaveRow, content_of
from jinli.town.loading import Content
from jinli.town.models import Delegation, DelegationWave, Division
from jinli.town.selectors import organisations_by_code

_WAVE = (
    "code", "ordinal", "title", "title_en", "matters", "at_least", "total_after", "as_of", "instrument", "note",
    "note_en", "status", "source",
)  # fmt: skip
_PLAIN = (
    "item", "title", "title_en", "mode", "instrument", "number", "scope", "scope_en", "bound_fact", "bound_unit",
    "recall_reason", "recall_instrument", "in_flight", "status", "source",
)  # fmt: skip


class WaveSection:
    """Waves by their code."""

    name = "waves"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        return {one.code: content_of(one) for one in pack.section("waves", WaveRow)}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = DelegationWave.objects.filter(town=town).order_by("ordinal", "code")
        return {one["code"]: one for one in rows.values(*_WAVE)}

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        for code, content in contents.items():
            DelegationWave.objects.update_or_create(town=town, code=code, defaults=dict(content))

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Powers may have come in it."""
        return False


def delegation_content(row: Delegation) -> dict[str, Any]:
    """Return what a power says, as the pack would write it."""
    most = row.bound_most
    return {name: getattr(row, name) for name in _PLAIN} | {
        "code": row.code,
        "wave": row.wave.code if row.wave else "",
        "authority": row.authority.code if row.authority else "",
        "to_body": row.to_body.code if row.to_body else "",
        "bound_most": None if most is None else format(most.normalize(), "f"),
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "recalled_on": row.recalled_on.isoformat() if row.recalled_on else None,
    }


class DelegationSection:
    """Powers by their code. Acts were sealed under them: none ever leaves the register."""

    name = "delegations"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        return {one.code: content_of(one) for one in pack.section("delegations", DelegationRow)}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = Delegation.objects.filter(town=town).select_related("wave", "authority", "to_body").order_by("code")
        return {one.code: delegation_content(one) for one in rows}

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        bodies = organisations_by_code(town)
        waves = {one.code: one for one in DelegationWave.objects.filter(town=town)}
        for code, content in contents.items():
            recalled = _day(content["recalled_on"])
            Delegation.objects.update_or_create(
                town=town,
                code=code,
                defaults={name: content[name] for name in _PLAIN}
                | {
                    "wave": waves[content["wave"]] if content["wave"] else None,
                    "authority": bodies[content["authority"]] if content["authority"] else None,
                    "to_body": bodies[content["to_body"]] if content["to_body"] else None,
                    "bound_most": Decimal(content["bound_most"]) if content["bound_most"] else None,
                    "valid_from": _day(content["valid_from"]),
                    "recalled_on": recalled,
                    # A recall that a pack brings takes effect as one entered on screen does.
                    "recall_ordered_at": at if recalled else None,
                    "effect": Delegation.Effect.WAITING if recalled else Delegation.Effect.NONE,
                },
            )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """A power ends by a recall with its paper, never by a row that is left out."""
        return False


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


WAVES = WaveSection()
DELEGATIONS = DelegationSection()
