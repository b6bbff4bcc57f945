"""Bundles as people meet them: those on offer, the common form of one, and how a run stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from jinli.cases.models import Case, Entry
from jinli.domain.bundles import Result, Turn, turn_of
from jinli.domain.errors import InvalidInputError
from jinli.domain.situations import kept_answers
from jinli.lines.services.models import BundleEdition, BundlePart, BundleRun
from jinli.lines.services.selectors.items import Item, offered_item
from jinli.packs.bundles import ITSELF, BundleItemRow, BundleRow
from jinli.packs.items import ItemRow
from jinli.packs.nested import row_of
from jinli.packs.shared import Part, Shared, asked_together, question_code, questions_together
from jinli.town.models import Division
from jinli.town.stamps import under_stamp

#: Under what a draft of a bundle is kept; no item has such a code.
PREFIX: Final = "together."
#: Moves that bring a matter to a good end, and stages that end it otherwise.
GOOD_MOVES: Final = ("grant", "grant_at_once", "done_there", "deemed_grant")
BAD_STAGES: Final = frozenset(
    {"refused", "ended_refused", "not_accepted", "lapsed", "ended_missing", "withdrawn", "refused_there"}
)


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """One edition of a bundle with the items that are offered today; one that is not offered is left out."""

    row: BundleRow
    edition: int
    items: Mapping[str, Item]

    @property
    def code(self) -> str:
        """Return the code, the same in every edition."""
        return self.row.code

    def parts(self) -> tuple[BundleItemRow, ...]:
        """Return the items in their order."""
        return tuple(one for one in self.row.items if one.item in self.items)

    def needed(self, answers: Mapping[str, str]) -> tuple[BundleItemRow, ...]:
        """Return the items needed under these answers."""
        counted = answered(self, answers)
        return tuple(one for one in self.parts() if all(counted.get(code) in said for code, said in one.when.items()))


def answered(bundle: Bundle, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to the bundle's own questions that count."""
    several = {code: (one,) for code, one in answers.items() if one}
    return {code: said[0] for code, said in kept_answers(bundle.row.questions, several).items()}


def asked_at_once(one: BundleItemRow) -> bool:
    """Return whether the common form asks for an item: not for one the applicant opens later."""
    return not one.after or one.opens == ITSELF


def _part(bundle: Bundle, one: BundleItemRow) -> Part:
    fixed = {code: said[0] for code, said in one.answers.items()}
    return Part(row=bundle.items[one.item].row, when=one.when, answers=fixed)


