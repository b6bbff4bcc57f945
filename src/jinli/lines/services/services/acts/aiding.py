"""Temporary aid: visit, publish, look again, complete, reclaim (社会救助暂行办法 arts. 47-49, 68)."""

from __future__ import annotations

from collections.abc import Sequence

from jinli.domain import licensing as rules
from jinli.domain.errors import InvalidInputError
from jinli.domain.money import yuan_of
from jinli.lines.services.selectors.authority import authority_of
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.town.masking import mask_name


def visit_household(on: OnCase, *, people: Sequence[str], result: str) -> str:
    """Say what two persons at least saw at the household. Raises InvalidInputError `domain.licensing.two_persons`."""

    def decide(_: Matter) -> Act:
        found = list(rules.require_two(people))
        return Act(move="visit_household", given={"people": found, "result": result}, facts={"verified_by": found})

    return carry_out(on, decide)


def begin_publicity(on: OnCase, *, place: str, note: str) -> str:
    """Publish the proposal where the applicant lives, with the name masked and no number, address or illness.

    `place` is the board on which it hangs. Raises RefusedError while an opinion asked for is open, InvalidInputError
    `services.publicity.names_somebody` when the text says what may not be published of the applicant.
    """

    def decide(matter: Matter) -> Act:
        waiting = [one.body for one in matter.open_opinions]
        rules.require_opinions_in(matter.body_names(*waiting).values() if waiting else ())
        if any(told and told in note for told in _never_published(matter)):
            raise InvalidInputError("services.publicity.names_somebody", field="note")
        return Act(move="begin_publicity", given={"note": note}, private={"board": place.strip()})

    return carry_out(on, decide)


def _never_published(matter: Matter) -> list[str]:
    """Return what must not hang on a board: the whole name, the telephone, the address, every number of the form."""
    form = matter.private.get("form") or {}
    rows = matter.item.form if matter.item else ()
    numbers = [str(form.get(one.code) or "") for one in rows if one.kind in ("id_number", "bank_account", "telephone")]
    return [*(str(matter.private.get(name) or "") for name in ("name", "telephone", "address")), *numbers]


def publicity_text(matter: Matter) -> str:
    """Return what is proposed to hang out: the masked name and the matter; the clerk adds what is intended."""
    name = mask_name(str(matter.private.get("name") or ""))
    return contents.both("services.publicity.text", name=name, title=matter.case.title)["zh"]


def objection(on: OnCase, *, reason: str) -> str:
    """Go back to the examination because somebody objected; the publicity ends and the household is visited again."""
    return carry_out(on, lambda _: Act(move="objection", given={"reason": reason}))


def complete(on: OnCase, *, result: str, seen: Sequence[str] = ()) -> str:
    """Say that the papers of aid paid at once are complete (art. 48). Raises RefusedError while one is missing."""

    def decide(matter: Matter) -> Act:
        for code in seen:
            if code not in matter.materials:
                raise InvalidInputError("services.unknown_material", field="seen", material=code)
        states = {**matter.materials, **dict.fromkeys(seen, rules.GIVEN)}
        rules.require_complete(states, matter.names)
        return Act(move="complete", given={"result": result}, facts={"materials": states})

    return carry_out(on, decide)


def reclaim(on: OnCase, *, reason: str, legal_basis: str) -> str:
    """Decide that aid paid at once is to be paid back (art. 68).

    The ledger keeps it as paid: money comes back in the finance system, and only what came back is entered there.
    """

    def decide(matter: Matter) -> Act:
        fen = matter.work.state.facts.get("amount_fen")
        said = contents.both("services.paper.yuan", amount=yuan_of(int(fen)))["zh"] if fen else ""
        papers = contents.reclaimed(matter, authority_of(matter), amount=said, reason=reason, legal_basis=legal_basis)
        return Act(move="reclaim", given={"reason": reason, "legal_basis": legal_basis}, papers=papers)

    return carry_out(on, decide)
