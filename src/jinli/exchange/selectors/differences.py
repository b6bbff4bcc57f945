"""Which differences wait, are disputed or settled: counted, grouped by source and kind, listed by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from jinli.cases.models import Case
from jinli.cases.search import matching
from jinli.exchange.models import Difference, Source
from jinli.town.acting import Acting

State = Difference.State
#: The three lists, and the states each holds.
LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "open": (State.OPEN,),
    "disputed": (State.DISPUTED,),
    "settled": (State.ACCEPTED, State.GONE),
}
#: How many rows a group shows among others, and how many alone.
FIRST: Final = 10
ALONE: Final = 50


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for; `after` is the key of a page of one group."""

    which: str = "open"
    source: str = ""
    kind: str = ""
    text: str = ""
    after: str = ""

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """The parts of the address that no filter changes."""
        return (("which", self.which),) if self.which != "open" else ()

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The filters as the address has them."""
        return tuple((name, value) for name, value in (("source", self.source), ("kind", self.kind)) if value)

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chosen or self.text)

    @property
    def one_group(self) -> bool:
        """Whether one group alone is asked for, which goes on by key."""
        return bool(self.source and self.kind)

    def url(self, base: str, **changes: Any) -> str:
        """Return the address of this list with some changes; a change begins again at the first page."""
        new = replace(self, **{"after": "", **changes})
        rest = tuple((name, value) for name, value in (("q", new.text), ("after", new.after)) if value)
        query = urlencode((*new.kept, *new.chosen, *rest))
        return f"{base}?{query}" if query else base


def read(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for; what it does not know it leaves out."""
    which, source, after = query.get("which", ""), query.get("source", ""), query.get("after", "")
    return Asked(
        which=which if which in LISTS else "open",
        source=source if source.isdecimal() and len(source) < 10 else "",
        kind=query.get("kind", "")[:20],
        text=query.get("q", "").strip()[:100],
        after=after if after.isdecimal() and len(after) < 18 else "",
    )


def found_differences(acting: Acting, asked: Asked) -> QuerySet[Difference]:
    """Return the differences of the town that fit."""
    rows = Difference.objects.filter(town=acting.town, state__in=LISTS[asked.which])
    if asked.source:
        rows = rows.filter(mirror__source=int(asked.source))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.text:
        cases = matching(Case.objects.filter(town=acting.town), asked.text)
        rows = rows.filter(Q(mirror__foreign_number__icontains=asked.text) | Q(mirror__case__in=cases.values("pk")))
    return rows


def counts_by_list(acting: Acting) -> dict[str, int]:
    """Return how many each list holds. One query."""
    rows = Difference.objects.filter(town=acting.town).values("state").annotate(count=Count("pk"))
    found = {row["state"]: row["count"] for row in rows}
    return {name: sum(found.get(state, 0) for state in states) for name, states in LISTS.items()}


def counts_by_group(acting: Acting, asked: Asked) -> dict[tuple[int, str], tuple[int, int]]:
    """Return (source, kind) -> how many, and the highest id among them. One query."""
    rows = found_differences(acting, asked).values("mirror__source", "kind")
    counted = rows.annotate(count=Count("pk"), last=Max("pk")).order_by()
    return {(row["mirror__source"], row["kind"]): (row["count"], row["last"]) for row in counted}


def rows_of(acting: Acting, asked: Asked) -> list[Difference]:
    """Return a page of one group and one row more, or the first rows of every group. One query."""
    rows = found_differences(acting, asked)
    if asked.one_group:
        if asked.after:
            rows = rows.filter(pk__lt=int(asked.after))
        return list(_joined(rows).order_by("-pk")[: ALONE + 1])
    place = Window(RowNumber(), partition_by=[F("mirror__source"), F("kind")], order_by=F("pk").desc())
    return list(_joined(rows.annotate(place=place).filter(place__lte=FIRST)).order_by("-pk"))


def whole(acting: Acting, asked: Asked) -> QuerySet[Difference]:
    """Return every difference of the list, for exports."""
    return _joined(found_differences(acting, asked)).order_by("mirror__source__name", "kind", "-pk")


def one_of(acting: Acting, difference: int) -> Difference:
    """Return one difference. Raises Difference.DoesNotExist for another town's."""
    return _joined(Difference.objects.filter(town=acting.town)).get(pk=difference)


def about_case(case: Any) -> list[Difference]:
    """Return what is open, disputed or was accepted about one case. One query."""
    rows = Difference.objects.filter(mirror__case=case).exclude(state=State.GONE)
    return list(_joined(rows).order_by("pk"))


def sources_of(acting: Acting) -> dict[int, Source]:
    """Return the sources of the town with who watches them, by id. One query."""
    rows = Source.objects.filter(town=acting.town).select_related("watched_by").order_by("name")
    return {source.pk: source for source in rows}


def _joined(rows: QuerySet[Difference]) -> QuerySet[Difference]:
    return rows.select_related(
        "mirror__case__place", "mirror__source", "run", "decided_by", "mirror__case__handler_body"
    )
