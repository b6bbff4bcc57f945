"""Honest rates: two counts, each with its list; what is left out is counted; no percentage without its counts.

The on-time rate counts every promise whose verdict has fallen by the moment one looks: kept, done late, and *open and
overdue*. Leaving out the last would flatter: whoever never finishes would never be late. Whether a promise is overdue
follows from its due moment, never from a stored flag. All definitions here are local ones; no official formula was
found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final

from jinli.domain.state import BROKEN, KEPT

#: Clocks that watch other clocks; they promise nothing to anybody.
SUPERVISION: Final = ("supervision", "town_supervision", "arbitration_supervision")
#: Below this denominator no percentage is shown; a town may set its own.
MINIMUM: Final = 10


class Audience(StrEnum):
    """Who may see a figure; each is part of the next."""

    UNIT = "unit"
    TOWN = "town"
    DISTRICT = "district"
    PUBLIC = "public"

    def reaches(self, reader: Audience) -> bool:
        """Return whether a figure for this audience may be seen by a reader of that circle."""
        order = list(Audience)
        return order.index(self) >= order.index(reader)


class Standing(StrEnum):
    """How a promise counts at one moment."""

    KEPT = "kept"
    DONE_LATE = "done_late"
    OPEN_LATE = "open_late"
    NOT_DUE = "not_due"
    VOID = "void"
    RIGHT = "right"
    SUPERVISION = "supervision"
    NOT_BEGUN = "not_begun"


COUNTED: Final = (Standing.KEPT, Standing.DONE_LATE, Standing.OPEN_LATE)
LEFT_OUT: Final = (Standing.VOID, Standing.RIGHT, Standing.NOT_DUE, Standing.SUPERVISION)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a rate needs to know of a clock. `ended_at` is None while it runs or stands still."""

    code: str
    right: bool
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    verdict: str


def standing(promise: Promise, as_of: datetime) -> Standing:
    """Return how a promise counts at a moment; the stored verdict counts only for what had ended by then."""
    if promise.started_at > as_of:
        return Standing.NOT_BEGUN
    if promise.code in SUPERVISION:
        return Standing.SUPERVISION
    if promise.right:
        return Standing.RIGHT
    if promise.ended_at is None or promise.ended_at > as_of:
        return Standing.OPEN_LATE if promise.due_at <= as_of else Standing.NOT_DUE
    if promise.verdict == KEPT:
        return Standing.KEPT
    return Standing.DONE_LATE if promise.verdict == BROKEN else Standing.VOID


