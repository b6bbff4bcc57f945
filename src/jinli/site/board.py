"""The board of the town head: promises at risk, whistles in the air, honest rates, villages, and what is not ours.

Read in a fixed number of statements however many cases there are. Every number carries the address of its list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Case as When
from django.db.models import CharField, Count, Q, Value
from django.db.models import When as If

from jinli.cases.figures import NOWHERE, PROMISE, Asked, counts, live, minimum_of, month_of, months_until
from jinli.cases.models import Clock, Entry, Figure
from jinli.domain.rates import Audience, OnTime, Rate
from jinli.site.board_whistles import WhistleBox, whistle_box
from jinli.site.definitions import Definition, definition
from jinli.site.facts import board_facts
from jinli.site.figures import (
    ARROWS,
    BUILT,
    INDUSTRY,
    OF_BOARD,
    PARTS,
    REFORM,
    RENEWAL,
    Excluded,
    Linked,
    RateLine,
    list_url,
    of_arrow,
    period_of,
    questions,
    rate_line,
    rates,
    rows_of,
)
from jinli.site.matters import MattersBox, matters_asked, matters_box
from jinli.site.promise_words import PromiseLine, case_url, moment_words, promise_line
from jinli.site.registers import own_name
from jinli.town.models import Division, DutyLine, Place, Status, TownFact
from jinli.town.selectors import VILLAGE_KINDS, chain_of, facts_of, local_day
from jinli.ui.parts import Fact
from jinli.ui.rates import percent_text
from jinli.ui.wording_time import word_day
from jinli.ui.words import say, tongue

RISKS: Final = 3
MONTHS: Final = 6
OUTSIDE: Final = 4
RATES: Final = ("response", "resolution", "satisfaction", "whistle")


@dataclass(frozen=True, kw_only=True)
class ArrowBox:
    """One of the three directions; without a line of work under it there is nothing to count, and it says so."""

    code: str
    title: str
    built: bool
    open: Linked
    late: Linked
    near: Linked
    at_risk: Linked
    risks: tuple[PromiseLine, ...]
    about: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of the on-time line."""

    label: str
    rate: Rate
    percent: str
    url: str
    total_url: str


@dataclass(frozen=True, kw_only=True)
class OnTimeBox:
    """The on-time rate with the three counts of its denominator, and the flattering figure that is not used."""

    span: str
    figure: OnTime
    kept: Linked
    done_late: Linked
    open_late: Linked
    total: Linked
    ended: Linked
    excluded: tuple[Excluded, ...]
    months: tuple[Month, ...]
    released: str


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One village with its open promises; `known` is False while no source names it."""

    name: str
    known: bool
    open: Linked
    late: Linked


@dataclass(frozen=True, kw_only=True)
class Tiles:
    """All villages in the order of the register; with what has no village they add up to the total."""

    tiles: tuple[Tile, ...]
    open: Linked
    late: Linked
    units: int
    known: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """One matter that is not the town's: the line of the duty list that says so, and whose it is."""

    number: str
    title: str
    url: str
    line: str
    lead: str
    when: str


@dataclass(frozen=True, kw_only=True)
class Board:
    """The whole page as of one moment."""

    as_of: datetime
    now_text: str
    warn_share: int
    minimum: int
    arrows: tuple[ArrowBox, ...]
    matters: MattersBox
    whistles: WhistleBox
    on_time: OnTimeBox
    rates: tuple[RateLine, ...]
    definitions: tuple[Definition, ...]
    villages: Tiles
    outside: Linked
    elsewhere: tuple[Elsewhere, ...]


