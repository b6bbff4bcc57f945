"""The figures of government matters: every number with its list, whose time it took, and each item on its own.

Read in a fixed number of statements however many cases there are. Times and sums of fields are no rates; they stand
beside the list of the cases they were taken from.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from jinli.cases.editions import pinned
from jinli.cases.figures import Asked, counts, minimum_of, month_of, months_until
from jinli.cases.models import Entry
from jinli.domain.pace import Taken, median, taken
from jinli.lines.services.figures import FIGURES
from jinli.lines.services.selectors.items import item_names
from jinli.site.definitions import Definition, definition
from jinli.site.figures import PARTS, Linked, RateLine, list_url, period_of, questions, rate_line, rates, rows_of
from jinli.site.promise_words import moment_words
from jinli.town.models import Division
from jinli.ui.parts import Crumb, Scope
from jinli.ui.rates import percent_text
from jinli.ui.words import say

MONTHS: Final = 12
#: Months that the page offers to choose; older ones by their address.
OFFERED: Final = 6
SPECIAL: Final = ("special",)
_DAY: Final = timedelta(days=1)
_STANDING: Final = ("matters", "matters.open", "matters.late")
_OF_MONTH: Final = ("matters.received", "matters.ended")


@dataclass(frozen=True, kw_only=True)
class MattersBox:
    """What the board says of government matters: received this month, on time by law, overdue now."""

    received: Linked
    late: Linked
    by_law: RateLine
    url: str


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Whose time the matters took that ended in the month; texts of days, `-` while none ended.

    Attributes
    ----------
    ended : how many they are.
    share : the applicant's share of all the time, empty while none ended.
    """

    ended: Linked
    whole: str
    applicant: str
    special: str
    authority: str
    share: str


