"""The page of differences: groups by source and kind, each row from here to there with who owns the truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.urls import reverse

from jinli.cases.export import MOST, Table
from jinli.cases.pages.queue_page import Filter, filter_of
from jinli.cases.selectors.names import named
from jinli.exchange.models import Difference, Source
from jinli.exchange.rows.comparing import CLOSED_MOVED, OWNERS, REOPENED, STARTED, VANISHED
from jinli.exchange.selectors.differences import (
    ALONE,
    LISTS,
    Asked,
    counts_by_group,
    counts_by_list,
    found_differences,
    one_of,
    rows_of,
    sources_of,
    whole,
)
from jinli.exchange.services.reconciling import AT_ONCE
from jinli.town.acting import Acting
from jinli.town.ids import new_id
from jinli.town.models import Division
from jinli.ui.parts import Conflict, Crumb, Fact, Meanwhile, PageKeys, Scope
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

#: Groups in the order in which they are worked through, and how each is drawn.
ICONS: Final = {VANISHED: "slash", STARTED: "calendar", REOPENED: "back", CLOSED_MOVED: "clock"}
_STATE_ICONS: Final = {"open": "question", "accepted": "tick", "disputed": "scales", "gone": "tick"}


@dataclass(frozen=True, kw_only=True)
class DifferenceRow:
    """One point in which here and there disagree.

    Attributes
    ----------
    here, there : what each side says, in words.
    since : the import that brought it.
    outcome, note : what became of it, and why somebody disputes it.
    typed, wrong : of a refused dispute, what was typed and what is wrong with it.
    """

    id: int
    version: int
    key: str
    number: str
    url: str
    title: str
    foreign_number: str
    place: str
    handler: str
    here: str
    there: str
    since: str
    file: str
    state: str
    outcome: str
    outcome_icon: str
    note: str
    can_accept: bool
    can_dispute: bool
    typed: str = ""
    wrong: str = ""


@dataclass(frozen=True, kw_only=True)
class DifferenceGroup:
    """The differences of one kind with one source; `many_url` leads to accepting all of them."""

    code: str
    icon: str
    source: str
    label: str
    count: int
    owner: str
    why: str
    effect: str
    rows: tuple[DifferenceRow, ...]
    many_url: str
    many_label: str
    more: str
    more_url: str


@dataclass(frozen=True, kw_only=True)
class DifferencesPage:
    """The whole page."""

    base: str
    asked: Asked
    heading: str
    scopes: tuple[Scope, ...]
    filters: tuple[Filter, ...]
    groups: tuple[DifferenceGroup, ...]
    keys: PageKeys | None
    here: str
    query: str
    export_csv: str
    export_xlsx: str
    clear_url: str
    others: str
    sources: tuple[Crumb, ...]


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A dispute that was not taken: which one, what was typed, what is wrong."""

    difference: int
    typed: str
    wrong: str


def differences_page(
    acting: Acting, town: Division, asked: Asked, now: datetime, refused: Refused | None = None
) -> DifferencesPage:
    """Return the page. Four statements, whatever it lists."""
    base = reverse("exchange:differences")
    sources = sources_of(acting)
    lists, counts = counts_by_list(acting), counts_by_group(acting, asked)
    rows = rows_of(acting, asked)
    worder = DifferenceWorder(acting=acting, town=town, now=now, sources=sources, refused=refused)
    shown = rows[:ALONE] if asked.one_group else rows
    order = sorted(counts, key=lambda group: (sources[group[0]].name, _place_of(group[1])))
    total = sum(count for count, _ in counts.values())
    export = asked.url(reverse("exchange:differences-export"))
    further = asked.url(base, after=str(shown[-1].pk)) if len(rows) > len(shown) else ""
    return DifferencesPage(
        base=base,
        asked=asked,
        heading=say(f"exchange.differences.lead.{asked.which}"),
        scopes=tuple(
            Scope(
                label=say(f"exchange.differences.{name}"),
                url=Asked(which=name, source=asked.source, kind=asked.kind).url(base),
                count=lists[name],
                current=name == asked.which,
            )
            for name in LISTS
        ),
        filters=_filters(sources, asked),
        groups=tuple(_group(worder, asked, group, counts[group], shown) for group in order),
        keys=PageKeys(
            shown=len(shown),
            total=total if not asked.after else None,
            first_url=asked.url(base) if asked.after else "",
            next_url=further,
        )
        if asked.one_group and shown
        else None,
        here=asked.url(base, after=asked.after),
        query=asked.url("", after=asked.after).removeprefix("?"),
        export_csv=export,
        export_xlsx=f"{export}{'&' if '?' in export else '?'}as=xlsx",
        clear_url=Asked(which=asked.which).url(base),
        others=_others(acting, sources),
        sources=tuple(Crumb(label=one.name, url=reverse("exchange:source", args=[one.pk])) for one in sources.values()),
    )