def fell_at(promise: Promise, as_of: datetime) -> datetime | None:
    """Return the moment whose period a promise belongs to, None for one that is not due yet.

    A kept promise belongs to the period in which it was kept, a broken one to that in which it fell due; so a period
    that is over never changes its rate afterwards.
    """
    found = standing(promise, as_of)
    if found in (Standing.DONE_LATE, Standing.OPEN_LATE):
        return promise.due_at
    return promise.ended_at if found in (Standing.KEPT, Standing.VOID, Standing.RIGHT, Standing.SUPERVISION) else None


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Two counts, the first part of the second, and how many were left out for which reason.

    Raises ValueError for counts that cannot be: a rate is never above one.
    """

    code: str
    numerator: int
    denominator: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    minimum: int = MINIMUM

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.code}: {self.numerator} of {self.denominator}")

    @property
    def shown(self) -> bool:
        """Whether a percentage may be shown: enough counted to say anything."""
        return self.denominator >= max(self.minimum, 1)

    @property
    def share(self) -> Fraction | None:
        """Return the exact share, None where no percentage may be shown."""
        return Fraction(self.numerator, self.denominator) if self.shown else None

    @property
    def left_out(self) -> int:
        """Return how many were left out for any reason."""
        return sum(self.excluded.values())


@dataclass(frozen=True, kw_only=True)
class OnTime:
    """The on-time rate of a period with the three counts of its denominator."""

    kept: int
    done_late: int
    open_late: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    minimum: int = MINIMUM

    @property
    def rate(self) -> Rate:
        """Return the honest rate: open and overdue counts as late."""
        total = self.kept + self.done_late + self.open_late
        return Rate(
            code="on_time", numerator=self.kept, denominator=total, excluded=self.excluded, minimum=self.minimum
        )

    @property
    def flattering(self) -> Rate:
        """Return the usual rate that leaves out what is overdue and still open; named on the page to be rejected."""
        total = self.kept + self.done_late
        return Rate(code="flattering", numerator=self.kept, denominator=total, minimum=self.minimum)


def on_time(
    promises: Iterable[Promise], *, start: datetime, end: datetime, as_of: datetime, minimum: int = MINIMUM
) -> OnTime:
    """Return the on-time rate of the period from `start` to `end` (exclusive) as it stands at `as_of`.

    Not due yet counts whatever runs at `as_of`; the other exclusions those that ended in the period.
    """
    counts = dict.fromkeys(Standing, 0)
    for promise in promises:
        found, fell = standing(promise, as_of), fell_at(promise, as_of)
        if found is Standing.NOT_DUE:
            counts[found] += 1
        elif fell is not None and fell <= as_of:
            # A due moment is exclusive: 00:00 of the first is the end of the last day of the month before.
            unkept = found in (Standing.DONE_LATE, Standing.OPEN_LATE)
            counts[found] += start < fell <= end if unkept else start <= fell < end
    return OnTime(
        kept=counts[Standing.KEPT],
        done_late=counts[Standing.DONE_LATE],
        open_late=counts[Standing.OPEN_LATE],
        excluded={str(one): counts[one] for one in LEFT_OUT},
        minimum=minimum,
    )


class Warned(StrEnum):
    """On which side of its two warning ends a share lies."""

    NOTHING = ""
    LOW = "low"
    HIGH = "high"


def warned(rate: Rate, *, low: Fraction, high: Fraction) -> Warned:
    """Return whether a rate is suspiciously low or high; without a percentage it is neither."""
    if rate.share is None:
        return Warned.NOTHING
    if rate.share < low:
        return Warned.LOW
    return Warned.HIGH if rate.share > high else Warned.NOTHING


@dataclass(frozen=True, kw_only=True)
class Definition:
    """How a figure is made, in parts that each have a list.

    Attributes
    ----------
    numerator, denominator, excluded : names of the parts; `<code>.<part>` has its list.
    widest : the widest audience it may be released to. Public are only the town's own services; what residents say in
        ratings goes to the district at most.
    low, high : warning ends of a share that is suspect on both sides (sample); None without.
    """

    code: str
    numerator: str
    denominator: str
    excluded: tuple[str, ...]
    widest: Audience
    low: Fraction | None = None
    high: Fraction | None = None


DEFINITIONS: Final[Mapping[str, Definition]] = {
    one.code: one
    for one in (
        Definition(
            code="on_time",
            numerator="kept",
            denominator="total",
            excluded=tuple(str(part) for part in LEFT_OUT),
            widest=Audience.DISTRICT,
        ),
        Definition(
            code="on_time_own",
            numerator="kept",
            denominator="total",
            excluded=tuple(str(part) for part in LEFT_OUT),
            widest=Audience.PUBLIC,
        ),
        Definition(
            code="response",
            numerator="contacted",
            denominator="total",
            excluded=("no_telephone", "exited"),
            widest=Audience.PUBLIC,
        ),
        Definition(
            code="resolution",
            numerator="solved",
            denominator="total",
            excluded=("unreached", "no_telephone"),
            widest=Audience.PUBLIC,
        ),
        Definition(
            code="satisfaction",
            numerator="satisfied",
            denominator="total",
            excluded=("not_rated",),
            widest=Audience.DISTRICT,
        ),
        Definition(
            code="whistle",
            numerator="whistled",
            denominator="total",
            excluded=("exited",),
            widest=Audience.DISTRICT,
            low=Fraction(2, 100),
            high=Fraction(15, 100),
        ),
        # Government matters. What is about cases counts those received in the period, as they stand now.
        *(
            Definition(
                code=code,
                numerator="kept",
                denominator="total",
                excluded=("void", "not_due"),
                widest=Audience.PUBLIC,
            )
            for code in ("by_law", "by_promise")
        ),
        Definition(
            code="told_once",
            numerator="told",
            denominator="total",
            excluded=("unanswered",),
            widest=Audience.PUBLIC,
        ),
        Definition(
            code="first_time",
            numerator="right",
            denominator="total",
            excluded=("not_taken",),
            widest=Audience.PUBLIC,
        ),
        Definition(
            code="decided_here",
            numerator="here",
            denominator="total",
            excluded=("undecided",),
            widest=Audience.PUBLIC,
        ),
        Definition(
            code="prefilled",
            numerator="some",
            denominator="total",
            excluded=("uncounted",),
            widest=Audience.PUBLIC,
        ),
        Definition(
            code="asked_twice",
            numerator="again",
            denominator="total",
            excluded=("uncounted",),
            widest=Audience.PUBLIC,
        ),
        Definition(
            code="bad_rating",
            numerator="bad",
            denominator="total",
            excluded=("set_aside", "not_rated", "by_default"),
            widest=Audience.DISTRICT,
        ),
    )
}
