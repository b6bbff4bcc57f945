"""What the pages of an enrolment season show: to the public, to a parent, to the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from jinli.cases.models import Case
from jinli.domain.points import PointLine, line_of, total_of
from jinli.lines.services.models import Season, SeasonApplication
from jinli.lines.services.pages.wording import text_of
from jinli.lines.services.selectors.seasons import (
    OwnPlace,
    Proof,
    SeasonView,
    application_in_season,
    latest_ranking,
    lines_as_told,
    own_place,
    proofs_of,
    season_view,
    told_in,
)
from jinli.lines.services.services.season.ranking import plain
from jinli.packs.seasons import PointRow
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import local_day
from jinli.ui.words import say

#: How many applications a page of the office lists.
LISTED = 200


@dataclass(frozen=True, kw_only=True)
class DayLine:
    """One published day: what happens, and whether it is past, now or to come."""

    what: str
    first: date
    last: date | None
    now: bool


@dataclass(frozen=True, kw_only=True)
class SchoolLine:
    """A school with its places, and where it ended; None is unknown."""

    code: str
    name: str
    places: int | None
    source: str
    cut_off: str


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One line of the points table in words; `rule` empty: the office has not entered it."""

    label: str
    rule: str
    proof: str
    source: str
    sample: bool


@dataclass(frozen=True, kw_only=True)
class ReckonedLine:
    """One line reckoned for somebody, as a sum in words; empty with the reason when it is unknown."""

    label: str
    sum: str
    why: str


@dataclass(frozen=True, kw_only=True)
class SeasonPage:
    """A season as it is published."""

    code: str
    name: str
    status: str
    announced: bool
    days: tuple[DayLine, ...]
    schools: tuple[SchoolLine, ...]
    rules: tuple[RuleLine, ...]
    ties: str
    lot: str
    proofs: tuple[Proof, ...]
    count_on: date
    note: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ParentPage:
    """A season as one parent sees it: the own points, the own rank, what can be done; never anybody else."""

    code: str
    name: str
    checked: bool
    lines: tuple[ReckonedLine, ...]
    total: str
    place: OwnPlace | None
    points: str
    school: str
    schools: tuple[SchoolLine, ...]
    may_appeal: bool
    appeal_from: date
    appeal_to: date


@dataclass(frozen=True, kw_only=True)
class ListedApplication:
    """One application in the list of the office."""

    number: str
    url: str
    stage: str
    points: str
    rank: str
    check_url: str
    answer_url: str


@dataclass(frozen=True, kw_only=True)
class WorkPage:
    """A season as its office works on it; `missing` says what stands before the next step."""

    page: SeasonPage
    version: int
    may_lead: bool
    may_enter: bool
    stage: str
    applications: tuple[ListedApplication, ...]
    counts: str


def season_page(view: SeasonView, at: datetime) -> SeasonPage:
    """Return a season as it is published."""
    row, today = view.row, local_day(view.season.town, at)
    ranking = latest_ranking(view.season)
    cut_offs = ranking.cut_offs if ranking else {}
    return SeasonPage(
        code=row.code, name=text_of(row), status=row.status, announced=view.season.announced_at is not None,
        days=tuple(
            DayLine(what=say(f"services.season.day.{name}"), first=first, last=last, now=_is_now(first, last, today))
            for name, first, last in (
                ("publish", row.publish_on, None), ("apply", row.apply_from, row.apply_to),
                ("check", row.apply_from, row.check_to), ("ranking", row.ranking_on, None),
                ("appeal", row.appeal_from, row.appeal_to), ("offers", row.offers_on, None),
            )
        ),
        schools=_schools(view, cut_offs),
        rules=tuple(_rule(one) for one in row.points),
        ties=say("ui.comma").join(text_of(one, "label") for code in row.ties for one in row.points if one.code == code),
        lot=row.lot, proofs=proofs_of(view.season), count_on=row.count_on, note=text_of(row, "note"), source=row.source,
    )  # fmt: skip


def _is_now(first: date, last: date | None, today: date) -> bool:
    return first <= today <= (last or first)


def _schools(view: SeasonView, cut_offs: dict[str, str]) -> tuple[SchoolLine, ...]:
    return tuple(
        SchoolLine(
            code=one.code, name=text_of(one), places=view.places[one.code], source=view.sources[one.code],
            cut_off=cut_offs.get(one.code, ""),
        )
        for one in view.row.schools
    )  # fmt: skip


def _rule(one: PointRow) -> RuleLine:
    rule = ""
    if one.points is not None:
        key = "services.season.rule.is" if one.how == "is" else "services.season.rule.each"
        rule = say(key, points=plain(one.points), unit=text_of(one, "unit"))
        if one.most is not None:
            rule += say("services.season.rule.most", most=plain(one.most))
    return RuleLine(
        label=text_of(one, "label"), rule=rule, proof=text_of(one, "proof"), source=one.source,
        sample=one.status in ("sample", "simulated"),
    )  # fmt: skip


