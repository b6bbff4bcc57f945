"""The pages of published figures: what the town head releases, and what the public reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from jinli.cases.figures import Asked, figures_for, minimum_of, months_until
from jinli.cases.models import Figure
from jinli.cases.services.figuring import INSIDE, PUBLISHERS, RELEASERS, publish_figure, release_figure, revoke_figure
from jinli.domain.errors import InvalidInputError
from jinli.domain.rates import DEFINITIONS, Audience, Rate
from jinli.site.definitions import Definition, definition
from jinli.site.figures import RateLine, period_of, rate_line, values_of
from jinli.site.promise_words import moment_words
from jinli.site.registers import own_name
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import organisations_by_code
from jinli.ui.parts import Crumb
from jinli.ui.words import has_words, say

MONTHS: Final = 12
PUBLISHABLE: Final = 3
PUBLISH, RELEASE, REVOKE = "publish", "release", "revoke"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of the history of a value: when, what was done, by which duty of which body, and the counts then."""

    when: str
    what: str
    who: str
    counts: str


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One published value.

    Attributes
    ----------
    offers : audiences the reader may release it to now, code and words.
    as_of : the moment of the value as the form sends it back.
    """

    id: UUID
    name: str
    period: str
    line: RateLine
    audience: str
    as_of: str
    as_of_text: str
    offers: tuple[tuple[str, str], ...]
    may_revoke: bool
    history: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True)
class Period:
    """The published values of one month."""

    code: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, kw_only=True)
class ReleasePage:
    """The page of the town head; `months` are those that may be counted and published now."""

    crumbs: tuple[Crumb, ...]
    months: tuple[str, ...]
    may_publish: bool
    may_release: bool
    periods: tuple[Period, ...]
    minimum: int


@dataclass(frozen=True, kw_only=True)
class PublicFigure:
    """One released value as the public reads it."""

    definition: Definition
    period: str
    rate: Rate
    left_out: tuple[tuple[str, int], ...]
    as_of: str
    released: str


@dataclass(frozen=True, kw_only=True)
class PublicPage:
    """The released figures of a town, newest month first; empty while nothing is released."""

    name: str
    figures: tuple[PublicFigure, ...]
    minimum: int


def release_page(acting: Acting, town: Division, now: datetime) -> ReleasePage:
    """Return what was published in the last twelve months, with its history, and what may be done."""
    may_release = bool(acting.roles & RELEASERS)
    first = period_of(town, months_until(town, now, MONTHS)[0][0])
    rows = list(figures_for(town, Audience.TOWN).filter(period__gte=first))
    order = list(DEFINITIONS)
    rows.sort(key=lambda row: order.index(row.code) if row.code in order else len(order))
    names = {code: own_name(body) for code, body in organisations_by_code(town).items()} if rows else {}
    periods = sorted({row.period for row in rows}, reverse=True)
    return ReleasePage(
        crumbs=(
            Crumb(label=say("site.board.title"), url=reverse("board:board")),
            Crumb(label=say("site.figures.title")),
        ),
        months=tuple(period_of(town, at) for at, _ in months_until(town, now, PUBLISHABLE)[::-1]),
        may_publish=bool(acting.roles & PUBLISHERS),
        may_release=may_release,
        periods=tuple(
            Period(
                code=period,
                rows=tuple(_row(row, town, names, now, may_release) for row in rows if row.period == period),
            )
            for period in periods
        ),
        minimum=minimum_of(town),
    )


def _rate(row: Figure, town: Division) -> Rate:
    return Rate(
        code=row.code,
        numerator=row.numerator or 0,
        denominator=row.denominator or 0,
        excluded=row.parts,
        minimum=minimum_of(town),
    )


def _asked(row: Figure) -> Asked:
    """Return the filter of a value, as it was when it was counted."""
    return Asked(
        part="",
        as_of=datetime.fromisoformat(row.filter["as_of"]),
        start=datetime.fromisoformat(row.filter["from"]),
        end=datetime.fromisoformat(row.filter["to"]),
    )


def _row(row: Figure, town: Division, names: Mapping[str, str], now: datetime, may_release: bool) -> FigureRow:
    widest = DEFINITIONS[row.code].widest
    wider = [one for one in (Audience.DISTRICT, Audience.PUBLIC) if widest.reaches(one) and one != row.audience]
    return FigureRow(
        id=row.pk,
        name=say(f"domain.rate.{row.code}.name"),
        period=row.period,
        line=rate_line(_rate(row, town), _asked(row), town),
        audience=say(f"domain.audience.{row.audience}"),
        as_of=row.as_of.isoformat(),
        as_of_text=moment_words(row.as_of, town, now),
        offers=tuple((str(one), say(f"site.figures.release.{one}")) for one in wider) if may_release else (),
        may_revoke=may_release and row.audience not in INSIDE,
        history=tuple(_told(one, town, names, now) for one in reversed(row.history)),
    )


def _told(one: Mapping[str, Any], town: Division, names: Mapping[str, str], now: datetime) -> Told:
    duty = f"town.role.{one['duty']}"
    return Told(
        when=moment_words(datetime.fromisoformat(one["at"]), town, now),
        what=say(f"site.figures.act.{one['act']}", audience=say(f"domain.audience.{one['audience']}")),
        who=" ".join((names.get(one["body"], one["body"]), say(duty) if has_words(duty) else one["duty"])),
        counts=f"{one['numerator']} ÷ {one['denominator']}",
    )


def act_on_figures(acting: Acting, town: Division, sent: Mapping[str, str], now: datetime) -> str:
    """Publish, release or revoke as the page asks, and return what to say about it. Raises as the services."""
    act = sent.get("act", "")
    if act == PUBLISH:
        months = {period_of(town, at): at for at, _ in months_until(town, now, PUBLISHABLE)}
        at = months.get(sent.get("period", ""))
        if at is None:
            raise InvalidInputError("cases.figure.period", field="period")
        for value in values_of(town, at, now):
            publish_figure(acting=acting, town=town, value=value)
        return say("site.figures.published", period=sent["period"])
    figure = UUID(sent.get("figure", ""))
    if act == RELEASE:
        row = release_figure(
            acting=acting,
            figure=figure,
            audience=sent.get("audience", ""),
            as_of=datetime.fromisoformat(sent.get("as_of", "")),
        )
        return say("site.figures.released", name=_name(row), audience=say(f"domain.audience.{row.audience}"))
    if act != REVOKE:
        raise InvalidInputError("cases.figure.act", field="act")
    return say("site.figures.revoked", name=_name(revoke_figure(acting=acting, figure=figure)))


def _name(row: Figure) -> str:
    return say("site.figures.one", name=say(f"domain.rate.{row.code}.name"), period=row.period)


def public_page(town: Division) -> PublicPage:
    """Return what the town released to the public of its own services. One statement."""
    rows = [
        row
        for row in figures_for(town, Audience.PUBLIC).filter(body=None)
        if row.code in DEFINITIONS and DEFINITIONS[row.code].widest is Audience.PUBLIC
    ]
    return PublicPage(
        name=own_name(town),
        figures=tuple(_public(row, town) for row in rows),
        minimum=minimum_of(town),
    )


def _public(row: Figure, town: Division) -> PublicFigure:
    long_ago = row.as_of.replace(year=row.as_of.year - 1, day=1)
    zone = ZoneInfo(town.zone)
    return PublicFigure(
        definition=definition(row.code, town),
        period=row.period,
        rate=_rate(row, town),
        left_out=tuple((say(f"domain.rate.left_out.{name}"), count) for name, count in row.parts.items()),
        as_of=moment_words(row.as_of, town, long_ago),
        released=f"{row.released_at.astimezone(zone):%Y-%m-%d}" if row.released_at else "",
    )
