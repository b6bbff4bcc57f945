"""Open a case that comes from another one, and let each journal name the other."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import transaction

from jinli.cases import lines
from jinli.cases.models import Case, Link
from jinli.cases.services.opening import OpenCase, actor_of, prepare
from jinli.cases.work import Work, flush, take, tell_origin
from jinli.domain.requests import Decision
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.inserts import Batch

LINKED_OPENED: Final = "linked_opened"


@transaction.atomic
def open_linked_case(*, acting: Acting, origin: UUID, spec: OpenCase, handover: Any = None) -> Case:
    """Open a case that another one gives rise to, and return it.

    The journal of the new case names its origin; the origin gets an entry of the engine that names the new case and
    moves no clock, no stage and no version, also when it has ended. `handover` is a frozen dataclass of town things:
    the line that runs such cases takes it over in `LineConfig.receive`, in the same transaction. Raises as `open_case`;
    Case.DoesNotExist for an origin outside the town of the one who acts.
    """
    now = moment.now()
    work, above = take(origin)
    if work.case.town_id != acting.town:
        raise Case.DoesNotExist
    work.settle(now)
    recorded = max(now, work.state.recorded_at or now)
    opened, found = prepare(acting=acting, town=work.case.town, spec=spec, now=recorded, origin=work.case)
    work.add(_naming(acting, work, opened.case.number))
    tell_origin(work, above, recorded, recorded)
    link = Link(case=work.case, other=opened.case, kind=spec.type_code, at=recorded)
    works = [work, opened] if above is None else [work, opened, above]
    flush(works, Batch(rows=[found]), Batch(rows=[link]))
    for line in lines.installed():
        line.receive(origin=work.case, opened=opened.case, handover=handover)
    return opened.case


def _naming(acting: Acting, work: Work, number: str) -> Decision:
    at = max(moment.now(), work.state.recorded_at or moment.now())
    held = work.state.facts.get("linked_numbers", [])
    body: dict[str, Any] = {
        "actor": actor_of(acting).to_json(),
        "channel": "page" if acting.person else "system",
        "facts": {"linked_numbers": [*held, number]},
        "happened_at": at.isoformat(),
        "linked": number,
        "move": LINKED_OPENED,
        "procedure": work.case.procedure,
        "recorded_at": at.isoformat(),
        "track": "case",
    }
    return Decision(body=body, payload={})
