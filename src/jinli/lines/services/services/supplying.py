"""What an applicant does after sending: hand in what is missing, withdraw, rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from jinli.cases.models import Case, Entry
from jinli.cases.services import make_move
from jinli.cases.services.attaching import Upload, keep, payload_of, store
from jinli.cases.services.moving import MakeMove
from jinli.cases.services.opening import actor_of
from jinli.cases.work import Work, take
from jinli.domain.errors import DomainError, InvalidInputError, RefusedError
from jinli.domain.guards import refusal
from jinli.lines.services.selectors.matters import Matter, matter_of
from jinli.lines.services.services.applying import GIVEN
from jinli.lines.services.services.contents import both, ending
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division

_LATER: Final = "later"


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What is handed in later: files by material, and at the counter the materials whose original was seen."""

    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()

    @property
    def codes(self) -> list[str]:
        """Return the materials handed in."""
        return sorted({code for code, uploads in self.files.items() if uploads} | self.shown)


def applicant_of(town: Division) -> Acting:
    """Return how an applicant acts who signed in or gave number and code."""
    return Acting(town=town.pk, hat="resident", duty="reporter", roles=frozenset({"resident", "reporter"}))


def hand_in(*, acting: Acting, case: UUID, version: int | None, handed: Handed, channel: str, key: str) -> str:
    """Hand in materials for a case; which move that is follows from where the case stands.

    What was promised for later and is now complete keeps that promise; before acceptance it is a correction on the
    spot or an answer to the one-time notice. The whole new state of the materials goes with the move.

    Raises
    ------
    InvalidInputError : nothing was handed in, or a file is not kept; RefusedError, ConflictError : as every move.
    """
    if not handed.codes:
        raise InvalidInputError("services.supply.nothing", field="files")
    stored = {code: store(uploads) for code, uploads in handed.files.items() if uploads}
    every = [one for found in stored.values() for one in found]
    private: dict[str, Any] = {**payload_of(every)}
    if every:
        private["for"] = {str(one.id): code for code, found in stored.items() for one in found}
    refused: DomainError | None = None
    answer = ""
    with transaction.atomic():
        # Locked first: what another hand-in of the same minute added has to be in the map that goes with this one.
        before = Case.objects.select_for_update().get(pk=case, town=acting.town).seq
        work, _ = take(case)
        work.settle(moment.now())
        states = {**work.state.facts.get("materials", {}), **dict.fromkeys(handed.codes, GIVEN)}
        move = _move_for(work, acting, states)
        act = MakeMove(
            case=case, move=move, version=version, channel=channel, facts={"materials": states}, private=private,
            given={"material": handed.codes} if move != "correct_on_spot" else {}, key=key,
        )  # fmt: skip
        try:
            answer = make_move(acting=acting, act=act)
        except DomainError as error:  # what was due before the refused act stays written
            refused = error
        made = None if refused else Entry.objects.filter(case=case, seq__gt=before, move=move).order_by("seq").first()
        if made is not None and every:
            keep(case=Case.objects.get(pk=case), entry_seq=made.seq, stored=every, at=moment.now())
    if refused is not None:
        raise refused
    return answer


def _move_for(work: Work, acting: Acting, states: Mapping[str, str]) -> str:
    """Return the move by which materials are handed in now; the first that is open."""
    complete = _LATER not in states.values()
    wanted = ("supply_last", "supply", "correct_on_spot") if complete else ("supply", "correct_on_spot")
    open_now = [move for move in wanted if may(work, acting, move)]
    if "supply_last" in open_now and work.state.running(_LATER, "case") is None:
        open_now.remove("supply_last")
    if not open_now:
        raise RefusedError("services.supply.closed")
    return open_now[0]


def may(work: Work, acting: Acting, move: str) -> bool:
    """Return whether a move is open to somebody now."""
    rule = work.procedure.case.moves.get(move)
    if rule is None:
        return False
    return refusal(work.state, work.procedure, rule, "case", actor_of(acting), moment.now(), work.book) is None


def withdraw(*, town: Division, case: UUID, version: int | None, key: str) -> str:
    """Withdraw an application before it is decided. Raises as every move."""
    matter = matter_of(applicant_of(town), case)
    papers = ending(matter, reason=both("services.withdraw.reason")) if _issues(matter, "withdrawal") else {}
    act = MakeMove(case=case, move="withdraw", version=version, channel="public", papers=papers, key=key)
    return make_move(acting=applicant_of(town), act=act)


def _issues(matter: Matter, paper: str) -> bool:
    """Return whether a withdrawal under this procedure issues that paper."""
    rule = matter.work.procedure.case.moves.get("withdraw")
    return rule is not None and paper in rule.papers
