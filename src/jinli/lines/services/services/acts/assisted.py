"""Assisted matters: another system decides; we submit, look, and say what came of it (DOMAIN.md J1)."""

from __future__ import annotations

from jinli.domain.errors import InvalidInputError
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.lines.services.services.together import open_with_result


def submit_there(on: OnCase, *, foreign_number: str, note: str) -> str:
    """Submit to the system that decides, with the number it gave.

    Raises InvalidInputError `services.foreign_number_needed`.
    """

    def decide(matter: Matter) -> Act:
        number = foreign_number.strip()
        if not number:
            raise InvalidInputError("services.foreign_number_needed", field="foreign_number")
        return Act(
            move="submit_there",
            given={"note": note},
            facts={"foreign_number": number},
            papers=contents.submitted_there(matter),
        )

    return carry_out(on, decide)


def looked(on: OnCase, *, note: str) -> str:
    """Say how far it is there; the next look is promised anew."""
    return carry_out(on, lambda _: Act(move="looked", given={"note": note}))


def sent_back_there(on: OnCase, *, reason: str) -> str:
    """Say what the other system sent back; we submit again within the promised time."""
    return carry_out(on, lambda _: Act(move="sent_back_there", given={"reason": reason}))


def done_there(on: OnCase, *, result: str) -> str:
    """Say what the other system decided; no decision and no certificate of ours comes of it."""
    act = Act(move="done_there", given={"result": result})
    return carry_out(on, lambda _: act, after=open_with_result)


def refused_there(on: OnCase, *, reason: str) -> str:
    """Say that and why the other system refused."""
    return carry_out(on, lambda _: Act(move="refused_there", given={"reason": reason}))


def ask_for(on: OnCase, *, codes: tuple[str, ...]) -> str:
    """Say what is still missing to submit; here nothing is accepted or refused, so it may be said again."""
    return carry_out(on, lambda _: Act(move="ask_for", given={"material": list(codes)}))
