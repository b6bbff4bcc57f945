"""Deliver what was decided (Licensing Law art. 44), and pay what was agreed."""

from __future__ import annotations

from typing import Final

from jinli.domain import licensing as rules
from jinli.domain.errors import InvalidInputError
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.lines.services.services.following import paid

_MOVE: Final = {"refused": "deliver_refusal", "published": "deliver_last", "promised": "deliver_promised"}


def deliver_move(matter: Matter) -> str:
    """Return which of the deliveries fits the stage: of a decision, of one already published, of a refusal."""
    return _MOVE.get(matter.work.state.stage, "deliver")


def deliver(on: OnCase, *, way: str, receiver: str, delivered: str, place: str = "") -> str:
    """Deliver at the counter, by post or electronically, within ten days of the decision (art. 44).

    Raises InvalidInputError `services.unknown_way`.
    """

    def decide(matter: Matter) -> Act:
        if way not in rules.WAYS:
            raise InvalidInputError("services.unknown_way", field="way", way=way)
        if not receiver.strip():
            raise InvalidInputError("services.receiver_needed", field="receiver")
        said = contents.delivery(matter, delivered=delivered, receiver=receiver, way=way, place=place)
        return Act(
            move=deliver_move(matter),
            given={"kind": way},
            private={"receiver": receiver, "delivered": delivered, "place": place},
            papers=said,
        )

    return carry_out(on, decide)


def pay(on: OnCase, *, result: str) -> str:
    """Say that the money was paid, and how it can be found in the accounts."""
    return carry_out(
        on, lambda _: Act(move="pay", given={"result": result}), after=lambda matter: paid(matter, on.acting, result)
    )