def board(town: Division, as_of: datetime) -> Board:
    """Return the board of a town as it stands at a moment."""
    asked = Asked(part="", as_of=as_of)
    start, end = month_of(town, as_of)
    month = Asked(part="", as_of=as_of, start=start, end=end)
    months = months_until(town, as_of, MONTHS)
    wanted = questions(month, OF_BOARD) | {"outside": month.of("outside")}
    wanted |= matters_asked(asked, month)
    wanted |= {name: asked.of(name) for name in ("whistles", "whistles.unsigned", "whistles.refused")}
    for number, (first, last) in enumerate(months):
        span = Asked(part="", as_of=as_of, start=first, end=last)
        wanted |= {f"month{number}.{name}": span.of(f"on_time.{name}") for name in ("kept", "total")}
    found = counts(wanted, town, PARTS)
    all_rates, on_times = rates(found, minimum_of(town), OF_BOARD)
    open_rows, facts = _open_rows(asked, town), tuple(facts_of(town))
    return Board(
        as_of=as_of,
        now_text=moment_words(as_of, town, start.replace(year=start.year - 1)),
        warn_share=int(town.settings.get("warn_share", 30)),
        minimum=minimum_of(town),
        arrows=tuple(_arrow(code, asked, town, open_rows, facts) for code in ARROWS),
        matters=matters_box(asked, month, found, town),
        whistles=whistle_box(asked, found, town),
        on_time=_on_time(on_times["on_time"], month, months, found, town),
        rates=tuple(rate_line(all_rates[code], month, town) for code in RATES),
        definitions=tuple(definition(code, town) for code in ("on_time", *RATES)),
        villages=_tiles(asked, town, open_rows),
        outside=Linked(count=found["outside"], url=list_url(month.of("outside"))),
        elsewhere=_elsewhere(month, town),
    )


def _open_rows(asked: Asked, town: Division) -> list[dict[str, Any]]:
    """Return how many promises are open, overdue and near, by place and arrow. One statement."""
    arrow = When(If(of_arrow(RENEWAL, "case__"), then=Value(RENEWAL)), default=Value(REFORM), output_field=CharField())
    late, near = Q(due_at__lte=asked.as_of), Q(due_at__gt=asked.as_of, warn_at__lte=asked.as_of)
    rows = Clock.objects.filter(PROMISE & live(asked), town=town).annotate(arrow=arrow)
    found = rows.order_by().values("case__place", "arrow")
    found = found.annotate(open=Count("pk"), late=Count("pk", filter=late), near=Count("pk", filter=near))
    return [dict(row) for row in found]


def _arrow(
    code: str, asked: Asked, town: Division, open_rows: Sequence[Mapping[str, Any]], facts: Sequence[TownFact]
) -> ArrowBox:
    mine = [row for row in open_rows if row["arrow"] == code]

    def linked(part: str, *names: str) -> Linked:
        of = Asked(part=part, as_of=asked.as_of, arrow=code)
        return Linked(count=sum(row[name] for row in mine for name in names), url=list_url(of))

    risks: tuple[PromiseLine, ...] = ()
    if code in BUILT:
        rows = rows_of(Asked(part="at_risk", as_of=asked.as_of, arrow=code), town)
        rows = rows.select_related("case", "case__place", "owed_by", "owed_to")[:RISKS]
        risks = tuple(promise_line(clock, town, asked.as_of) for clock in rows)
    unknown = (Fact(label=say("site.board.targets"), value=None),) if code == INDUSTRY else ()
    return ArrowBox(
        code=code,
        title=say(f"site.board.arrow.{code}"),
        built=code in BUILT,
        open=linked("open", "open"),
        late=linked("late", "late"),
        near=linked("near", "near"),
        at_risk=linked("at_risk", "late", "near"),
        risks=risks,
        about=say(f"site.board.arrow.{code}.about"),
        facts=board_facts(facts, code) or unknown,
    )


def _on_time(
    figure: OnTime,
    month: Asked,
    months: Sequence[tuple[datetime, datetime]],
    found: Mapping[str, int],
    town: Division,
) -> OnTimeBox:
    zone = ZoneInfo(town.zone)
    line = []
    for number, (first, last) in enumerate(months):
        span = Asked(part="", as_of=month.as_of, start=first, end=last)
        kept, total = found[f"month{number}.kept"], found[f"month{number}.total"]
        rate = Rate(code="on_time", numerator=kept, denominator=total, minimum=figure.minimum)
        line.append(
            Month(
                label=say(f"site.board.month.{first.astimezone(zone).month}"),
                rate=rate,
                percent=percent_text(kept, total) if rate.shown else "—",
                url=list_url(span.of("on_time.kept")),
                total_url=list_url(span.of("on_time.total")),
            )
        )

    def linked(name: str, count: int) -> Linked:
        return Linked(count=count, url=list_url(month.of(f"on_time.{name}")))

    first_day = word_day(months[-1][0].astimezone(zone).date(), lang=tongue(), now=month.as_of, weekday=False)
    return OnTimeBox(
        span=say("site.board.span", first=first_day, last=moment_words(month.as_of, town, month.as_of)),
        figure=figure,
        kept=linked("kept", figure.kept),
        done_late=linked("done_late", figure.done_late),
        open_late=linked("open_late", figure.open_late),
        total=linked("total", figure.rate.denominator),
        ended=linked("ended", figure.flattering.denominator),
        excluded=rate_line(
            Rate(code="on_time", numerator=0, denominator=0, excluded=figure.excluded), month, town
        ).excluded,
        months=tuple(line),
        released=_released(town, period_of(town, month.as_of)),
    )


