"""Read a procedure from a mapping (as YAML gives it), strictly: every fault is collected, none is guessed away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from jinli.domain.errors import DomainError, InvalidInputError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.domain.procedure import (
    ANY,
    BODY_NEEDS,
    CASE,
    OUTCOMES,
    PAYLOAD_NEEDS,
    SAME,
    Cap,
    ClockRule,
    Guard,
    Move,
    OnDue,
    Opening,
    PauseRule,
    Procedure,
    Stage,
    Start,
    Title,
    Track,
)

T = TypeVar("T")
Faults = list[DomainError]

_TOP = {
    "code",
    "edition",
    "title",
    "system_of_record",
    "number_prefix",
    "bodies",
    "terms",
    "clocks",
    "case",
    "assignment",
}
_MOVE = {
    "code", "title", "initial", "by", "from", "to", "duty", "needs", "sets", "channels", "moment", "starts", "keeps",
    "voids", "pauses", "resumes", "extends", "while", "after", "not_by", "cap", "only_if", "when", "opens", "closes",
    "opens_linked", "tell", "back_record", "corrects_start", "papers",
}  # fmt: skip


class ProcedureFaultsError(InvalidInputError):
    """A procedure cannot be loaded; `faults` lists everything that is wrong with it."""

    def __init__(self, procedure: str, faults: Faults) -> None:
        super().__init__("domain.procedure.faults", procedure=procedure, count=len(faults))
        self.faults = tuple(faults)


class _Reader:
    """Collects faults while it reads, so that an author sees all of them at once."""

    def __init__(self) -> None:
        self.faults: Faults = []

    def fault(self, code: str, **facts: object) -> None:
        self.faults.append(InvalidInputError(f"domain.procedure.{code}", **facts))

    def keys(self, where: str, found: Mapping[str, Any], known: set[str]) -> None:
        for key in found:
            if key not in known:
                self.fault("unknown_word", where=where, word=key, known=", ".join(sorted(known)))

    def title(self, where: str, found: Any) -> Title:
        if isinstance(found, Mapping) and found.get("zh") and found.get("en"):
            return Title(zh=str(found["zh"]), en=str(found["en"]))
        self.fault("title_missing", where=where)
        return Title(zh=where, en=where)

    def names(self, found: Any) -> tuple[str, ...]:
        if found is None:
            return ()
        return (str(found),) if isinstance(found, str) else tuple(str(item) for item in found)

    def attempt(self, where: str, read: Callable[[], T], default: T) -> T:
        try:
            return read()
        except (DomainError, KeyError, TypeError, ValueError) as error:
            self.fault("unreadable", where=where, why=str(error))
            return default

    def limit(self, where: str, found: Any) -> TimeLimit | None:
        if not isinstance(found, Mapping):
            self.fault("limit_missing", where=where)
            return None
        self.keys(where, found, {"amount", "unit", "end_rule", "article", "source", "late_approval"})
        return self.attempt(
            where,
            lambda: TimeLimit(
                amount=int(found["amount"]),
                unit=Unit(found["unit"]),
                end_rule=EndRule(found.get("end_rule", "stay")),
                article=str(found.get("article", "")),
                source=str(found.get("source", "")),
                late_approval=bool(found.get("late_approval", False)),
            ),
            None,
        )

    def starts(self, found: Any) -> tuple[Start, ...]:
        made = []
        for item in found or ():
            if isinstance(item, str):
                made.append(Start(clock=item))
            else:
                self.keys("starts", item, {"clock", "from", "term", "given", "without"})
                made.append(
                    Start(
                        clock=str(item.get("clock")),
                        moment=item.get("from"),
                        term=item.get("term"),
                        given=item.get("given"),
                        without=self.names(item.get("without")),
                    )
                )
        return tuple(made)

    def clock(self, code: str, found: Mapping[str, Any]) -> ClockRule:
        where = f"clocks.{code}"
        self.keys(where, found, {"title", "track", "owed_by", "owed_to", "limit", "right", "pauses", "on_due"})
        limit, term = found.get("limit"), None
        if isinstance(limit, Mapping) and set(limit) == {"term"}:
            term, fixed = str(limit["term"]), None
        else:
            fixed = self.limit(f"{where}.limit", limit)
        return ClockRule(
            code=code,
            title=self.title(where, found.get("title")),
            track=str(found.get("track", CASE)),
            owed_by=str(found.get("owed_by")),
            owed_to=str(found.get("owed_to")),
            limit=fixed,
            term=term,
            right=bool(found.get("right", False)),
            pauses=self.names(found.get("pauses")),
            on_due=OnDue(move=(found.get("on_due") or {}).get("move")),
        )

    def stage(self, track: str, code: str, found: Mapping[str, Any]) -> Stage:
        where = f"{track}.stages.{code}"
        self.keys(where, found, {"title", "final", "waits_for", "outcome"})
        final = bool(found.get("final", False))
        if track != CASE and final and found.get("outcome") not in OUTCOMES:
            self.fault("outcome_missing", where=where, known=", ".join(sorted(OUTCOMES)))
        return Stage(
            code=code,
            title=self.title(where, found.get("title")),
            final=final,
            waits_for=found.get("waits_for"),
            outcome=found.get("outcome"),
        )

    def move(self, track: str, found: Mapping[str, Any], stages: Mapping[str, Stage]) -> Move:
        code = str(found.get("code"))
        where = f"{track}.{code}"
        self.keys(where, found, _MOVE)
        sources = found.get("from", ())
        if sources == ANY:
            sources = [name for name, stage in stages.items() if not stage.final]
        for need in self.names(found.get("needs")):
            if need not in BODY_NEEDS | PAYLOAD_NEEDS:
                self.fault("unknown_need", where=where, need=need)
        cap, when, pauses = found.get("cap"), found.get("when"), found.get("pauses")
        if pauses and not pauses.get("article"):
            self.fault("pause_without_article", where=where)
        back = found.get("back_record")
        return Move(
            code=code,
            title=self.title(where, found.get("title")),
            track=track,
            sources=self.names(sources),
            to=str(found.get("to", SAME)),
            initial=bool(found.get("initial", False)),
            by_system=found.get("by") == "system",
            duty=self.names(found.get("duty")),
            needs=self.names(found.get("needs")),
            sets=self.names(found.get("sets")),
            channels=self.names(found.get("channels")),
            moment=found.get("moment"),
            starts=self.starts(found.get("starts")),
            keeps=self.names(found.get("keeps")),
            voids=self.names(found.get("voids")),
            pauses=PauseRule(
                kind=str(pauses.get("kind")),
                clocks=self.names(pauses.get("clocks")),
                article=str(pauses.get("article")),
                on_until=pauses.get("on_until"),
            )
            if pauses
            else None,
            resumes=found.get("resumes"),
            extends=found.get("extends"),
            while_=found.get("while"),
            after=found.get("after"),
            not_by=tuple(Guard(move=str(g["move"]), reach=str(g["reach"])) for g in found.get("not_by", ())),
            cap=Cap(n=int(cap["n"]), reach=str(cap["reach"])) if cap else None,
            only_if=(found.get("only_if") or {}).get("fact"),
            when=next(((str(k), str(v)) for k, v in when.items()), None) if when else None,
            opens=tuple(
                Opening(
                    body=str(o["body"]),
                    role=str(o["role"]),
                    next_round=o.get("round") == "next",
                    starts=self.starts(o["starts"]) if "starts" in o else None,
                )
                for o in found.get("opens", ())
            ),
            closes=found.get("closes"),
            opens_linked=bool(found.get("opens_linked", False)),
            tell=self.names(found.get("tell")),
            back_record=self.limit(f"{where}.back_record", back) if back else None,
            corrects_start=bool(found.get("corrects_start", False)),
            papers=self.names(found.get("papers")),
        )

    def track(self, name: str, found: Mapping[str, Any]) -> Track:
        self.keys(name, found, {"initial", "starts", "stages", "moves"})
        stages = {code: self.stage(name, code, body) for code, body in (found.get("stages") or {}).items()}
        moves = [self.move(name, body, stages) for body in found.get("moves") or ()]
        for move in moves:
            for source in (*move.sources, *(() if move.to == SAME else (move.to,))):
                if source not in stages:
                    self.fault("unknown_stage", where=f"{name}.{move.code}", stage=source, known=", ".join(stages))
        initial = found.get("initial")
        return Track(
            stages=stages,
            moves={move.code: move for move in moves},
            initial=str(initial) if initial else None,
            starts=self.starts(found.get("starts")),
        )


def read_procedure(found: Mapping[str, Any]) -> Procedure:
    """Return the procedure that `found` describes.

    Raises
    ------
    ProcedureFaultsError : with every fault, when a word is unknown, a reference leads nowhere, or the procedure is
        not sound (see `soundness`).
    """
    from jinli.domain.soundness import faults_of  # it needs the dataclasses read here

    reader = _Reader()
    reader.keys("procedure", found, _TOP | {"source"})
    code = str(found.get("code", "?"))
    clocks = {name: reader.clock(name, body) for name, body in (found.get("clocks") or {}).items()}
    case = reader.track(CASE, found.get("case") or {})
    assignment = reader.track("assignment", found["assignment"]) if "assignment" in found else None
    if sum(move.initial for move in case.moves.values()) != 1:
        reader.fault("one_initial_move", where=code)
    if reader.faults:
        raise ProcedureFaultsError(code, reader.faults)
    procedure = Procedure(
        code=code,
        edition=int(found.get("edition", 1)),
        title=reader.title(code, found.get("title")),
        system_of_record=str(found.get("system_of_record", "jinli")),
        number_prefix=reader.title(f"{code}.number_prefix", found.get("number_prefix")),
        bodies=reader.names(found.get("bodies")),
        terms=reader.names(found.get("terms")),
        clocks=clocks,
        case=case,
        assignment=assignment,
        source=str(found.get("source", "")),
    )
    reader.faults.extend(faults_of(procedure))
    if reader.faults:
        raise ProcedureFaultsError(code, reader.faults)
    return procedure
