"""The burden meter: what is asked of the town, by asking body and month; the goal is nothing typed twice.

Each count and its list are one condition. Bodies stand in the order of the register; nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse

from jinli.cases.book import book_of
from jinli.cases.export import Table
from jinli.cases.figures import month_of, months_until
from jinli.cases.models import Entry
from jinli.cases.selectors.names import named
from jinli.domain.errors import InvalidInputError
from jinli.domain.inbound import bounds_of
from jinli.exchange.models import Ask, Task
from jinli.exchange.selectors.task_pages import period_words
from jinli.exchange.selectors.tasks import OUTSIDE
from jinli.town.models import Division, Organisation
from jinli.ui.parts import Crumb, PageKeys
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

MONTHS: Final = 6
PAGE: Final = 100
MOST: Final = 20_000
NAMED: Final = "name:"
#: Conditions over tasks and over questions; a count and the list behind it use the same.
OF_TASKS: Final[Mapping[str, Q]] = {
    "tasks": Q(),
    "forms": Q(forms__gt=0),
    "outside": Q(Exists(Entry.objects.filter(case=OuterRef("pk"), move__in=OUTSIDE))),
}
OF_ASKS: Final[Mapping[str, Q]] = {
    "fields": Q(),
    "again": Q(first__isnull=False),
    "generated": Q(source=Ask.Origin.GENERATED),
    "repeated": Q(source=Ask.Origin.REPEATED),
    "typed": Q(source=Ask.Origin.TYPED),
    "unknown": Q(source=Ask.Origin.UNKNOWN),
    "waiting": Q(source=""),
    "typed_twice": Q(source=Ask.Origin.TYPED, first__isnull=False),
}
COLUMNS: Final = (
    "tasks", "forms", "fields", "again", "generated", "repeated", "typed", "unknown", "waiting", "typed_twice",
    "outside",
)  # fmt: skip
Counts = dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A count and the list behind it; a nought has none."""

    count: int
    url: str
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class BurdenRow:
    """One asking body, or one month, with its counts in the order of the columns."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class BurdenPage:
    """The page of a month."""

    month: str
    month_words: str
    months: tuple[tuple[str, str, bool], ...]
    columns: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    rows: tuple[BurdenRow, ...]
    total: BurdenRow
    history: tuple[BurdenRow, ...]
    goal: str
    reached: bool
    csv_url: str
    xlsx_url: str


@dataclass(frozen=True, kw_only=True)
class Behind:
    """What a list behind a count asks for."""

    what: str
    month: str
    asker: str = ""


@dataclass(frozen=True, kw_only=True)
class BehindRow:
    """A task, or one question of it."""

    number: str
    url: str
    title: str
    asker: str
    received: str
    state: str


@dataclass(frozen=True, kw_only=True)
class BehindPage:
    """The list behind a count."""

    title: str
    definition: str
    crumbs: tuple[Crumb, ...]
    month: str
    asker: str
    total: int
    forms: int | None
    rows: tuple[BehindRow, ...]
    keys: PageKeys
    csv_url: str
    xlsx_url: str


def month_read(text: str, town: Division, now: datetime) -> str:
    """Return the month an address asks for, the present one when it cannot be read."""
    known = len(text) == 7 and bounds_of(text, town.zone) is not None
    return text if known and text[5:].isdecimal() else f"{month_of(town, now)[0]:%Y-%m}"


def burden_page(town: Division, month: str, now: datetime) -> BurdenPage:
    """Return the burden of a month by asking body, and of the months up to now in total. Five statements."""
    by_asker = _by_asker(town, month)
    labels = _labels(by_asker)
    total = _summed(by_asker.values())
    months = [f"{first:%Y-%m}" for first, _ in months_until(town, now, MONTHS)]
    history = _by_month(town, months)
    base = reverse("exchange:burden")
    export = f"{base}?{urlencode({'month': month})}"
    shown = months if month in months else [month, *months]
    return BurdenPage(
        month=month,
        month_words=period_words(month),
        months=tuple((one, period_words(one), one == month) for one in reversed(shown)),
        columns=tuple(say(f"exchange.burden.{name}") for name in COLUMNS),
        definitions=tuple(
            (say(f"exchange.burden.{name}"), say(f"exchange.burden.{name}.definition")) for name in COLUMNS
        ),
        rows=tuple(_row(label, by_asker[key], month, key) for key, label in labels),
        total=_row(say("exchange.burden.total"), total, month, ""),
        history=tuple(_row(period_words(one), history[one], one, "") for one in reversed(months)),
        goal=say("exchange.burden.goal", count=total["typed_twice"], typed=total["typed"], fields=total["fields"]),
        reached=not total["typed_twice"],
        csv_url=f"{export}&as=csv",
        xlsx_url=f"{export}&as=xlsx",
    )


def _in(month: str, town: Division, prefix: str = "") -> Q:
    bounds = bounds_of(month, town.zone)
    assert bounds is not None
    return Q(**{f"{prefix}received_at__gte": bounds[0], f"{prefix}received_at__lt": bounds[1]})


def _key(asker: int | None, name: str) -> str:
    return str(asker) if asker else f"{NAMED}{name}"


def _by_asker(town: Division, month: str) -> dict[str, Counts]:
    """Return the counts of a month by asking body. Two statements."""
    found: dict[str, Counts] = {}
    tasks: Any = Task.objects.filter(_in(month, town), town=town).order_by().values("asker", "asker_name")
    outside = Count("pk", filter=OF_TASKS["outside"])
    for row in tasks.annotate(n_tasks=Count("pk"), n_forms=Sum("forms"), n_outside=outside):
        held = found.setdefault(_key(row["asker"], row["asker_name"]), dict.fromkeys(COLUMNS, 0))
        for name in OF_TASKS:
            held[name] += row[f"n_{name}"] or 0
    asks: Any = Ask.objects.filter(_in(month, town, "task__"), town=town).order_by()
    sums = {f"n_{name}": Count("pk", filter=where) for name, where in OF_ASKS.items()}
    for row in asks.values("task__asker", "task__asker_name").annotate(**sums):
        held = found.setdefault(_key(row["task__asker"], row["task__asker_name"]), dict.fromkeys(COLUMNS, 0))
        for name in OF_ASKS:
            held[name] += row[f"n_{name}"]
    return found


def _by_month(town: Division, months: list[str]) -> dict[str, Counts]:
    """Return the counts of some months in total. Two statements."""
    tasks: dict[str, Any] = {}
    asks: dict[str, Any] = {}
    for number, month in enumerate(months):
        here, there = _in(month, town), _in(month, town, "task__")
        tasks |= {
            f"m{number}_tasks": Count("pk", filter=here),
            f"m{number}_forms": Sum("forms", filter=here),
            f"m{number}_outside": Count("pk", filter=here & OF_TASKS["outside"]),
        }
        asks |= {f"m{number}_{name}": Count("pk", filter=there & where) for name, where in OF_ASKS.items()}
    got = Task.objects.filter(town=town).aggregate(**tasks) | Ask.objects.filter(town=town).aggregate(**asks)
    return {month: {name: got[f"m{number}_{name}"] or 0 for name in COLUMNS} for number, month in enumerate(months)}


def _labels(found: Mapping[str, Counts]) -> list[tuple[str, str]]:
    """Return the askers: bodies in the order of the register, then names as stated. One statement."""
    ids = [int(key) for key in found if not key.startswith(NAMED)]
    bodies = Organisation.objects.filter(pk__in=ids).order_by("kind", "code") if ids else []
    stated = sorted(key for key in found if key.startswith(NAMED))
    return [*((str(one.pk), named(one)) for one in bodies), *((key, key.removeprefix(NAMED)) for key in stated)]


def _summed(found: Any) -> Counts:
    total = dict.fromkeys(COLUMNS, 0)
    for one in found:
        for name in COLUMNS:
            total[name] += one[name]
    return total


def _row(label: str, counts: Counts, month: str, asker: str) -> BurdenRow:
    return BurdenRow(
        label=label,
        cells=tuple(
            Cell(
                count=counts[name],
                url=behind_url(Behind(what=name, month=month, asker=asker)) if counts[name] else "",
                strong=name == "typed_twice" and counts[name] > 0,
            )
            for name in COLUMNS
        ),
    )


def burden_table(page: BurdenPage) -> Table:
    """Return the burden of a month as a table; the total stands last."""
    return Table(
        name=f"burden-{page.month}",
        heads=[say("exchange.burden.asker"), *page.columns],
        rows=[[row.label, *(cell.count for cell in row.cells)] for row in (*page.rows, page.total)],
    )


def behind_url(wish: Behind) -> str:
    """Return the address of the list behind a count."""
    query = {"what": wish.what, "month": wish.month, "asker": wish.asker}
    return f"{reverse('exchange:burden-list')}?{urlencode({name: value for name, value in query.items() if value})}"


def behind_read(query: Mapping[str, str], town: Division, now: datetime) -> Behind:
    """Return what an address asks for. Raises InvalidInputError for a count that does not exist."""
    what, asker = query.get("what", ""), query.get("asker", "")[:90]
    if what not in OF_TASKS and what not in OF_ASKS:
        raise InvalidInputError("cases.figure.no_such_part", field="what", found=what[:40])
    if not (asker.isdecimal() or asker.startswith(NAMED)):
        asker = ""
    return Behind(what=what, month=month_read(query.get("month", ""), town, now), asker=asker)


def behind_rows(wish: Behind, town: Division) -> QuerySet[Any]:
    """Return the rows behind a count: tasks, or questions."""
    prefix = "" if wish.what in OF_TASKS else "task__"
    where = _in(wish.month, town, prefix)
    if wish.asker.startswith(NAMED):
        where &= Q(**{f"{prefix}asker": None, f"{prefix}asker_name": wish.asker.removeprefix(NAMED)})
    elif wish.asker:
        where &= Q(**{f"{prefix}asker": int(wish.asker)})
    if wish.what in OF_TASKS:
        tasks = Task.objects.filter(where, OF_TASKS[wish.what], town=town)
        return tasks.select_related("case", "asker").order_by("received_at", "pk")
    asks = Ask.objects.filter(where, OF_ASKS[wish.what], town=town)
    return asks.select_related("task__case", "task__asker").order_by("task__received_at", "task", "ordinal")


def behind_page(wish: Behind, town: Division, now: datetime, after: str = "") -> BehindPage:
    """Return one page of the list behind a count. Three statements."""
    found = behind_rows(wish, town)
    total, start = found.count(), int(after) if after.isdecimal() else 0
    rows = list(found[start : start + PAGE])
    base, title = behind_url(wish), say(f"exchange.burden.{wish.what}")
    burden = f"{reverse('exchange:burden')}?{urlencode({'month': wish.month})}"
    return BehindPage(
        title=title,
        definition=say(f"exchange.burden.{wish.what}.definition"),
        crumbs=(
            Crumb(label=say("exchange.tasks.title"), url=reverse("exchange:tasks")),
            Crumb(label=say("exchange.burden.title"), url=burden),
            Crumb(label=title),
        ),
        month=period_words(wish.month),
        asker=_row_of(rows[0], town, now).asker if wish.asker and rows else "",
        total=total,
        forms=found.aggregate(sheets=Sum("forms"))["sheets"] or 0 if wish.what == "forms" else None,
        rows=tuple(_row_of(one, town, now) for one in rows),
        keys=PageKeys(
            shown=len(rows),
            total=total,
            first_url=base if start else "",
            next_url=f"{base}&after={start + PAGE}" if start + len(rows) < total else "",
        ),
        csv_url=f"{base}&as=csv",
        xlsx_url=f"{base}&as=xlsx",
    )


def _row_of(one: Any, town: Division, now: datetime) -> BehindRow:
    calendar = book_of(town).calendar
    local = now.astimezone(calendar.zone)
    task: Task = one if isinstance(one, Task) else one.task
    if isinstance(one, Task):
        url, title = reverse("exchange:task", args=[task.pk]), task.case.title
        state = say("exchange.burden.sheets", count=one.forms) if one.forms else ""
    else:
        url, title = reverse("exchange:ask", args=[one.pk]), one.text
        state = f"{say(f'exchange.source.{one.source}')} {one.value}".strip() if one.source else say("exchange.source.")
    return BehindRow(
        number=task.case.number,
        url=url,
        title=title,
        asker=named(task.asker) if task.asker else task.asker_name,
        received=word_moment(task.received_at, lang=tongue(), now=local, calendar=calendar),
        state=state,
    )


def behind_table(wish: Behind, town: Division, now: datetime) -> Table:
    """Return the whole list behind a count as a table."""
    names = ("number", "what", "asker", "received", "state")
    stamp = f"{now.astimezone(ZoneInfo(town.zone)):%Y%m%d-%H%M}"
    heads = [say(f"exchange.burden.column.{name}") for name in names]
    return Table(name=f"burden-{wish.what}-{stamp}", heads=heads, rows=_cells(wish, town, now))


def _cells(wish: Behind, town: Division, now: datetime) -> Iterator[list[str]]:
    for one in behind_rows(wish, town)[:MOST]:
        row = _row_of(one, town, now)
        yield [row.number, row.title, row.asker, row.received, row.state]