def _released(town: Division, period: str) -> str:
    """Return who may see the month's figures: what is not released is said so."""
    wider = (str(Audience.DISTRICT), str(Audience.PUBLIC))
    rows = Figure.objects.filter(town=town, period=period, audience__in=wider)
    released = set(rows.values_list("audience", flat=True))
    widest = "public" if wider[1] in released else "district" if released else "nothing"
    return say(f"site.board.released.{widest}", minimum=minimum_of(town))


def _tiles(asked: Asked, town: Division, open_rows: Sequence[Mapping[str, Any]]) -> Tiles:
    """Return one tile for each unit of the register, known or not, and for every other place that has something."""
    sums: dict[int | None, list[int]] = {}
    for row in open_rows:
        held = sums.setdefault(row["case__place"], [0, 0])
        held[0] += row["open"]
        held[1] += row["late"]
    day = local_day(town, asked.as_of)
    valid = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))
    shown = (Q(kind__in=VILLAGE_KINDS) & valid) | Q(pk__in=[pk for pk in sums if pk is not None])
    places = list(Place.objects.filter(shown, town=town).order_by("ordinal", "code"))
    units = [one for one in places if one.kind in VILLAGE_KINDS]
    others = [one for one in places if one.kind not in VILLAGE_KINDS]
    tiles = [_tile(one, str(one.pk), sums.get(one.pk, [0, 0]), asked) for one in (*units, *others)]
    tiles.append(_tile(None, NOWHERE, sums.get(None, [0, 0]), asked))
    unknown = sum(one.status == Status.UNKNOWN for one in units)
    return Tiles(
        tiles=tuple(tiles),
        open=Linked(count=sum(one.open.count for one in tiles), url=list_url(asked.of("open"))),
        late=Linked(count=sum(one.late.count for one in tiles), url=list_url(asked.of("late"))),
        units=len(units),
        known=len(units) - unknown,
        unknown=unknown,
    )


def _tile(place: Place | None, key: str, sums: Sequence[int], asked: Asked) -> Tile:
    def linked(part: str, count: int) -> Linked:
        return Linked(count=count, url=list_url(Asked(part=part, as_of=asked.as_of, place=key)))

    known = place is None or place.status != Status.UNKNOWN
    name = say("site.board.no_place") if place is None else own_name(place) or say("site.board.unnamed")
    return Tile(name=name, known=known, open=linked("open", sums[0]), late=linked("late", sums[1]))


def _elsewhere(month: Asked, town: Division) -> tuple[Elsewhere, ...]:
    """Return the latest matters that are not the town's, with the line of the duty list each rests on."""
    rows: list[Entry] = list(
        rows_of(month.of("outside"), town).select_related("case").order_by("-happened_at")[:OUTSIDE]
    )
    given = {row.pk: json.loads(row.body).get("given", {}) for row in rows}
    codes = {str(one.get("duty_line", "")) for one in given.values()} - {""}
    lines: dict[str, DutyLine] = {}
    if codes:
        above = [one.pk for one in chain_of(town)]
        for line in DutyLine.objects.filter(code__in=codes, division__in=above).select_related("lead"):
            lines.setdefault(line.code, line)
    return tuple(_one_elsewhere(row, lines.get(str(given[row.pk].get("duty_line", ""))), town, month) for row in rows)


def _one_elsewhere(row: Entry, line: DutyLine | None, town: Division, month: Asked) -> Elsewhere:
    said = say("site.board.no_line")
    if line is not None:
        said = say("site.board.line", kind=say(f"town.duty_line.{line.kind}"), number=line.number or line.code)
    return Elsewhere(
        number=row.case.number,
        title=row.case.title,
        url=case_url(row.case),
        line=said,
        lead=own_name(line.lead) if line is not None and line.lead is not None else "",
        when=moment_words(row.happened_at, town, month.as_of),
    )