def _place_of(kind: str) -> int:
    return list(ICONS).index(kind) if kind in ICONS else len(ICONS)


def _others(acting: Acting, sources: Mapping[int, Source]) -> str:
    """Return a line on sources that other bodies watch, for somebody who could decide otherwise."""
    if "command_centre" not in acting.roles:
        return say("exchange.differences.reading")
    names = tuple(
        say("exchange.differences.watched", source=one.name, body=named(one.watched_by))
        for one in sources.values()
        if one.watched_by_id != acting.body_id
    )
    return say("exchange.differences.others", sources=names) if names else ""


def _group(
    worder: DifferenceWorder,
    asked: Asked,
    group: tuple[int, str],
    counted: tuple[int, int],
    rows: list[Difference],
) -> DifferenceGroup:
    source, kind = group
    count, last = counted
    own = tuple(worder.row(one) for one in rows if (one.mirror.source_id, one.kind) == group)
    alone = Asked(which=asked.which, source=str(source), kind=kind, text=asked.text)
    base = reverse("exchange:differences")
    many = asked.which == "open" and count > 1 and worder.decides(source) and not asked.text
    owner = OWNERS.get(kind, "there")
    return DifferenceGroup(
        code=kind,
        icon=ICONS.get(kind, "question"),
        source=worder.sources[source].name,
        label=say(f"exchange.difference.kind.{kind}"),
        count=count,
        owner=say(f"exchange.difference.owner.{owner}"),
        why=say(f"exchange.difference.why.{kind}"),
        effect=say(f"exchange.difference.effect.{kind}"),
        rows=own,
        many_url=f"{reverse('exchange:differences-accept-many')}?source={source}&kind={kind}&upto={last}"
        if many
        else "",
        many_label=say("exchange.difference.accept_many", count=count),
        more=say("exchange.differences.more", count=count - len(own)) if count > len(own) and not asked.after else "",
        more_url=alone.url(base) if count > len(own) and not asked.one_group else "",
    )


def _filters(sources: Mapping[int, Source], asked: Asked) -> tuple[Filter, ...]:
    return (
        filter_of("source", [(str(pk), one.name) for pk, one in sources.items()], asked.source),
        filter_of("kind", [(kind, say(f"exchange.difference.kind.{kind}")) for kind in ICONS], asked.kind),
    )


@dataclass(frozen=True, kw_only=True)
class DifferenceWorder:
    """Words the rows of one list for one reader."""

    acting: Acting
    town: Division
    now: datetime
    sources: Mapping[int, Source]
    refused: Refused | None = None

    def decides(self, source: int) -> bool:
        """Return whether the reader decides on differences with this source."""
        mine = self.sources[source].watched_by_id == self.acting.body_id
        return mine and "command_centre" in self.acting.roles

    def row(self, one: Difference) -> DifferenceRow:
        """Return one difference as a row."""
        mirror, case = one.mirror, one.mirror.case
        decides = self.decides(mirror.source_id)
        refused = self.refused if self.refused and self.refused.difference == one.pk else None
        return DifferenceRow(
            id=one.pk,
            version=one.version,
            key=new_id().hex,
            number=case.number,
            url=reverse("cases:case", args=[case.pk]),
            title=case.title,
            foreign_number=mirror.foreign_number,
            place=named(case.place) if case.place else "",
            handler=named(case.handler_body) if case.handler_body else "",
            here=self.side(one, "here"),
            there=self.side(one, "there"),
            since=say("exchange.difference.since", at=self._at(one.opened_at)),
            file=one.run.file_name,
            state=say(f"exchange.difference.state.{one.state}"),
            outcome=self.outcome(one),
            outcome_icon=_STATE_ICONS[one.state],
            note=one.note,
            can_accept=decides and one.state in (Difference.State.OPEN, Difference.State.DISPUTED),
            can_dispute=decides and one.state == Difference.State.OPEN,
            typed=refused.typed if refused else "",
            wrong=refused.wrong if refused else "",
        )

    def _at(self, at: datetime) -> str:
        return word_moment(at, lang=tongue(), now=self.now)

    def side(self, one: Difference, side: str) -> str:
        """Return what one side says, in words."""
        value = one.here if side == "here" else one.there
        if one.kind == VANISHED:
            return say(f"exchange.difference.vanished.{side}")
        if one.kind == REOPENED and side == "there":
            return say("exchange.difference.reopened.there")
        at = self._at(datetime.fromisoformat(value)) if value else say("ui.unknown")
        return say("exchange.difference.closed", at=at) if one.kind in (REOPENED, CLOSED_MOVED) else at

    def outcome(self, one: Difference) -> str:
        """Return what became of it, by whom and when; empty while nobody decided."""
        if one.decided_at is None:
            return ""
        who = one.decided_by.name if one.decided_by and one.state != Difference.State.GONE else ""
        text = say(f"exchange.difference.state.{one.state}")
        return say("exchange.difference.outcome", state=text, who=who, at=self._at(one.decided_at)).strip()


