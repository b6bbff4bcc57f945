"""What a task asks for: known again when it was asked before, filled from what exists, typed only when nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import ConflictError, InvalidInputError
from jinli.domain.inbound import looks_personal, period_of, subject_of
from jinli.exchange import catalogue
from jinli.exchange.models import Ask, Task
from jinli.exchange.selectors.asks import Best, best_of, earlier_than, stamp_of
from jinli.exchange.services.joint import in_one
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import local_day

GENERATED, REPEATED, TYPED, UNKNOWN = (
    Ask.Origin.GENERATED, Ask.Origin.REPEATED, Ask.Origin.TYPED, Ask.Origin.UNKNOWN,
)  # fmt: skip
LONGEST: Final = 200


@dataclass(frozen=True, kw_only=True)
class NewAsk:
    """One thing asked, as the asker wrote it."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Filled:
    """How one question is answered: its number, from where, the figure chosen, and what was typed."""

    ordinal: int
    source: str
    figure: str = ""
    value: str = ""


def keep_asks(task: Task, town: Division, asked: Iterable[NewAsk]) -> None:
    """Keep what a task asks for; each is matched to the catalogue and to the first time the same was asked."""
    day = local_day(town, task.received_at)
    found = catalogue.offers(town, day)
    rows: list[Ask] = []
    unit = task.case.owner
    assert unit is not None  # a task is opened with the command centre as owner
    for number, one in enumerate(asked, start=1):
        offer, place = catalogue.proposed(one.text, town, day, found)
        period = period_of(one.text, day)
        if offer is not None and offer.timed and not period:
            period = f"{day:%Y-%m}"
        subject = offer.code if offer else subject_of(one.text)
        subject = f"{subject}@{place.code}" if place else subject
        kind = Ask.Kind.FIGURE if offer else Ask.Kind.FIELD if task.way == Task.Way.FORM else Ask.Kind.TEXT
        row = Ask(task=task, town=town, ordinal=number, text=one.text, subject=subject[:120], kind=kind, place=place)
        row.figure, row.period = (offer.code, _period(offer, period, day)) if offer else ("", period)
        row.unit = unit
        rows.append(row)
    _remember(rows, town)
    Ask.objects.bulk_create(rows)


def _period(offer: catalogue.Offer, said: str, day: date) -> str:
    """Return the period of a figure: what stands at one moment is another figure on another day."""
    if offer.timed:
        return said
    return f"{day:%Y-%m-%d}" if offer.part else ""


def _remember(rows: list[Ask], town: Division) -> None:
    """Tie each to the first time the same was asked, also within this task. One statement."""
    first: dict[tuple[str, str], Ask] = {}
    for one in Ask.objects.filter(town=town, subject__in=[row.subject for row in rows], first=None).order_by(
        "task__received_at", "ordinal"
    ):
        first.setdefault((one.subject, one.period), one)
    for row in rows:
        known = first.setdefault((row.subject, row.period), row)
        row.first = known if known is not row else None


def fill(
    *, acting: Acting, task: Task, stamp: str, version: int | None, filled: Sequence[Filled], key: str | None = None
) -> None:
    """Answer some of what a task asks for; what was given is kept in the journal, since none of it is personal.

    `stamp` is that of the answers the page showed.

    Raises
    ------
    ConflictError : somebody filled in something since.
    InvalidInputError : a figure that does not exist, an empty or a personal value, at `value-<number>`.
    RefusedError : the task is no longer open for it.
    """
    asks = list(task.asks.select_related("place", "first").order_by("ordinal"))
    chosen = {one.ordinal: one for one in filled if one.source}
    if stamp != stamp_of(asks):
        if all(_same(one, chosen[one.ordinal]) for one in asks if one.ordinal in chosen):
            return  # the same form sent twice
        raise ConflictError("exchange.tasks.filled_meanwhile", number=task.case.number)
    rows = [_answered(one, chosen[one.ordinal], task) for one in asks if one.ordinal in chosen]
    if not rows:
        raise InvalidInputError("exchange.tasks.nothing_filled")
    now = moment.now()
    _generate([row for row in rows if row.source == GENERATED], task, now)
    given = {"answers": [_kept(row) for row in rows]}
    act = MakeMove(case=task.pk, move="fill", version=version, given=given, key=key)
    in_one(acting, act, lambda: _write(rows, now))


