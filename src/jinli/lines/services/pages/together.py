"""What the pages of a bundle show: before it is sent what will open and what waits, afterwards how all of it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from jinli.cases.services.opening import tracking_code
from jinli.cases.work import take
from jinli.domain.bundles import Standing, Turn
from jinli.lines.services.models import BundlePart, BundleRun
from jinli.lines.services.pages.wording import text_of
from jinli.lines.services.selectors.bundles import (
    Bundle,
    bundle_of,
    common_form,
    offered_bundles,
    parts_of_run,
    run_of_case,
    turns_of,
)
from jinli.lines.services.selectors.progress import DueTold, progress_of
from jinli.lines.services.selectors.steps import Step, steps_after_sending
from jinli.lines.services.services.applying import Filled, NewApplication
from jinli.lines.services.services.together import key_of_part, separately
from jinli.packs.bundles import BundleItemRow
from jinli.town.models import Division
from jinli.town.selectors import local_day
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class Opening:
    """An item before sending: what happens after it opens, or what it waits for."""

    name: str
    waits: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """What sending opens, and how much less is asked."""

    openings: tuple[Opening, ...]
    counts: str


@dataclass(frozen=True, kw_only=True)
class PartLine:
    """One item of a run.

    Attributes
    ----------
    code : of the case, shown once after sending.
    waits : what it waits for, empty when it is a case or can be opened.
    can_open : its turn has come.
    yours : what the applicant owes now.
    """

    name: str
    item: str
    number: str = ""
    code: str = ""
    stage: str = ""
    has_it: str = ""
    url: str = ""
    closed: bool = False
    dues: tuple[DueTold, ...] = ()
    yours: tuple[str, ...] = ()
    waits: str = ""
    can_open: bool = False
    blocked: bool = False


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A material given once, and what it serves for."""

    name: str
    state: str
    serves: str


@dataclass(frozen=True, kw_only=True)
class RunPage:
    """Everything that came of one form."""

    title: str
    lead: str
    counts: str
    number: str
    parts: tuple[PartLine, ...]
    evidence: tuple[Evidence, ...]
    fresh: bool


@dataclass(frozen=True, kw_only=True)
class BundleLine:
    """A bundle in a list."""

    code: str
    name: str
    items: str
    sample: bool


def bundle_lines(town: Division, at: datetime) -> tuple[BundleLine, ...]:
    """Return the bundles on offer."""
    return tuple(
        BundleLine(
            code=one.code, name=text_of(one.row), sample=one.row.status == "sample",
            items=say("ui.comma").join(_name(one, part.item) for part in one.parts()),
        )
        for one in offered_bundles(town, local_day(town, at))
    )  # fmt: skip


def _name(bundle: Bundle, item: str) -> str:
    found = bundle.items.get(item)
    return text_of(found.row) if found else item


def check_page(town: Division, bundle: Bundle, whole: NewApplication, filled: Filled, at: datetime) -> CheckPage:
    """Return what sending would open now, and what waits for what."""
    shared = common_form(bundle, whole.situation)
    needed = bundle.needed(whole.situation)
    present = {one.item for one in needed}
    return CheckPage(
        openings=tuple(
            Opening(
                name=_name(bundle, one.item),
                waits=_will_wait(bundle, one, present) if one.after else "",
                steps=() if one.after else tuple(steps_after_sending(town, bundle.items[one.item], at, at)),
            )
            for one in needed
        ),
        counts=_counts(filled.counts["asked"] + filled.counts["prefilled"], separately(bundle, whole, shared)),
    )


def _will_wait(bundle: Bundle, one: BundleItemRow, present: set[str]) -> str:
    names = say("ui.comma").join(_name(bundle, code) for code in one.after if code in present)
    if one.months:
        return say("services.together.after_months", names=names, months=one.months, source=one.months_source)
    return say(f"services.together.after.{one.opens}", names=names)


def _counts(asked: int, apart: int) -> str:
    return say("services.together.counts", asked=asked, apart=apart) if asked < apart else ""