@dataclass(frozen=True, kw_only=True)
class Fields:
    """How many fields the forms of the month's applications asked, had filled in already, and asked again."""

    cases: Linked
    asked: int
    prefilled: int
    again: int


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One item: received and told once in the month, overdue now."""

    name: str
    received: Linked
    told: Linked
    late: Linked


@dataclass(frozen=True, kw_only=True)
class MattersPage:
    """The whole page of one month."""

    crumbs: tuple[Crumb, ...]
    period: str
    as_of: str
    months: tuple[Scope, ...]
    under_way: Linked
    open: Linked
    late: Linked
    received: Linked
    ended: Linked
    rates: tuple[RateLine, ...]
    pace: Pace
    fields: Fields
    items: tuple[ItemLine, ...]
    definitions: tuple[Definition, ...]
    minimum: int


def matters_asked(asked: Asked, month: Asked) -> dict[str, Asked]:
    """Return the counts that the box of the board needs."""
    found = questions(month, ("by_law",))
    return found | {"matters.late": asked.of("matters.late"), "matters.received": month.of("matters.received")}


def matters_box(asked: Asked, month: Asked, found: Mapping[str, int], town: Division) -> MattersBox:
    """Return the box of the board from its counts."""
    all_rates, _ = rates(found, minimum_of(town), ("by_law",))
    return MattersBox(
        received=_linked("matters.received", found, month),
        late=_linked("matters.late", found, asked),
        by_law=rate_line(all_rates["by_law"], month, town),
        url=reverse("board:matters"),
    )


def matters_page(town: Division, as_of: datetime, period: str = "") -> MattersPage:
    """Return the figures of one month as they stand now; a month that cannot be read is the present one."""
    spans = {period_of(town, first): (first, last) for first, last in months_until(town, as_of, MONTHS)}
    start, end = spans.get(period) or month_of(town, as_of)
    standing, month = Asked(part="", as_of=as_of), Asked(part="", as_of=as_of, start=start, end=end)
    wanted = questions(month, FIGURES) | {name: standing.of(name) for name in _STANDING}
    wanted |= {name: month.of(name) for name in _OF_MONTH}
    found = counts(wanted, town, PARTS)
    all_rates, _ = rates(found, minimum_of(town), FIGURES)
    chosen = period_of(town, start)
    return MattersPage(
        crumbs=(
            Crumb(label=say("site.board.title"), url=reverse("board:board")),
            Crumb(label=say("site.matters.title")),
        ),
        period=chosen,
        as_of=moment_words(as_of, town, as_of.replace(year=as_of.year - 1, day=1)),
        months=tuple(
            Scope(
                label=say(f"site.board.month.{int(one[-2:])}"),
                url=f"{reverse('board:matters')}?{urlencode({'month': one})}",
                current=one == chosen,
            )
            for one in sorted(spans)[-OFFERED:]
        ),
        under_way=_linked("matters", found, standing),
        open=_linked("matters.open", found, standing),
        late=_linked("matters.late", found, standing),
        received=_linked("matters.received", found, month),
        ended=_linked("matters.ended", found, month),
        rates=tuple(rate_line(all_rates[code], month, town) for code in FIGURES),
        pace=_pace(month, town),
        fields=_fields(month, town, found["prefilled.total"]),
        items=_items(standing, month, town),
        definitions=tuple(definition(code, town) for code in FIGURES),
        minimum=minimum_of(town),
    )


def _linked(name: str, found: Mapping[str, int], asked: Asked) -> Linked:
    return Linked(count=found[name], url=list_url(asked.of(name)))


def times(month: Asked, town: Division) -> Iterator[Taken]:
    """Yield whose time each matter took that ended in the month. Two statements."""
    cases = {case.pk: case for case in rows_of(month.of("matters.ended"), town)}
    entries = Entry.objects.filter(case__in=rows_of(month.of("matters.ended"), town).order_by().values("pk"))
    stages: dict[object, list[tuple[datetime, str]]] = {}
    for pk, move, at in entries.filter(track="case").order_by("case", "seq").values_list("case", "move", "happened_at"):
        held = stages.setdefault(pk, [])
        rule = pinned(town, cases[pk].procedure).case.moves.get(move)
        if rule is not None and rule.to != "same":
            # A deemed outcome happens at its due moment, which may lie before the entry written before it.
            held.append((max(at, held[-1][0]) if held else at, rule.to))
    for pk, case in cases.items():
        procedure = pinned(town, case.procedure)
        waiting = [code for code, stage in procedure.case.stages.items() if stage.waits_for == "reporter"]
        over = max(case.closed_at or month.as_of, stages[pk][-1][0])
        yield taken(stages[pk], waiting=waiting, special=SPECIAL, ended=over)


def _pace(month: Asked, town: Division) -> Pace:
    found = list(times(month, town))
    whole = sum((one.whole for one in found), timedelta())
    theirs = sum((one.applicant for one in found), timedelta())
    return Pace(
        ended=Linked(count=len(found), url=list_url(month.of("matters.ended"))),
        whole=_days(median(one.whole for one in found)),
        applicant=_days(median(one.applicant for one in found)),
        special=_days(median(one.special for one in found)),
        authority=_days(median(one.authority for one in found)),
        share=percent_text(int(theirs.total_seconds()), int(whole.total_seconds())) if whole else "",
    )


def _days(span: timedelta | None) -> str:
    return "-" if span is None else say("site.matters.days", days=f"{span / _DAY:.1f}")


def _fields(month: Asked, town: Division, cases: int) -> Fields:
    """Return the sums of fields over the applications of the month. One statement."""
    asked = month.of("prefilled.total")
    rows = Entry.objects.filter(seq=1, case__in=rows_of(asked, town).order_by().values("pk"))
    sums: Counter[str] = Counter()
    for body in rows.values_list("body", flat=True):
        sums.update({name: int(many) for name, many in json.loads(body)["facts"]["counts"].items()})
    return Fields(
        cases=Linked(count=cases, url=list_url(asked)),
        asked=sums["asked"],
        prefilled=sums["prefilled"],
        again=sums["changed"],
    )


def _items(standing: Asked, month: Asked, town: Division) -> tuple[ItemLine, ...]:
    """Return every item that has something to count. Three statements."""
    received = _by_item(month.of("matters.received"), town, "class_code")
    told = _by_item(month.of("told_once.told"), town, "class_code")
    late = _by_item(standing.of("matters.late"), town, "case__class_code")
    names = item_names(town)

    def linked(asked: Asked, found: Mapping[str, int], code: str) -> Linked:
        return Linked(count=found.get(code, 0), url=list_url(replace(asked, matter=code)))

    codes = sorted(
        {*received, *told, *late} - {""}, key=lambda code: (-late.get(code, 0), -received.get(code, 0), code)
    )
    return tuple(
        ItemLine(
            name=names.get(code, code),
            received=linked(month.of("matters.received"), received, code),
            told=linked(month.of("told_once.told"), told, code),
            late=linked(standing.of("matters.late"), late, code),
        )
        for code in codes
    )


def _by_item(asked: Asked, town: Division, field: str) -> dict[str, int]:
    rows = rows_of(asked, town).order_by().values_list(field).annotate(many=Count("pk"))
    return {str(code): int(many) for code, many in rows}
