"""The sections of a pack that the grid line reads: filing standards, routing, kinds of whistle.

A changed row makes a new edition. A row that a pack no longer has is superseded by nothing: it is out of force, and
the cases that were filed by it keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from jinli.lines.grid.models import ClassStandard, Editioned, RoutingRule, WhistleKind
from jinli.packs.pack import Pack
from jinli.packs.sections import ClassStandardRow, RoutingRow, content_of, key_of
from jinli.town.loading import Content, Section
from jinli.town.models import Division
from jinli.town.selectors import organisations_by_code


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _next_editions(rows: QuerySet[Any], codes: Iterable[str], at: datetime) -> dict[str, int]:
    """Supersede the editions in force of some codes and return code -> number of the next edition."""
    mine = rows.filter(code__in=list(codes))
    mine.filter(superseded_at=None).update(superseded_at=at)
    last = dict(mine.values_list("code").annotate(last=Max("edition")))
    return {code: last.get(code, 0) + 1 for code in codes}


def _validity(row: Editioned) -> dict[str, Any]:
    return {
        "status": row.status,
        "note": row.note,
        "valid_from": _iso(row.valid_from),
        "valid_to": _iso(row.valid_to),
    }


def _validity_columns(content: Content) -> dict[str, Any]:
    return {
        "status": content["status"],
        "note": content["note"],
        "valid_from": _day(content["valid_from"]),
        "valid_to": _day(content["valid_to"]),
    }


_STANDARD = (
    "class_code",
    "major",
    "major_en",
    "minor",
    "minor_en",
    "condition",
    "condition_en",
    "limit_amount",
    "limit_unit",
    "end_rule",
    "closing",
    "closing_en",
    "self_solved",
    "source",
)


class ClassStandardSection:
    """Filing standards of the town."""

    name = "class_standards"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        return {one.code: content_of(one) for one in pack.section(self.name, ClassStandardRow)}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = ClassStandard.objects.filter(division=town, superseded_at=None).order_by("code")
        return {
            one.code: {"code": one.code} | {name: getattr(one, name) for name in _STANDARD} | _validity(one)
            for one in rows
        }

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        editions = _next_editions(ClassStandard.objects.filter(division=town), contents, at)
        ClassStandard.objects.bulk_create(
            ClassStandard(
                division=town,
                code=code,
                edition=editions[code],
                **{name: content[name] for name in _STANDARD},
                **_validity_columns(content),
            )
            for code, content in contents.items()
        )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        return bool(ClassStandard.objects.filter(division=town, code=key, superseded_at=None).update(superseded_at=at))


class RoutingSection:
    """Routing of the town; an overlay's routing stands instead of the pack's."""

    name = "routing"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        return {key_of(self.name, one): content_of(one) for one in pack.section(self.name, RoutingRow)}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = RoutingRule.objects.filter(town=town, superseded_at=None).select_related("body").order_by("code")
        return {
            one.code: {
                "place": one.place_code,
                "class_prefix": one.class_prefix,
                "hours": one.hours,
                "body": one.body.code,
            }
            | _validity(one)
            for one in rows
        }

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        editions = _next_editions(RoutingRule.objects.filter(town=town), contents, at)
        bodies = organisations_by_code(town)
        RoutingRule.objects.bulk_create(
            RoutingRule(
                town=town,
                code=code,
                edition=editions[code],
                place_code=content["place"],
                class_prefix=content["class_prefix"],
                hours=content["hours"],
                body=bodies[content["body"]],
                **_validity_columns(content),
            )
            for code, content in contents.items()
        )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        return bool(RoutingRule.objects.filter(town=town, code=key, superseded_at=None).update(superseded_at=at))


_KIND = ("name", "name_en", "procedure", "blown_by", "approved_by", "limits", "source")


class WhistleKindSection:
    """Kinds of whistle of the town."""

    name = "whistle_kinds"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        return {one.code: content_of(one) for one in pack.whistle_kinds}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = WhistleKind.objects.filter(town=town, superseded_at=None).order_by("pk")
        return {
            one.code: {"code": one.code} | {name: getattr(one, name) for name in _KIND} | _validity(one) for one in rows
        }

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        editions = _next_editions(WhistleKind.objects.filter(town=town), contents, at)
        WhistleKind.objects.bulk_create(
            WhistleKind(
                town=town,
                code=code,
                edition=editions[code],
                **{name: content[name] for name in _KIND},
                **_validity_columns(content),
            )
            for code, content in contents.items()
        )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        return bool(WhistleKind.objects.filter(town=town, code=key, superseded_at=None).update(superseded_at=at))


SECTIONS: tuple[Section, ...] = (ClassStandardSection(), RoutingSection(), WhistleKindSection())
