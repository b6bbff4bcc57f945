"""Send a bundle: one form opens its items as cases of their own, all of them or none; the others wait their turn."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from jinli.cases.models import Case, Link
from jinli.cases.services import Opened
from jinli.domain.bundles import Standing
from jinli.domain.errors import DomainError, InvalidInputError, RefusedError
from jinli.lines.services.models import BundlePart, BundleRun, Draft, DraftPaper
from jinli.lines.services.selectors.bundles import (
    Bundle,
    as_item,
    asked_at_once,
    bundle_of,
    common_form,
    parts_of_run,
    run_of_case,
    situations_in,
    turns_of,
)
from jinli.lines.services.selectors.items import Item
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services.applying import ONLINE, Applicant, NewApplication, apply, fill
from jinli.lines.services.services.drafting import (
    Content,
    application_of,
    begin,
    content_of_draft,
    draft_of,
    send,
)
from jinli.lines.services.services.waiting_parts import LINK
from jinli.packs.bundles import ITSELF
from jinli.packs.shared import Shared, key_of
from jinli.town import moment
from jinli.town.acting import Acting, resident
from jinli.town.models import Party
from jinli.town.selectors import local_day

#: How long what was told for an item that waits is kept (house rule); then it is erased and asked anew.
WAITS_FOR: Final = timedelta(days=400)


def key_of_part(run: UUID, item: str) -> str:
    """Return the key under which an item of a run is sent; the code of its case follows from it."""
    return f"together:{run.hex}:{item}"


def send_bundle(*, acting: Acting, draft: Draft, bundle: Bundle, channel: str = ONLINE) -> BundleRun:
    """Open every item of a bundle whose turn it is, keep what is told for the others; all of it or nothing.

    The same form sent twice makes one run. At the counter a clerk sends it for the applicant.

    Raises
    ------
    InvalidInputError : at the path in the common form of what is wrong; RefusedError : an item cannot be taken in.
    """
    try:
        with transaction.atomic():
            return _send(acting, draft, bundle, channel)
    except IntegrityError:  # its twin was faster
        return BundleRun.objects.select_related("town").get(pk=draft.pk)


def _send(acting: Acting, draft: Draft, bundle: Bundle, channel: str) -> BundleRun:
    found = BundleRun.objects.select_related("town").filter(pk=draft.pk).first()
    if found is not None:
        return found
    answers = content_of_draft(draft).situation
    shared = common_form(bundle, answers)
    whole = application_of(draft, as_item(bundle, answers), channel=channel)
    filled = fill(whole)
    for fault in filled.reading.faults:
        raise InvalidInputError(fault.code, field=fault.path, **fault.facts)
    needed = bundle.needed(answers)
    if not any(not one.after for one in needed):
        raise RefusedError("services.together.nothing")
    own = {one.code for one in bundle.row.questions}
    run = BundleRun.objects.create(
        id=draft.pk, town=draft.town, bundle=bundle.code, edition=bundle.edition, party=draft.party,
        answers={code: answer for code, answer in answers.items() if code in own},
        asked=filled.counts["asked"] + filled.counts["prefilled"], separately=separately(bundle, whole, shared),
        opened_at=moment.now(), simulated=draft.town.simulated,
    )  # fmt: skip
    opened: list[Case] = []
    for position, part in enumerate(needed):
        item = bundle.items[part.item]
        application = _of_item(whole, item, shared, situations_in(bundle, answers)[part.item])
        application = replace(application, together=run.pk.hex)
        row = BundlePart(run=run, item=part.item, position=position)
        if not part.after:
            if opened:
                application = replace(application, applicant=_same(application.applicant, opened[0].reporter))
            made = apply(acting=acting, town=run.town, application=application, key=key_of_part(run.pk, part.item))
            row.case, row.opened_by = Case.objects.get(pk=made.id), "run"
            opened.append(row.case)
        row.save()
    _link(opened)
    party = opened[0].reporter
    BundleRun.objects.filter(pk=run.pk).update(party=party)
    run.party = party
    for waiting in BundlePart.objects.filter(run=run, case=None):
        _wait(waiting, bundle, whole, shared)
    Draft.objects.filter(pk=draft.pk).update(content={}, case=opened[0].pk)
    DraftPaper.objects.filter(draft=draft).delete()
    return run


def _same(applicant: Applicant, party: Party | None) -> Applicant:
    """Return the applicant as the party that the first case met, so that one person is not met twice."""
    return replace(applicant, party=party)


def separately(bundle: Bundle, whole: NewApplication, shared: Shared) -> int:
    """Return how many fields the items would ask each by itself, with these very answers."""
    situations = situations_in(bundle, whole.situation)
    total = 0
    for item in shared.field_of:
        counts = fill(_of_item(whole, bundle.items[item], shared, situations[item])).counts
        total += counts["asked"] + counts["prefilled"]
    return total


def _of_item(whole: NewApplication, item: Item, shared: Shared, situation: Mapping[str, str]) -> NewApplication:
    """Return the part of a common application that one item is about."""
    names = shared.field_of.get(item.code, {})
    materials = shared.material_of.get(item.code, {})
    of_common = {common: code for code, common in materials.items()}
    held = whole.held
    return replace(
        whole,
        item=item,
        situation={code: answer for code, answer in situation.items() if answer},
        typed=shared.typed_for(item.code, whole.typed),
        held=replace(
            held,
            fields={code: held.fields[common] for code, common in names.items() if common in held.fields},
            materials={code: held.materials[common] for code, common in materials.items() if common in held.materials},
        ),
        shown=frozenset(of_common[one] for one in whole.shown if one in of_common),
        offers={of_common[one]: offer for one, offer in whole.offers.items() if one in of_common},
        papers=tuple(
            replace(one, material=of_common.get(one.material, one.material))
            for one in whole.papers
            if one.material in of_common or one.material == "mandate"
        ),
    )


def _link(opened: list[Case]) -> None:
    """Let the cases name each other: the first names all the others."""
    at = moment.now()
    Link.objects.bulk_create([Link(case=opened[0], other=one, kind=LINK, at=at) for one in opened[1:]])


def _wait(part: BundlePart, bundle: Bundle, whole: NewApplication, shared: Shared) -> None:
    """Keep what is told already for an item whose turn comes later, as a draft of that item."""
    item = bundle.items[part.item]
    situation = situations_in(bundle, whole.situation)[part.item]
    own = _of_item(whole, item, shared, situation)
    typed = own.typed if part.item in shared.field_of else _known(item, whole, shared)
    applicant = whole.applicant
    said = {
        "kind": applicant.kind, "name": applicant.name, "telephone": applicant.telephone,
        "address": applicant.address, "id_number": applicant.id_number,
    }  # fmt: skip
    content = Content(
        applicant=said,
        situation={code: answer for code, answer in situation.items() if answer},
        typed=typed,
        offers=own.offers,
        agent=whole.agent.to_json() if whole.agent else {},
    )
    draft = begin(town=part.run.town, item=item, content=content, party=applicant.party)
    Draft.objects.filter(pk=draft.pk).update(expires_at=draft.made_at + WAITS_FOR)
    for paper in own.papers:
        stored = paper.stored
        DraftPaper.objects.create(
            draft=draft, material=paper.material, name=stored.name, sha256=stored.sha256,
            content_type=stored.content_type, size=stored.size, added_at=moment.now(),
        )  # fmt: skip
    BundlePart.objects.filter(pk=part.pk).update(draft=draft.pk)


def _known(item: Item, whole: NewApplication, shared: Shared) -> dict[str, Any]:
    """Return what an item asks later and the common form has asked already."""
    values = {key_of(one): whole.typed[one.code] for one in shared.fields if one.code in whole.typed}
    return {one.code: values[key_of(one)] for one in item.row.form if key_of(one) in values and one.kind != "group"}


def turn_come(run: BundleRun, item: str) -> tuple[BundlePart, Item]:
    """Return the part of a run and its item when it can be opened now.

    Raises RefusedError: `services.together.waits` for what is not decided, `services.together.too_early` with the
    first day, `services.together.blocked` when something before it came to no good end, `services.together.opened`
    when it is open already; InvalidInputError `services.no_such_item`.
    """
    today = local_day(run.town, moment.now())
    bundle = bundle_of(run, today)
    parts = parts_of_run(run)
    part = next((one for one in parts if one.item == item), None)
    if part is None or item not in bundle.items:
        raise InvalidInputError("services.no_such_item", field="item", found=item)
    if part.case_id is not None:
        raise RefusedError("services.together.opened")
    turn = turns_of(bundle, parts, today)[item]
    names = [bundle.items[code].row.name for code in turn.waits_for if code in bundle.items]
    if turn.standing is Standing.WAITS:
        raise RefusedError("services.together.waits", names="、".join(names))
    if turn.standing is Standing.BLOCKED:
        raise RefusedError("services.together.blocked", names="、".join(names))
    if turn.standing is Standing.TOO_EARLY and turn.first_day:
        raise RefusedError("services.together.too_early", day=turn.first_day)
    return part, bundle.items[item]


def open_part(*, run: BundleRun, item: str) -> tuple[Opened | None, Draft]:
    """Open an item whose turn has come by the applicant's one click.

    When everything is told already it becomes a case at once; else its draft is returned, with what is known filled
    in. Raises as `turn_come`.
    """
    with transaction.atomic():
        BundleRun.objects.select_for_update().get(pk=run.pk)
        part, offered = turn_come(run, item)
        draft = draft_of(run.town, part.draft) if part.draft else None
        if draft is None:  # it was kept too long and is erased
            draft = begin(town=run.town, item=offered, content=Content())
            BundlePart.objects.filter(pk=part.pk).update(draft=draft.pk)
        if not _complete(draft, offered):
            return None, draft
        opened, _ = send(acting=resident(run.town_id), draft=draft, item=offered)
    return opened, draft


def _complete(draft: Draft, item: Item) -> bool:
    application = application_of(draft, item)
    questions = {one.code for one in item.row.situations if not one.when}
    told = bool(application.applicant.name) and questions <= application.situation.keys()
    return told and not fill(application).reading.faults


def open_with_result(matter: Matter) -> None:
    """Send what was filled in already and waited for the good end of this case, where the bundle says so.

    What lacks something stays where it is, for the applicant to click; nothing is ever opened by silence.
    """
    if "bundle" not in matter.work.state.facts:  # said by the case itself, so that the others cost no statement
        return
    town, run = matter.case.town, run_of_case(matter.case.pk)
    if run is None:
        return
    bundle = bundle_of(run, local_day(town, moment.now()))
    for one in bundle.row.items:
        if one.opens != ITSELF or not asked_at_once(one) or not one.after:
            continue
        try:
            part, item = turn_come(run, one.item)
        except DomainError:
            continue
        draft = draft_of(town, part.draft) if part.draft else None
        if draft is not None and _complete(draft, item):
            with suppress(DomainError), transaction.atomic():  # a refusal leaves it waiting for the applicant's click
                send(acting=resident(town.pk), draft=draft, item=item)
                BundlePart.objects.filter(pk=part.pk).update(opened_by="result")