def reckoned(view: SeasonView, lines: Sequence[PointLine]) -> tuple[ReckonedLine, ...]:
    """Return lines as sums in words, such as 14 个月 × 1 = 14 分，封顶 30."""
    rows = {one.code: one for one in view.row.points}
    return tuple(_sum(rows[one.rule.code], one) for one in lines)


def _sum(row: PointRow, line: PointLine) -> ReckonedLine:
    label = text_of(row, "label")
    if line.why is not None:
        return ReckonedLine(label=label, sum="", why=say(f"services.season.why.{line.why.value}"))
    assert row.points is not None
    if row.how == "is":
        key = "services.season.sum.is" if line.counted else "services.season.sum.is_not"
        return ReckonedLine(label=label, sum=say(key, counted=plain(line.counted)), why="")
    told = say(
        "services.season.sum", value=line.value, unit=text_of(row, "unit"), points=plain(row.points),
        reached=plain(line.reached),
    )  # fmt: skip
    if row.most is not None:
        key = "services.season.sum.capped" if line.capped else "services.season.sum.most"
        told += say(key, most=plain(row.most))
    return ReckonedLine(label=label, sum=told, why="")


def explained(view: SeasonView, told: dict[str, object]) -> tuple[tuple[ReckonedLine, ...], str]:
    """Return the points table for an applicant's own answers, and the sum; before sending and until it is checked."""
    lines = lines_as_told(view, told)
    return reckoned(view, lines), plain(total_of(lines))


def parent_page(case: Case, at: datetime) -> ParentPage | None:
    """Return a season as the parent of this application sees it, None outside any season."""
    application = application_in_season(case.pk)
    if application is None:
        return None
    view = season_view(application.season)
    lines, total = _own_lines(view, application)
    ranking = latest_ranking(view.season)
    place = own_place(ranking, case) if ranking else None
    names = {one.code: text_of(one) for one in view.row.schools}
    today = local_day(case.town, at)
    return ParentPage(
        code=view.row.code, name=text_of(view.row), checked=application.checked_at is not None, lines=lines,
        total=total,
        place=place, points=plain(place.points) if place else "",
        school=names.get(place.school, "") if place else "",
        schools=_schools(view, ranking.cut_offs if ranking else {}),
        may_appeal=place is not None and view.row.appeal_from <= today <= view.row.appeal_to,
        appeal_from=view.row.appeal_from, appeal_to=view.row.appeal_to,
    )  # fmt: skip


def _own_lines(view: SeasonView, application: SeasonApplication) -> tuple[tuple[ReckonedLine, ...], str]:
    if application.checked_at is None:
        return explained(view, told_in(application.case.pk))
    values = {code: value for code, (value, _) in application.lines.items()}
    lines = tuple(line_of(one.rule(), values.get(one.code, "")) for one in view.row.points)
    return reckoned(view, lines), application.points


def work_page(season: Season, acting: Acting, at: datetime) -> WorkPage:
    """Return a season for its office. The number of statements does not depend on how many apply."""
    view = season_view(season)
    rows = list(
        SeasonApplication.objects.filter(season=season).select_related("case").order_by("case__number")[:LISTED]
    )
    ranking = latest_ranking(season)
    ranks = {one["number"]: str(one["rank"]) for one in ranking.rows} if ranking else {}
    appealed = set(
        Case.objects.filter(pk__in=[one.case_id for one in rows], clocks__code="appeal", clocks__state="running")
        .values_list("pk", flat=True)
    )  # fmt: skip
    mine = acting.body == view.row.owner
    every = SeasonApplication.objects.filter(season=season)
    return WorkPage(
        page=season_page(view, at), version=season.case.version if season.case else 0,
        may_lead=mine and "department_head" in acting.roles, may_enter=mine and ranking is None,
        stage=season.case.stage if season.case else "",
        applications=tuple(_listed(one, ranks, appealed, mine=mine) for one in rows),
        counts=say(
            "services.season.counts", applied=every.count(), checked=every.exclude(checked_at=None).count(),
        ),
    )  # fmt: skip


def _listed(one: SeasonApplication, ranks: dict[str, str], appealed: set[UUID], *, mine: bool) -> ListedApplication:
    case = one.case
    may_check = mine and case.stage == "accepted" and not ranks
    return ListedApplication(
        number=case.number, url=reverse("cases:case", args=[case.pk]),
        stage=say(f"services.season.stage.{_stage(case)}"),
        points=one.points, rank=ranks.get(case.number, ""),
        check_url=reverse("services:season-points", args=[case.pk]) if may_check else "",
        answer_url=reverse("services:season-answer", args=[case.pk]) if case.pk in appealed else "",
    )  # fmt: skip


def _stage(case: Case) -> str:
    if case.stage in ("received", "supplying", "accepted", "granted"):
        return case.stage
    return "done" if case.stage == "done" else "out"


def public_seasons(town: Division, item: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of the announced seasons of an item, the latest first. One statement."""
    rows = Season.objects.filter(town=town, item=item).exclude(announced_at=None).order_by("-code")[:3]
    return tuple((one.code, text_of(season_view(one).row)) for one in rows)
