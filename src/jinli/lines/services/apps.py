from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from jinli.cases import lines
from jinli.lines.services.selectors.procedures import PROCEDURES

if TYPE_CHECKING:
    from datetime import datetime

    from jinli.cases.work import Work
    from jinli.town.acting import Acting
    from jinli.town.models import Division

#: Moves of applications that check more than the grammar can say, and the pages on which alone they are made.
_PAGES: Final = {
    "correct_on_spot": "services:correct",
    "accept": "services:accept",
    "accept_with_promise": "services:accept",
    "one_time_notice": "services:accept",
    "refuse_acceptance": "services:refuse-acceptance",
    "hand_over": "services:hand-over",
    "supply": "services:supply",
    "supply_last": "services:supply",
    "ask_opinions": "services:ask",
    "give_opinion": "services:opinion",
    "begin_special": "services:special",
    "extend": "services:extend",
    "verify_on_site": "services:verify",
    "tell_hearing": "services:tell-hearing",
    "ask_hearing": "services:ask-hearing",
    "summon_hearing": "services:summon-hearing",
    "hold_hearing": "services:hold-hearing",
    "grant": "services:decide",
    "grant_at_once": "services:decide",
    "refuse": "services:decide",
    "deliver_promised": "services:deliver",
    "publish_promised": "services:publish",
    "grant_on_promise": "services:grant-on-promise",
    "check_kept": "services:check",
    "check_broken": "services:check",
    "rectified": "services:check",
    "revoke_promised": "services:revoke-promised",
    "visit_household": "services:visit",
    "begin_publicity": "services:publicity",
    "objection": "services:objection",
    "complete": "services:complete",
    "reclaim": "services:reclaim",
    "stake_out": "services:stake-out",
    "built_as_approved": "services:built",
    "built_differently": "services:built",
    "pass_to_enforcement": "services:enforce",
    "looked": "services:looked",
    "sent_back_there": "services:sent-back",
    "done_there": "services:done-there",
    "refused_there": "services:refused-there",
    "publish": "services:publish",
    "publish_last": "services:publish",
    "deliver": "services:deliver",
    "deliver_last": "services:deliver",
    "deliver_refusal": "services:deliver",
    "end_missing": "services:end",
    "withdraw": "services:withdraw",
    "submit_there": "services:submit",
    "check_points": "services:season-points",
    "answer_appeal": "services:season-answer",
}
#: What a subsidy does on pages of its own: money goes out only against a line of the ledger.
_MONEY: Final = {
    (procedure, move): page
    for procedure in ("payment", "aid")
    for move, page in (
        ("grant", "services:claim-grant"),
        ("pay", "services:claim-pay"),
        ("give_up", "services:claim-give-up"),
        ("grant_now", "services:claim-grant-now"),
        ("pay_now", "services:claim-pay-now"),
    )
}


#: A bad rating is worked on one page, which checks that nobody decides on their own handling.
_RATED: Final = {
    ("bad_rating", move): "services:rated" for move in ("contact", "mend", "explain", "propose", "set_aside", "keep")
}


class ServicesConfig(lines.LineConfig):
    name = "jinli.lines.services"
    label = "services"
    strict: ClassVar[frozenset[str]] = frozenset({*PROCEDURES, "bad_rating"})
    heads_only: ClassVar[frozenset[str]] = frozenset({"bad_rating"})
    applied_for: ClassVar[frozenset[str]] = frozenset({*PROCEDURES, "renewal", "grant_change", "bad_rating"})
    quiet: ClassVar[frozenset[tuple[str, str]]] = frozenset((procedure, "rate") for procedure in PROCEDURES)
    move_pages: ClassVar[dict[tuple[str, str], str]] = {
        **{(procedure, move): page for procedure in PROCEDURES for move, page in _PAGES.items()},
        **_MONEY,
        **_RATED,
    }

    holder_page: ClassVar[str] = "services:my-grant"

    def case_panel(self, work: Work, acting: Acting) -> lines.Panel | None:
        """Show an application: item, form, materials, opinions, hearings, and the remedies when it is late."""
        if work.case.type_code not in PROCEDURES:
            return None
        from jinli.lines.services.pages.panel import matter_panel

        return lines.Panel(template="services/_panel.html", content=matter_panel(work, acting))

    def holds_file(self, sha256: str) -> bool:
        """Return whether a draft still holds a file."""
        from jinli.lines.services.models import DraftPaper

        return DraftPaper.objects.filter(sha256=sha256).exists()

    def in_round(self, town: Division, now: datetime) -> None:
        """Erase drafts that ran out."""
        from jinli.lines.services.services.drafting import erase_expired

        erase_expired(town, now)
