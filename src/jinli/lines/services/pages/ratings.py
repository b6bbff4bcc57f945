"""The pages of ratings for heads: how matters were rated, the bad ones, and one of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F
from django.urls import reverse

from jinli.cases.editions import pinned
from jinli.cases.models import Case, Clock, Entry, Rating
from jinli.cases.selectors import visible_cases
from jinli.cases.selectors.names import titled
from jinli.cases.services.opening import actor_of
from jinli.cases.work import take
from jinli.domain.guards import refusal
from jinli.domain.procedure import CASE
from jinli.lines.services.figures import BAD_RATING, is_matter
from jinli.lines.services.selectors.items import item_names
from jinli.lines.services.services.rating import SCORES, STEPS
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import local_day
from jinli.ui.dates import due_text
from jinli.ui.parts import Crumb, Fact
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

MOST: Final = 200
_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Level:
    """One of the five levels, and how many gave it in the last twelve months."""

    name: str
    count: int
    bad: bool


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """One bad rating in the list; `due` is empty once it is over."""

    url: str
    number: str
    item: str
    score: str
    when: str
    stage: str
    due: str
    late: bool
    closed: bool
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class RatingsPage:
    """All levels, and the bad ratings that the reader may see, open ones first, then the newest."""

    levels: tuple[Level, ...]
    total: int
    rows: tuple[BadRow, ...]
    most: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that was done about a bad rating."""

    when: str
    what: str
    who: str
    told: str


@dataclass(frozen=True, kw_only=True)
class RatedPage:
    """One bad rating: what was rated and said, what is owed, what was done, which steps are open to the reader."""

    id: UUID
    number: str
    item: str
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    said: str
    done: tuple[Step, ...]
    steps: tuple[tuple[str, str], ...]
    version: int
    closed: bool
    case_url: str


def ratings_page(acting: Acting, town: Division, now: datetime) -> RatingsPage:
    """Return the page of ratings. Three statements, whatever the number of ratings."""
    given = Rating.objects.filter(is_matter("case__"), town=town, by_kind="reporter", at__gt=now - _YEAR, at__lte=now)
    by_score = dict(given.order_by().values_list("score").annotate(many=Count("pk")))
    newest = F("closed_at").desc(nulls_first=True)
    cases = list(visible_cases(acting).filter(type_code=BAD_RATING).order_by(newest, "due_at", "id")[:MOST])
    first = Entry.objects.filter(case__in=[one.pk for one in cases], seq=1).values_list("case", "body")
    scores = {pk: int(json.loads(body)["facts"]["score"]) for pk, body in first}
    names = item_names(town)
    return RatingsPage(
        levels=tuple(
            Level(name=say(f"services.score.{one}"), count=by_score.get(one, 0), bad=one <= 2) for one in SCORES
        ),
        total=sum(by_score.values()),
        rows=tuple(_row(one, town, scores[one.pk], names, now) for one in cases),
        most=MOST,
    )


def _row(case: Case, town: Division, score: int, names: dict[str, str], now: datetime) -> BadRow:
    stage = pinned(town, case.procedure).case.stages[case.stage]
    due = case.due_at if case.closed_at is None else None
    return BadRow(
        url=reverse("services:rated", args=[case.pk]),
        number=case.number,
        item=names.get(case.class_code, case.title),
        score=say(f"services.score.{score}"),
        when=word_moment(case.opened_at, lang=tongue(), now=now),
        stage=titled(stage.title),
        due=due_text(due, tongue=tongue(), today=local_day(town, now)) if due else "",
        late=due is not None and due <= now,
        closed=case.closed_at is not None,
        simulated=case.simulated,
    )


def rated_page(acting: Acting, town: Division, case_id: UUID, now: datetime) -> RatedPage:
    """Return one bad rating.

    Raises
    ------
    Case.DoesNotExist : there is none, or it is not for these eyes.
    """
    case = visible_cases(acting).select_related("origin", "owner").get(pk=case_id, type_code=BAD_RATING)
    work, _ = take(case.pk, lock=False)
    version = work.state.version
    entries = list(Entry.objects.filter(case=case).order_by("seq").select_related("payload"))
    first = json.loads(entries[0].body)["facts"]
    moves = work.procedure.case.moves
    open_now = [
        step
        for step in STEPS
        if refusal(work.state, work.procedure, moves[step], CASE, actor_of(acting), now, work.book) is None
    ]
    return RatedPage(
        id=case.pk,
        number=case.number,
        item=item_names(town).get(case.class_code, case.title),
        crumbs=(
            Crumb(label=say("services.ratings.title"), url=reverse("services:ratings")),
            Crumb(label=case.number),
        ),
        facts=(
            Fact(label=say("services.rated.level"), value=say(f"services.score.{first['score']}"), tone="danger"),
            Fact(label=say("services.rated.stage"), value=titled(work.procedure.case.stages[work.state.stage].title)),
            Fact(label=say("services.rated.matter"), value=case.origin.number if case.origin else None),
            *_owed(case, town, now),
        ),
        said=str(_private(entries[0]).get("text", "")),
        done=tuple(_step(one, moves, now) for one in entries[1:] if one.move in moves),
        steps=tuple((step, say(f"services.rated.step.{step}")) for step in open_now),
        version=version,
        closed=work.state.phase == "closed",
        case_url=reverse("cases:case", args=[case.pk]),
    )


def _owed(case: Case, town: Division, now: datetime) -> list[Fact]:
    """Return by when what is still owed is due."""
    procedure = pinned(town, case.procedure)
    rows = Clock.objects.filter(case=case, ended_at=None).order_by("due_at")
    return [
        Fact(
            label=titled(procedure.clocks[one.code].title),
            value=due_text(one.due_at, tongue=tongue(), today=local_day(town, now)),
            tone="danger" if one.due_at <= now else "",
        )
        for one in rows
    ]


def _private(entry: Entry) -> dict[str, Any]:
    payload = getattr(entry, "payload", None)
    return dict(json.loads(payload.text)) if payload is not None else {}


def _step(entry: Entry, moves: Any, now: datetime) -> Step:
    said = _private(entry)
    actor = json.loads(entry.body)["actor"]
    return Step(
        when=word_moment(entry.happened_at, lang=tongue(), now=now),
        what=titled(moves[entry.move].title),
        who=say(f"town.role.{actor['duty']}") if actor.get("duty") in ("department_head", "town_head") else "",
        told=str(said.get("result") or said.get("note") or ""),
    )