@dataclass(frozen=True, kw_only=True)
class ManyPage:
    """What accepting all of one group would do, before it is done."""

    source: int
    source_name: str
    kind: str
    label: str
    effect: str
    why: str
    count: int
    now: int
    upto: int
    key: str
    rows: tuple[DifferenceRow, ...]
    can: bool
    back: str


def many_page(acting: Acting, town: Division, asked: Asked, upto: int, now: datetime) -> ManyPage | None:
    """Return the page before accepting many, None when there is nothing to accept."""
    sources = sources_of(acting)
    rows = found_differences(acting, asked).filter(pk__lte=upto)
    count = rows.count()
    if not count or int(asked.source or 0) not in sources or asked.kind not in ICONS:
        return None
    worder = DifferenceWorder(acting=acting, town=town, now=now, sources=sources)
    return ManyPage(
        source=int(asked.source),
        source_name=sources[int(asked.source)].name,
        kind=asked.kind,
        label=say(f"exchange.difference.kind.{asked.kind}"),
        effect=say(f"exchange.difference.effect.{asked.kind}"),
        why=say(f"exchange.difference.why.{asked.kind}"),
        count=count,
        now=min(count, AT_ONCE),
        upto=upto,
        key=new_id().hex,
        rows=tuple(worder.row(one) for one in rows_of(acting, asked)[:5]),
        can=worder.decides(int(asked.source)),
        back=asked.url(reverse("exchange:differences")),
    )


def conflict_about(acting: Acting, town: Division, difference: int, typed: str, now: datetime) -> Conflict:
    """Return what was decided meanwhile, by whom, and what was typed."""
    one = one_of(acting, difference)
    worder = DifferenceWorder(acting=acting, town=town, now=now, sources=sources_of(acting))
    what = say("exchange.difference.pair", here=worder.side(one, "here"), there=worder.side(one, "there"))
    changed = Meanwhile(
        when=word_moment(one.decided_at or one.run.taken_at or one.opened_at, lang=tongue(), now=now),
        who=one.decided_by.name if one.decided_by else one.mirror.source.name,
        what=say(f"exchange.difference.state.{one.state}"),
        note=one.note or what,
    )
    label = say("exchange.difference.your_reason")
    return Conflict(
        title=say("exchange.difference.about", number=one.mirror.case.number, title=one.mirror.case.title),
        changes=(changed,),
        typed=(Fact(label=label, value=typed),) if typed else (),
    )


def differences_table(acting: Acting, town: Division, asked: Asked, now: datetime) -> Table:
    """Return the whole list as a table that can be sent to the owner of the other system."""
    names = (
        "source", "foreign_number", "number", "what", "place", "kind", "here", "there", "owner", "since", "state",
        "note", "simulated",
    )  # fmt: skip
    return Table(
        name=f"differences-{now.astimezone(ZoneInfo(town.zone)):%Y%m%d-%H%M}",
        heads=[say(f"exchange.difference.column.{name}") for name in names],
        rows=_table_rows(acting, town, asked, now),
    )


def _table_rows(acting: Acting, town: Division, asked: Asked, now: datetime) -> Iterator[list[str]]:
    rows = list(whole(acting, asked)[:MOST])
    worder = DifferenceWorder(acting=acting, town=town, now=now, sources=sources_of(acting))
    for one in rows:
        row = worder.row(one)
        yield [
            one.mirror.source.name,
            row.foreign_number,
            row.number,
            row.title,
            row.place,
            say(f"exchange.difference.kind.{one.kind}"),
            row.here,
            row.there,
            say(f"exchange.difference.owner.{one.owner}"),
            row.since,
            row.state,
            row.note,
            say("ui.yes") if one.mirror.case.simulated else "",
        ]
    if len(rows) == MOST:
        yield [say("cases.export.cut", count=MOST)]
