"""What one situation asks for: which questions, which materials, what the town holds already, and what is lacking.

A condition names earlier questions and the answers under which something is needed; an empty condition means always.
Nothing is asked that decides nothing (Licensing Law art. 29), and what the town holds is not asked again (Regulation on
the Business Environment art. 37).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

Answers = Mapping[str, Collection[str]]
When = Mapping[str, tuple[str, ...]]


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


class _Conditional(_Coded, Protocol):
    @property
    def when(self) -> When: ...


class _Question(_Conditional, Protocol):
    @property
    def answers(self) -> Sequence[_Coded]: ...


class _Material(_Conditional, Protocol):
    @property
    def held_as(self) -> str: ...
    @property
    def secondary(self) -> bool: ...
    @property
    def by_promise(self) -> bool: ...


Asked = TypeVar("Asked", bound=_Question)
Paper = TypeVar("Paper", bound=_Material)


class Need(StrEnum):
    """Whether something is needed: it is, it is not, or an answer still to come decides."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Wanted(Generic[Paper]):
    """One material in one situation.

    Attributes
    ----------
    held : the town has it already and does not ask for it.
    decides : codes of the questions whose answers made it needed or not, or still will.
    """

    material: Paper
    need: Need
    held: bool
    decides: tuple[str, ...]

    @property
    def to_bring(self) -> bool:
        """Return whether the applicant has to bring it."""
        return self.need is Need.NEEDED and not self.held


def need_under(when: When, answers: Answers) -> Need:
    """Return whether a condition holds under the answers given so far.

    It fails as soon as one answer lies outside it, whatever the others will be.
    """
    given = {code: set(answers.get(code, ())) for code in when}
    if any(said and not said & set(when[code]) for code, said in given.items()):
        return Need.NOT_NEEDED
    return Need.NEEDED if all(given.values()) else Need.OPEN


def kept_answers(questions: Sequence[_Question], answers: Answers) -> dict[str, tuple[str, ...]]:
    """Return the answers that count: of questions that are asked, among the answers that the question offers.

    An answer to a question that an earlier answer has made idle falls away, and with it what hung on it.
    """
    kept: dict[str, tuple[str, ...]] = {}
    idle: set[str] = set()
    for one in questions:
        if idle & one.when.keys() or need_under(one.when, kept) is not Need.NEEDED:
            idle.add(one.code)
            continue
        known = {answer.code for answer in one.answers}
        said = tuple(answer for answer in answers.get(one.code, ()) if answer in known)
        if said:
            kept[one.code] = said
    return kept


def asked(questions: Sequence[Asked], answers: Answers) -> tuple[Asked, ...]:
    """Return the questions to ask now, in their order, given the answers so far."""
    kept = kept_answers(questions, answers)
    return tuple(one for one in questions if need_under(one.when, kept) is Need.NEEDED)


def all_answered(questions: Sequence[_Question], answers: Answers) -> bool:
    """Return whether every question that is asked has an answer."""
    kept = kept_answers(questions, answers)
    return all(one.code in kept for one in asked(questions, answers))


def wanted(
    questions: Sequence[_Question], materials: Sequence[Paper], answers: Answers, held: Collection[str] = ()
) -> tuple[Wanted[Paper], ...]:
    """Return every material with whether this situation needs it and whether the town holds it.

    `held` lists what the town holds as materials name it: `fact:<attribute>`, `grant:<item>`, `material:<code>`.
    """
    kept = kept_answers(questions, answers)
    on_offer = {one.code for one in asked(questions, answers)}
    idle = {one.code for one in questions} - on_offer
    open_still = {one.code for one in questions if need_under(one.when, kept) is Need.OPEN}
    found = []
    for one in materials:
        need = need_under(one.when, kept)
        if need is Need.OPEN and (one.when.keys() & (idle - open_still)):
            need = Need.NOT_NEEDED
        found.append(
            Wanted(material=one, need=need, held=bool(one.held_as) and one.held_as in held, decides=tuple(one.when))
        )
    return tuple(found)


def lacking(found: Sequence[Wanted[Paper]], given: Collection[str]) -> tuple[Paper, ...]:
    """Return the materials that a one-time notice has to name: needed, not held, and not handed in.

    The notice names all of them at once (Licensing Law art. 32 para. 4).
    """
    return tuple(one.material for one in found if one.to_bring and one.material.code not in given)


def may_come_later(missing: Sequence[Paper], promised: Collection[str]) -> bool:
    """Return whether intake goes on although these are missing.

    A secondary material may come later against a written promise (Guangdong Regulation on the Business Environment
    art. 32); for some a promise stands instead (art. 36). Either way the applicant has to have promised it.
    """
    return all((one.secondary or one.by_promise) and one.code in promised for one in missing)