def situations_in(bundle: Bundle, answers: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return item -> question -> answer, the fixed answers among them."""
    return {
        one.item: {code: answers.get(question_code(one.item, code), "") for code in _codes(bundle, one)}
        | {code: said[0] for code, said in one.answers.items()}
        for one in bundle.parts()
    }


def _codes(bundle: Bundle, one: BundleItemRow) -> Sequence[str]:
    return [each.code for each in bundle.items[one.item].row.situations]


def common_form(bundle: Bundle, answers: Mapping[str, str]) -> Shared:
    """Return what is asked for the items that are needed, each thing once."""
    now = [one for one in bundle.parts() if asked_at_once(one)]
    needed = {one.item for one in bundle.needed(answers)}
    questions = questions_together(bundle.row.questions, [_part(bundle, one) for one in now])
    parts = [_part(bundle, one) for one in now if one.item in needed]
    return replace(asked_together(parts, situations_in(bundle, answers), bundle.row.same), situations=questions)


def as_item(bundle: Bundle, answers: Mapping[str, str]) -> Item:
    """Return the common form in the shape of an item, so that the steps of an application serve for it."""
    shared = common_form(bundle, answers)
    rows = [bundle.items[one.item].row for one in bundle.parts() if asked_at_once(one)]
    kinds = [kind for kind in rows[0].applicants if all(kind in one.applicants for one in rows)] if rows else []
    row = ItemRow(
        code=f"{PREFIX}{bundle.code}", name=bundle.row.name, name_en=bundle.row.name_en, kind="public_service",
        applicants=tuple(kinds), offered="online", situations=shared.situations, form=shared.fields,
        materials=shared.materials, note=bundle.row.note, note_en=bundle.row.note_en, source=bundle.row.source,
    )  # fmt: skip
    return Item(row=row, edition=bundle.edition)


@under_stamp
def _published(town: Division) -> tuple[tuple[BundleRow, int], ...]:
    rows = BundleEdition.objects.filter(town=town, ended_at=None).order_by("code").values_list("content", "edition")
    return tuple((row_of(content, BundleRow), edition) for content, edition in rows)


def offered_bundles(town: Division, day: date) -> tuple[Bundle, ...]:
    """Return the bundles of a town with at least two items on offer."""
    found = (_bundle(town, row, edition, day) for row, edition in _published(town))
    return tuple(one for one in found if len(one.items) > 1)


def offered_bundle(town: Division, code: str, day: date) -> Bundle | None:
    """Return a bundle on offer, or None."""
    return next((one for one in offered_bundles(town, day) if one.code == code), None)


def bundle_of(run: BundleRun, day: date) -> Bundle:
    """Return the bundle of a run in the edition it was sent under. Raises InvalidInputError `services.no_such_item`."""
    rows = BundleEdition.objects.filter(town=run.town, code=run.bundle, edition=run.edition)
    content = rows.values_list("content", flat=True).first()
    if content is None:
        raise InvalidInputError("services.no_such_item", field="bundle", found=run.bundle)
    return _bundle(run.town, row_of(content, BundleRow), run.edition, day)


def _bundle(town: Division, row: BundleRow, edition: int, day: date) -> Bundle:
    items = {one.item: offered_item(town, one.item, day) for one in row.items}
    online = {code: one for code, one in items.items() if one and one.row.offered == "online"}
    return Bundle(row=row, edition=edition, items=online)


def run_of_case(case: UUID) -> BundleRun | None:
    """Return the run that opened a case, None for a case by itself."""
    part = BundlePart.objects.filter(case=case).select_related("run__town").first()
    return part.run if part else None


def parts_of_run(run: BundleRun) -> list[BundlePart]:
    """Return the items of a run in their order, with their cases."""
    return list(BundlePart.objects.filter(run=run).select_related("case__town", "case__owner").order_by("position"))


def results_of(parts: Sequence[BundlePart]) -> dict[str, Result]:
    """Return item -> how it ended. One statement."""
    cases = {one.case_id: one for one in parts if one.case_id}
    good: dict[Any, datetime] = {}
    rows = Entry.objects.filter(case__in=list(cases), move__in=GOOD_MOVES).order_by("seq")
    for case, at in rows.values_list("case_id", "happened_at"):
        good.setdefault(case, at)
    found = {}
    for pk, part in cases.items():
        assert part.case is not None
        if pk in good:
            day = good[pk].astimezone(ZoneInfo(part.case.town.zone)).date()
            found[part.item] = Result(good=part.case.stage != "withdrawn", on=day)
        elif part.case.stage in BAD_STAGES:
            found[part.item] = Result(good=False)
    return found


def turns_of(bundle: Bundle, parts: Sequence[BundlePart], today: date) -> dict[str, Turn]:
    """Return item -> whether its turn has come, of the items that are not opened yet."""
    results, present = results_of(parts), {one.item for one in parts}
    rules = {one.item: one for one in bundle.row.items}
    return {
        one.item: turn_of(
            [code for code in rules[one.item].after if code in present], rules[one.item].months, results, today
        )
        for one in parts
        if one.case_id is None and one.item in rules
    }  # fmt: skip


def case_rows(run: BundleRun) -> list[Case]:
    """Return the cases of a run."""
    return [one.case for one in parts_of_run(run) if one.case is not None]
