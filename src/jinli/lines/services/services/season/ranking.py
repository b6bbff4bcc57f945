"""Check points, seal the ranking, answer appeals with a new edition, and send the offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from jinli.cases.models import Case, Clock
from jinli.cases.services import make_move
from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.points import PointLine, line_of, total_of
from jinli.domain.ranking import Applicant, digest_of, rank, row_of
from jinli.domain.season import require_within
from jinli.domain.state import RUNNING
from jinli.lines.services.models import Season, SeasonApplication, SeasonRanking
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.selectors.seasons import (
    SeasonView,
    application_in_season,
    latest_ranking,
    proofs_of,
    season_view,
)
from jinli.lines.services.services.acts.deciding import grant
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.lines.services.services.season.opening import days_until, require_owner
from jinli.lines.services.services.supplying import applicant_of
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import local_day
from jinli.ui.words import say_in

#: Days after the offers in which a season is ended (house convention).
ENDS_AFTER = 30


def check_points(on: OnCase, *, values: Mapping[str, str], wishes: Sequence[str]) -> str:
    """Keep the points of an application as somebody of the office checked them, line by line.

    Raises RefusedError outside the days of checking; InvalidInputError at the line or at the wishes.
    """
    application = _application(on.case)
    view = season_view(application.season)
    require_owner(on.acting, view)

    def decide(matter: Matter) -> Act:
        require_within(_today(view), view.row.apply_from, view.row.check_to)
        return _checked(view, "check_points", values, wishes, result=True)

    return carry_out(on, decide, after=lambda _: _keep(application, view, values, wishes))


def _application(case: Any) -> SeasonApplication:
    found = application_in_season(case)
    if found is None:
        raise RefusedError("services.season.outside")
    return found


def _today(view: SeasonView) -> Any:
    return local_day(view.season.town, moment.now())


def checked_lines(view: SeasonView, values: Mapping[str, str]) -> tuple[PointLine, ...]:
    """Return the lines for the values somebody checked. Raises InvalidInputError `services.season.line` at a line."""
    lines = tuple(line_of(one.rule(), values.get(one.code, "")) for one in view.row.points)
    for line in lines:
        if line.why is not None and line.rule.points is not None:
            raise InvalidInputError("services.season.line", field=f"line-{line.rule.code}")
    return lines


def _checked(
    view: SeasonView, move: str, values: Mapping[str, str], wishes: Sequence[str], *, result: bool, **facts: Any
) -> Act:
    lines = checked_lines(view, values)
    _require_wishes(view, wishes)
    total = plain(total_of(lines))
    said = {"lines": _kept(lines), "total": total, "wishes": list(wishes), "season": view.row.code}
    given = {"result": say_in("zh-hans", "services.season.total", points=total)} if result else {}
    return Act(move=move, given=given, facts={"points": said, **facts})


def _require_wishes(view: SeasonView, wishes: Sequence[str]) -> None:
    if not wishes or len(set(wishes)) != len(wishes):
        raise InvalidInputError("services.season.wishes", field="wishes")
    for one in wishes:
        if one not in view.places:
            raise InvalidInputError("services.season.no_such_school", field="wishes", found=one)


def _kept(lines: Sequence[PointLine]) -> dict[str, list[str]]:
    return {one.rule.code: [one.value, plain(one.counted)] for one in lines}


def plain(points: Decimal) -> str:
    """Return points as people write them: without zeros at the end."""
    return f"{points.normalize():f}"


def _keep(application: SeasonApplication, view: SeasonView, values: Mapping[str, str], wishes: Sequence[str]) -> None:
    lines = checked_lines(view, values)
    reached = {one.rule.code: plain(one.reached) for one in lines}
    SeasonApplication.objects.filter(pk=application.pk).update(
        points=plain(total_of(lines)), lines=_kept(lines), ties=[reached[code] for code in view.row.ties],
        wishes=list(wishes), checked_at=moment.now(),
    )  # fmt: skip


def seal_ranking(*, acting: Acting, season: Season, version: int | None, key: str | None = None) -> SeasonRanking:
    """Rank every accepted application and seal the result: its digest goes into the journal of the season.

    Raises RefusedError: not the head of the owner, before the day, `services.season.places_unknown`,
    `services.season.undecided`, `services.season.unchecked`; ConflictError when it was done meanwhile.
    """
    with transaction.atomic():
        view = _locked(season)
        require_owner(acting, view, head=True)
        require_within(_today(view), view.row.ranking_on)
        _require_complete(view)
        made = _ranked(view)
        offers = days_until(view.season.town, view.row.offers_on)
        _journal(acting, view, made, "seal_ranking", version=version, terms={"offers": offers}, key=key)
        made.save()
    return made


def _locked(season: Season) -> SeasonView:
    found = Season.objects.select_for_update(of=("self",)).select_related("town", "case").get(pk=season.pk)
    if found.case is None:
        raise RefusedError("services.season.not_announced")
    return season_view(found)


def _require_complete(view: SeasonView) -> None:
    if view.unknown:
        names = {one.code: one.name for one in view.row.schools}
        raise RefusedError("services.season.places_unknown", names="、".join(names[code] for code in view.unknown))
    rows = SeasonApplication.objects.filter(season=view.season)
    waiting = rows.filter(case__stage__in=("received", "supplying")).count()
    if waiting:
        raise RefusedError("services.season.undecided", count=waiting)
    unchecked = rows.filter(case__stage="accepted", checked_at=None).count()
    if unchecked:
        raise RefusedError("services.season.unchecked", count=unchecked)


def _ranked(view: SeasonView) -> SeasonRanking:
    """Return the next edition, not yet kept."""
    rows = SeasonApplication.objects.filter(season=view.season, case__stage="accepted").select_related("case")
    applicants = [
        Applicant(
            number=one.case.number, points=Decimal(one.points), ties=tuple(Decimal(tie) for tie in one.ties),
            wishes=tuple(one.wishes),
        )
        for one in rows
    ]  # fmt: skip
    places = {code: number or 0 for code, number in view.places.items()}
    result = rank(applicants, places, lot=view.row.lot)
    last = latest_ranking(view.season)
    edition = last.edition + 1 if last else 1
    kept = [row_of(one) for one in result.lines]
    return SeasonRanking(
        season=view.season, edition=edition, digest=digest_of(kept, edition=edition, lot=view.row.lot), rows=kept,
        cut_offs={school: plain(points) for school, points in result.cut_offs.items()}, places=places,
        sealed_at=moment.now(),
    )  # fmt: skip


def _journal(
    acting: Acting, view: SeasonView, made: SeasonRanking, move: str, *, version: int | None, key: str | None = None,
    **more: Any,
) -> None:  # fmt: skip
    facts = {"ranking": {"edition": made.edition, "digest": made.digest, "count": len(made.rows)}}
    case = view.season.case
    assert case is not None
    act = MakeMove(case=case.pk, move=move, version=version, facts=facts, key=key, **more)
    make_move(acting=acting, act=act)


def appeal(*, town: Division, case: Case, version: int | None, reason: str, key: str) -> str:
    """Appeal against one's points or rank, once, with a reason; from then the office has its days to answer.

    Raises RefusedError outside the days of appeal or before the ranking; InvalidInputError without a reason.
    """
    application = _application(case.pk)
    view = season_view(application.season)
    if latest_ranking(view.season) is None:
        raise RefusedError("services.season.not_ranked")
    require_within(_today(view), view.row.appeal_from, view.row.appeal_to)
    if not reason.strip():
        raise InvalidInputError("services.season.reason_missing", field="reason")
    act = MakeMove(
        case=case.pk, move="appeal", version=version, channel="public", given={"reason": reason.strip()}, key=key
    )
    return make_move(acting=applicant_of(town), act=act)


def answer_appeal(
    on: OnCase, *, upheld: bool, reason: str, values: Mapping[str, str] | None = None, wishes: Sequence[str] = ()
) -> str:
    """Answer an appeal; one that is upheld corrects the points and seals a new edition, the old one stays.

    Raises RefusedError once offers are out; InvalidInputError at a line or at the wishes.
    """
    application = _application(on.case)
    view = season_view(application.season)
    require_owner(on.acting, view, head=True)
    corrected = values or {}
    used = tuple(wishes) or tuple(application.wishes)

    def decide(matter: Matter) -> Act:
        outcome = {"appeal": "upheld" if upheld else "rejected"}
        if not upheld:
            return Act(move="answer_appeal", given={"reason": reason}, facts=outcome)
        act = _checked(view, "answer_appeal", corrected, used, result=False, **outcome)
        return Act(move=act.move, given={"reason": reason}, facts=act.facts)

    def after(matter: Matter) -> None:
        if upheld:
            _keep(application, view, corrected, used)
            locked = _locked(view.season)
            made = _ranked(locked)
            # The season's own page is not what the answer came from: its version is the one under the lock.
            assert locked.season.case is not None
            version = Case.objects.values_list("version", flat=True).get(pk=locked.season.case.pk)
            why = say_in("zh-hans", "services.season.corrected", number=matter.case.number)
            _journal(on.acting, locked, made, "correct_ranking", version=version, given={"reason": why})
            made.save()

    return carry_out(on, decide, after=after)


def send_offers(*, acting: Acting, season: Season, version: int | None, key: str | None = None) -> int:
    """Send an offer to everybody the last edition gives a place, and return how many there are.

    Before that the kept lines are held against the digest in the journal: a list that was changed since it was
    sealed is never sent. Raises RefusedError `services.season.changed`, `services.season.appeals_open`, before the
    day, and as every decision.
    """
    with transaction.atomic():
        view = _locked(season)
        require_owner(acting, view, head=True)
        require_within(_today(view), view.row.offers_on)
        ranking = latest_ranking(view.season)
        if ranking is None:
            raise RefusedError("services.season.not_ranked")
        if not all(one.good for one in proofs_of(view.season)):
            raise RefusedError("services.season.changed")
        cases = {
            one.case.number: one.case
            for one in SeasonApplication.objects.filter(season=view.season).select_related("case")
        }
        appeals = Clock.objects.filter(case__in=list(cases.values()), code="appeal", state=RUNNING).count()
        if appeals:
            raise RefusedError("services.season.appeals_open", count=appeals)
        ends_on = _today(view) + timedelta(days=ENDS_AFTER)
        terms = {"finish": days_until(view.season.town, ends_on)}
        _journal(acting, view, ranking, "send_offers", version=version, terms=terms, key=key)
        names = {one.code: one.name for one in view.row.schools}
        sent = 0
        for row in ranking.rows:
            case = cases.get(str(row["number"]))
            if case is None or not row["school"] or case.stage != "accepted":
                continue
            reason = say_in(
                "zh-hans", "services.season.offer", points=row["points"], rank=row["rank"], of=len(ranking.rows),
                school=names[row["school"]],
            )  # fmt: skip
            grant(OnCase(acting=acting, case=case.pk, version=case.version), reason=reason)
            sent += 1
    return sent