def run_page(run: BundleRun, at: datetime, *, with_codes: bool) -> RunPage:
    """Return how a bundle stands. The number of statements depends on how many items it has, on nothing else."""
    bundle = bundle_of(run, local_day(run.town, at))
    parts = parts_of_run(run)
    turns = turns_of(bundle, parts, local_day(run.town, at))
    number = next((one.case.number for one in parts if one.case is not None), "")
    opened = sum(one.case is not None for one in parts)
    return RunPage(
        title=text_of(bundle.row),
        lead=say("services.together.run.lead", opened=opened, waiting=len(parts) - opened),
        counts=_counts(run.asked, run.separately),
        number=number,
        parts=tuple(_line(run, bundle, one, turns.get(one.item), at, with_codes=with_codes) for one in parts),
        evidence=tuple(_evidence(bundle, parts)),
        fresh=with_codes,
    )


def _line(
    run: BundleRun, bundle: Bundle, part: BundlePart, turn: Turn | None, at: datetime, *, with_codes: bool
) -> PartLine:
    name = _name(bundle, part.item)
    if part.case is None:
        return PartLine(
            name=name, item=part.item, waits=_waits(bundle, turn),
            can_open=turn is not None and turn.standing is Standing.READY,
            blocked=turn is not None and turn.standing is Standing.BLOCKED,
        )  # fmt: skip
    found = progress_of(part.case, at)
    code = tracking_code(key_of_part(run.pk, part.item)) if with_codes else ""
    address = reverse("services:application", args=[run.town.code])
    return PartLine(
        name=name, item=part.item, number=found.number, code=f"{code[:4]} {code[4:]}" if code else "",
        stage=found.stage, has_it=found.has_it, closed=found.closed,
        url=f"{address}?{urlencode({'number': found.number})}",
        dues=tuple(one for one in found.dues if one.state in ("running", "near", "late")),
        yours=tuple(one.name for one in found.wanting),
    )  # fmt: skip


def _waits(bundle: Bundle, turn: Turn | None) -> str:
    if turn is None or turn.standing is Standing.READY:
        return ""
    names = say("ui.comma").join(_name(bundle, code) for code in turn.waits_for)
    if turn.standing is Standing.TOO_EARLY and turn.first_day is not None:
        return say("services.together.too_early", day=turn.first_day)
    return say(f"services.together.{turn.standing.value}", names=names)


def _evidence(bundle: Bundle, parts: Sequence[BundlePart]) -> list[Evidence]:
    """Return the materials that serve more than one item of the run."""
    called = {other: code for code, others in bundle.row.same.items() for other in others}
    served: dict[str, list[tuple[str, str, str]]] = {}
    for part in parts:
        if part.case is None or part.item not in bundle.items:
            continue
        states: Mapping[str, Any] = take(part.case.pk, lock=False)[0].state.facts.get("materials", {})
        names = {one.code: text_of(one) for one in bundle.items[part.item].row.materials}
        for code, state in states.items():
            line = (names.get(code, code), str(state), _name(bundle, part.item))
            served.setdefault(called.get(code, code), []).append(line)
    return [
        Evidence(
            name=lines[0][0], state=say(f"services.yours.{lines[0][1]}"),
            serves=say("ui.comma").join(name for _, _, name in lines),
        )
        for lines in served.values()
        if len(lines) > 1
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class BundleNote:
    """What a clerk sees on a case of a bundle."""

    title: str
    others: tuple[str, ...]


def bundle_note(case: UUID, at: datetime) -> BundleNote | None:
    """Return to which bundle a case belongs, and how its other items stand; None for a case by itself."""
    run = run_of_case(case)
    if run is None:
        return None
    bundle = bundle_of(run, local_day(run.town, at))
    others = tuple(
        say(
            "services.together.other", name=_name(bundle, one.item),
            number=one.case.number if one.case is not None else say("services.together.not_yet"),
        )
        for one in parts_of_run(run)
        if one.case_id != case
    )  # fmt: skip
    return BundleNote(title=text_of(bundle.row), others=others)
