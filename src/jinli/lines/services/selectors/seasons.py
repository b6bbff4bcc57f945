"""Enrolment seasons as people meet them: the one in force, its places, an application in it, the proof of a seal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from jinli.cases.models import Case, Entry, EntryPayload
from jinli.domain.points import PointLine, point_lines
from jinli.domain.ranking import digest_of
from jinli.lines.services.models import Season, SeasonApplication, SeasonRanking
from jinli.lines.services.selectors.present_form import present_form
from jinli.packs.nested import row_of
from jinli.packs.seasons import SeasonRow
from jinli.town.models import Division

SEALING = ("seal_ranking", "correct_ranking")


@dataclass(frozen=True, kw_only=True)
class SeasonView:
    """A season with what was entered on screen laid over what the pack says.

    Attributes
    ----------
    places : school -> places, None while the education body has not entered them.
    """

    season: Season
    row: SeasonRow
    places: Mapping[str, int | None]
    sources: Mapping[str, str]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the schools whose places nobody has entered."""
        return tuple(code for code, places in self.places.items() if places is None)

    def belongs(self, situation: Mapping[str, str]) -> bool:
        """Return whether an application in this situation belongs to the season."""
        return all(situation.get(code) in answers for code, answers in self.row.when.items())

    def school_named(self, text: str) -> str:
        """Return the code of the school somebody wrote, by code or by one of its names; empty when it is none."""
        said = text.strip()
        names = {name: one.code for one in self.row.schools for name in (one.code, one.name, one.name_en) if name}
        plain = {name.partition("（")[0].partition(" (")[0]: code for name, code in names.items()}
        return names.get(said) or plain.get(said, "")


def season_view(season: Season) -> SeasonView:
    """Return a season. One statement."""
    row = row_of(season.content, SeasonRow)
    places: dict[str, int | None] = {one.code: one.places for one in row.schools}
    sources = {one.code: one.source for one in row.schools}
    for school, number, source in season.places.order_by("pk").values_list("school", "places", "source"):
        places[school], sources[school] = number, source
    return SeasonView(season=season, row=row, places=places, sources=sources)


def seasons_of(town: Division) -> list[Season]:
    """Return the seasons of a town, the latest first."""
    return list(Season.objects.filter(town=town).select_related("case", "town").order_by("-code"))


def season_of(town: Division, code: str) -> Season | None:
    """Return a season by its code."""
    return Season.objects.filter(town=town, code=code).select_related("case", "town").first()


def season_in_force(town: Division, item: str) -> SeasonView | None:
    """Return the season under which an item is applied for: announced and not ended."""
    rows = Season.objects.filter(town=town, item=item, case__closed_at=None).exclude(announced_at=None)
    found = rows.select_related("case", "town").order_by("-code").first()
    return season_view(found) if found else None


def application_in_season(case: UUID) -> SeasonApplication | None:
    """Return a case as an application in its season, None for a case outside any."""
    rows = SeasonApplication.objects.select_related("season__town", "season__case", "case")
    return rows.filter(case=case).first()


def told_in(case: UUID) -> dict[str, Any]:
    """Return the form of a case as it stands after all corrections, its situation answers among it."""
    rows = EntryPayload.objects.filter(entry__case=case).order_by("entry__seq").values_list("text", flat=True)
    told = [json.loads(one) for one in rows]
    found: dict[str, Any] = {}
    for one in told:
        found |= one.get("situation", {})
    return found | present_form(told)


def lines_as_told(view: SeasonView, told: Mapping[str, Any]) -> tuple[PointLine, ...]:
    """Return the points table as the applicant's own answers make it; a person checks it later."""
    return point_lines([one.rule() for one in view.row.points], told, view.row.count_on)


def wishes_of(view: SeasonView, told: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the schools wished, in their order, as far as they are schools of the season."""
    entries = told.get("wished_schools") or []
    found = [view.school_named(str(one.get("school", ""))) for one in entries if isinstance(one, Mapping)]
    return tuple(dict.fromkeys(one for one in found if one))


def latest_ranking(season: Season) -> SeasonRanking | None:
    """Return the ranking in force."""
    return season.rankings.order_by("-edition").first()


def rankings_of(season: Season) -> list[SeasonRanking]:
    """Return every edition, the latest first."""
    return list(season.rankings.order_by("-edition"))


@dataclass(frozen=True, kw_only=True)
class OwnPlace:
    """What a parent may know of a ranking: the own line, how many there are, and where each full school ended."""

    edition: int
    rank: int
    of: int
    points: Decimal
    school: str
    digest: str
    row_hash: str
    cut_offs: Mapping[str, Decimal]


def own_place(ranking: SeasonRanking, case: Case) -> OwnPlace | None:
    """Return one's own line of a ranking, None when the case is not in it."""
    row = next((one for one in ranking.rows if one["number"] == case.number), None)
    if row is None:
        return None
    return OwnPlace(
        edition=ranking.edition, rank=row["rank"], of=len(ranking.rows), points=Decimal(row["points"]),
        school=row["school"], digest=ranking.digest, row_hash=row["hash"],
        cut_offs={school: Decimal(points) for school, points in ranking.cut_offs.items()},
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Whether an edition is still what was sealed: kept lines, kept digest and journal say the same."""

    edition: int
    digest: str
    in_journal: bool
    unchanged: bool
    sealed_on: date

    @property
    def good(self) -> bool:
        """Return whether nothing was changed since."""
        return self.in_journal and self.unchanged


def proofs_of(season: Season) -> tuple[Proof, ...]:
    """Return the proof of every edition. Two statements."""
    bodies = Entry.objects.filter(case=season.case_id, move__in=SEALING).values_list("body", flat=True)
    said = [json.loads(one).get("facts", {}).get("ranking", {}) for one in bodies]
    journal = {int(one["edition"]): str(one["digest"]) for one in said if one}
    lot = str(season.content["lot"])
    return tuple(
        Proof(
            edition=one.edition, digest=one.digest, in_journal=journal.get(one.edition) == one.digest,
            unchanged=digest_of(one.rows, edition=one.edition, lot=lot) == one.digest,
            sealed_on=one.sealed_at.date(),
        )
        for one in rankings_of(season)
    )  # fmt: skip