def _same(ask: Ask, said: Filled) -> bool:
    return ask.source == said.source and (said.source != TYPED or ask.value == said.value.strip())


def _answered(ask: Ask, said: Filled, task: Task) -> Ask:
    field = f"value-{ask.ordinal}"
    ask.source, ask.value, ask.taken_from, ask.query, ask.as_of = said.source, "", None, {}, None
    if said.source == TYPED:
        ask.value = said.value.strip()
        if not ask.value:
            raise InvalidInputError("exchange.tasks.value_needed", field=field)
        if len(ask.value) > LONGEST:
            raise InvalidInputError("exchange.tasks.value_too_long", field=field, most=LONGEST)
        if looks_personal(ask.value):
            raise InvalidInputError("exchange.tasks.personal", field=field)
    elif said.source == REPEATED:
        earlier = earlier_than(ask)
        if earlier is None:
            raise InvalidInputError("exchange.tasks.no_earlier", field=field)
        ask.value, ask.taken_from, ask.query, ask.as_of = earlier.value, earlier, earlier.query, earlier.as_of
    elif said.source == GENERATED:
        ask.figure = said.figure or ask.figure
    elif said.source != UNKNOWN:
        raise InvalidInputError("exchange.tasks.no_such_source", field=field)
    return ask


def _generate(rows: Sequence[Ask], task: Task, as_of: datetime) -> None:
    """Fill in figures that the town has. One that no source gives is refused: unknown is said as unknown."""
    if not rows:
        return
    found = catalogue.offers(task.town, local_day(task.town, as_of))
    wanted = {row.ordinal: catalogue.Wanted(code=row.figure, period=row.period, place=row.place_id) for row in rows}
    worth = catalogue.worths(wanted, found, task.town, as_of)
    for row in rows:
        one = worth.get(row.ordinal)
        if one is None or not one.text:
            raise InvalidInputError("exchange.tasks.no_source", field=f"value-{row.ordinal}")
        row.value, row.query, row.as_of = one.text, {"list": one.query, "total": one.total_query}, one.as_of


def _kept(row: Ask) -> dict[str, Any]:
    kept = {
        "ask": row.ordinal,
        "source": str(row.source),
        "value": row.value,
        "figure": row.figure if row.source == GENERATED else "",
        "first": row.taken_from.task.case.number if row.taken_from else "",
    }
    return {name: value for name, value in kept.items() if value}


def _write(rows: Sequence[Ask], at: datetime) -> None:
    for row in rows:
        row.answered_at = at
    Ask.objects.bulk_update(rows, ["source", "value", "taken_from", "query", "as_of", "figure", "answered_at"])


def answer_rest(task: Task, as_of: datetime | None) -> None:
    """Answer what is still open from what exists: the earlier answer, else the figure, else it is unknown."""
    now = moment.now()
    moment_of = min(as_of or now, now)
    rows = []
    for ask, best in best_of(task, moment_of):
        if ask.source:
            continue
        _take(ask, best)
        rows.append(ask)
    if rows:
        _write(rows, now)


def _take(ask: Ask, best: Best) -> None:
    ask.source, ask.value = best.source, best.value
    ask.taken_from, ask.query, ask.as_of = best.earlier, dict(best.query), best.as_of


def ready(task: Task, as_of: datetime) -> list[Filled]:
    """Return what can be filled in without typing: earlier answers, and figures that exist."""
    return [
        Filled(ordinal=ask.ordinal, source=best.source)
        for ask, best in best_of(task, as_of)
        if not ask.source and best.source != UNKNOWN
    ]
