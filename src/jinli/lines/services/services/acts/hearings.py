"""The hearing of a licence: told, asked for, noticed, held (Licensing Law arts. 46 to 48)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jinli.cases.services.issuing import Seal
from jinli.domain import licensing as rules
from jinli.lines.services.models import Hearing
from jinli.lines.services.selectors.authority import authority_of
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.town.models import Person


def tell_hearing(on: OnCase, *, reason: str) -> str:
    """Tell the applicant of the right to a hearing; five days to ask for it (art. 47; the unit is disputed, J8)."""

    def decide(matter: Matter) -> Act:
        said = contents.hearing(matter, reason=reason)
        return Act(move="tell_hearing", given={"reason": reason}, papers=said)

    return carry_out(on, decide)


def ask_hearing(on: OnCase) -> str:
    """Take the request for a hearing; from now it is held within twenty working days (art. 47)."""
    return carry_out(on, lambda _: Act(move="ask_hearing"))


def summon_hearing(on: OnCase, *, held_at: datetime, place: str, chair: str, reason: str) -> str:
    """Give notice of time and place seven days before; who examines does not chair (art. 48).

    `chair` is the id of a person. Raises RefusedError `domain.licensing.notice_too_short`,
    `domain.licensing.hearing_too_late`, `domain.licensing.chair_examines`.
    """
    made: list[datetime] = []

    def decide(matter: Matter) -> Act:
        book, asked = matter.work.book, matter.clock("hearing_hold")
        zone = book.calendar.zone
        earliest = book.due_of(matter.now, rules.HEARING_NOTICE).at.astimezone(zone)
        due = book.due(asked).at.astimezone(zone) if asked is not None else None
        rules.require_hearing_day(held_at=held_at, earliest=earliest, due=due)
        rules.require_impartial(chair, examiners(matter))
        made.append(matter.now)
        said = contents.hearing(matter, reason=reason, held_at=held_at, place=place)
        return Act(
            move="summon_hearing",
            given={"until": held_at.isoformat(), "chair": chair, "reason": reason},
            private={"place": place},
            papers=said,
        )

    def after(matter: Matter) -> None:
        Hearing.objects.create(
            town=matter.case.town, case=matter.case, told_at=made[0], held_at=held_at, place=place,
            chair=Person.objects.get(pk=UUID(chair)),
        )  # fmt: skip

    return carry_out(on, decide, after=after)


def hold_hearing(on: OnCase, *, record: str, present: Sequence[str] = (), refused: Sequence[str] = ()) -> str:
    """Keep the record of the hearing; the decision rests on it (art. 48(5) and last paragraph).

    `present` says who took part beside chair and applicant, one entry each; `refused` who would not sign. The record
    is a paper of its own, which the participants sign or seal.
    """

    def decide(matter: Matter) -> Act:
        held = open_hearing(matter)
        issues = "hearing_record" in matter.work.procedure.case.moves["hold_hearing"].papers
        lists = {name: list(one) for name, one in (("present", present), ("refused", refused)) if one}
        if held is None or not issues:  # a case under an edition that knew no such paper
            return Act(move="hold_hearing", given={"result": record}, private=lists)
        said = contents.hearing_record(matter, held, record=record, present=present, refused=refused)
        seal = Seal(body=authority_of(matter).body)
        return Act(move="hold_hearing", given={"result": record}, private=lists, papers=said, seal=seal)

    def after(matter: Matter) -> None:
        Hearing.objects.filter(case=matter.case, over_at=None).update(over_at=matter.now)

    return carry_out(on, decide, after=after)


def open_hearing(matter: Matter) -> Hearing | None:
    """Return the hearing that notice was given of and whose record is not kept yet. One query."""
    rows = Hearing.objects.filter(case=matter.case, over_at=None).select_related("chair")
    return rows.order_by("-told_at").first()


def examiners(matter: Matter) -> tuple[str, ...]:
    """Return who examines the application: whoever handles it and whoever verified on site."""
    acts = matter.work.state.acts
    found = [act.person for act in acts if act.person and act.move in ("verify_on_site", "accept", "ask_opinions")]
    people = matter.work.state.facts.get("verified_by") or []
    return tuple(dict.fromkeys([*found, *people, *([matter.work.state.handler] if matter.work.state.handler else [])]))
